import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../../../components/free-ports.ts';
import { startedApplication } from '../servers/application.ts';
import { reaches } from '../servers/reaches.ts';

/** A running Traefik with what Traefik Mesh makes of a mesh. */
export interface TraefikMesh {
  /** Returns true if a request to a Service reaches an application. */
  isServed(call: TraefikCall): Promise<boolean>;
  stop(): Promise<void>;
}

export interface TraefikCall {
  /** The address of the caller's pod, by which Traefik Mesh knows it. */
  readonly from: string;
  readonly service: { readonly name: string; readonly namespace: string };
  /** The position of the port among those of the Service. */
  readonly position: number;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

interface Http {
  readonly routers: Readonly<Record<string, { readonly entryPoints: readonly string[] }>>;
  readonly services: Readonly<
    Record<string, { readonly loadBalancer?: { readonly servers?: readonly { readonly url: string }[] } }>
  >;
  readonly middlewares?: Readonly<Record<string, unknown>>;
}

/** Starts Traefik with what Traefik Mesh makes of objects; applications answer 200 to everything. */
export async function startedTraefik(
  program: string,
  traefik: string,
  objects: readonly object[],
): Promise<TraefikMesh> {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-traefik-'));
  const text = objects.map((one) => `---\n${JSON.stringify(one)}\n`).join('');
  writeFileSync(path.join(folder, 'cluster.yaml'), text);
  const made = JSON.parse(execFileSync(program, [folder], { encoding: 'utf8', maxBuffer: 1 << 28 })) as {
    readonly http: Http;
  };
  const application = await startedApplication();
  const [admin = 0, ...ports] = await freePorts(11);
  const file = path.join(folder, 'mesh.yaml');
  writeFileSync(file, JSON.stringify({ http: servedAt(made.http, application.port) }));
  const child = spawn(
    traefik,
    [
      `--providers.file.filename=${file}`,
      '--core.defaultRuleSyntax=v2',
      '--api.insecure=true',
      '--global.checknewversion=false',
      '--global.sendanonymoususage=false',
      '--log.level=ERROR',
      `--entryPoints.traefik.address=127.0.0.1:${String(admin)}`,
      ...ports.map(
        (port, index) => `--entryPoints.http-${String(5000 + index)}.address=127.0.0.1:${String(port)}`,
      ),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder },
  );
  const said: string[] = [];
  child.stdout.on('data', (data: Buffer) => said.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  const agents = new Map<string, http.Agent>();
  const stop = async (): Promise<void> => {
    for (const agent of agents.values()) agent.destroy();
    application.stop();
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(child, admin, said);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    isServed: (call) => {
      const agent = agents.get(call.from) ?? new http.Agent({ keepAlive: true, maxSockets: 4 });
      agents.set(call.from, agent);
      const { from, service, position, method, path: asked, headers } = call;
      const options = { agent, localAddress: from, port: ports[position] ?? 0, method, path: asked };
      return reaches('http', `${service.name}.${service.namespace}.traefik.mesh`, headers, options);
    },
  };
}

/** Puts the address of the application in place of those of pods. */
function servedAt({ routers, services, middlewares }: Http, port: number): Http {
  const moved = Object.entries(services).map(([name, service]) => [
    name,
    service.loadBalancer?.servers === undefined
      ? { loadBalancer: { ...service.loadBalancer, servers: [{ url: 'http://127.0.0.1:1' }] } }
      : { loadBalancer: { ...service.loadBalancer, servers: [{ url: `http://127.0.0.1:${String(port)}` }] } },
  ]);
  const { readiness: _, ...own } = routers;
  return {
    routers: own,
    services: Object.fromEntries(moved) as Http['services'],
    ...(middlewares && { middlewares }),
  };
}

async function ready(child: ChildProcess, admin: number, said: readonly string[]): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(said.join(''));
    const answer = await fetch(`http://127.0.0.1:${String(admin)}/api/http/services`).catch(() => undefined);
    const text = answer?.status === 200 ? await answer.text() : '';
    if (text.includes('@file')) return;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error(`Traefik does not get ready\n${said.join('')}`);
}
