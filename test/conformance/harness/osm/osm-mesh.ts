import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../../../components/free-ports.ts';
import { startedApplication } from '../servers/application.ts';
import { reaches } from '../servers/reaches.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = { readonly [key: string]: Json };

/** The configuration of Open Service Mesh for one pod. */
interface Proxy {
  readonly address: string;
  /** Null for none, as all of these. */
  readonly listeners: readonly Fields[] | null;
  readonly routes: readonly Fields[] | null;
  readonly clusters: readonly Fields[] | null;
  readonly secrets: readonly Fields[] | null;
}

type Proxies = Readonly<Record<string, Proxy>>;

/** A running Envoy with the inbound sides of all pods of a mesh. */
export interface OsmMesh {
  /** Returns true if a request to a port of a pod reaches the application. */
  isServed(call: OsmCall): Promise<boolean>;
  stop(): Promise<void>;
}

export interface OsmCall {
  /** Pods as `NAME.NAMESPACE`; undefined: a caller without a certificate. */
  readonly from: string | undefined;
  readonly to: string;
  readonly service: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** Starts an Envoy with what Open Service Mesh makes of objects; applications answer 200 to everything. */
export async function startedOsm(
  program: string,
  envoy: string,
  objects: readonly object[],
): Promise<OsmMesh> {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-osm-'));
  const text = objects.map((one) => `---\n${JSON.stringify(one)}\n`).join('');
  writeFileSync(path.join(folder, 'cluster.yaml'), text);
  const proxies = JSON.parse(
    execFileSync(program, [folder], { encoding: 'utf8', maxBuffer: 1 << 28 }),
  ) as Proxies;
  const application = await startedApplication();
  const inbound = Object.entries(proxies).flatMap(([pod, proxy]) => inboundPorts(pod, proxy));
  const [admin = 0, ...ports] = await freePorts(inbound.length + 1);
  const places = new Map(
    inbound.map(({ pod, port }, index) => [`${pod} ${String(port)}`, ports[index] ?? 0]),
  );
  const config = {
    admin: { address: addressOf(admin) },
    static_resources: {
      listeners: inbound.map((one) =>
        listenerOf(one, (port) => places.get(`${one.pod} ${String(port)}`) ?? port),
      ),
      clusters: distinct(
        Object.values(proxies).flatMap(({ clusters }) =>
          (clusters ?? []).filter(isLocal).map((one) => servedBy(one, application.port)),
        ),
      ),
      secrets: distinct(Object.values(proxies).flatMap(({ secrets }) => secrets ?? [])),
    },
  };
  const file = path.join(folder, 'envoy.json');
  writeFileSync(file, JSON.stringify(config));
  const child = spawn(envoy, ['-c', file, '--use-dynamic-base-id', '--concurrency', '1', '-l', 'error'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  const agents = new Map<string, https.Agent>();
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
      const port = places.get(`${call.to} ${String(call.port)}`);
      if (port === undefined) return Promise.resolve(false);
      const key = JSON.stringify([call.from, call.to, call.service, call.port]);
      const agent = agents.get(key) ?? agentOf(call, proxies);
      agents.set(key, agent);
      return reaches('https', call.host, call.headers, { agent, port, method: call.method, path: call.path });
    },
  };
}

interface InboundPort {
  readonly pod: string;
  readonly port: number;
  readonly listener: Fields;
  readonly chains: readonly Fields[];
  readonly routes: readonly Fields[];
}

/** Returns the ports of a pod at which its proxy takes calls, with the chains of filters for each. */
function inboundPorts(pod: string, { listeners, routes }: Proxy): readonly InboundPort[] {
  return (listeners ?? [])
    .filter(({ name }) => name === 'inbound-listener')
    .flatMap((listener) => {
      const chains = listener['filter_chains'] as readonly Fields[];
      const byPort = Map.groupBy(
        chains,
        (chain) => (chain['filter_chain_match'] as Fields)['destination_port'],
      );
      return [...byPort]
        .filter(([port]) => typeof port === 'number')
        .map(([port, own]) => ({ pod, port: port as number, listener, chains: own, routes: routes ?? [] }));
    });
}

/**
 * Returns a listener of Open Service Mesh at a port of the loopback. `placeOf` renames the ports of the pod: those of
 * the listener, and those that rules name.
 */
function listenerOf(
  { pod, port, listener, chains, routes }: InboundPort,
  placeOf: (port: number) => number,
): Fields {
  const filters = listener['listener_filters'] as readonly Fields[] | undefined;
  return {
    ...listener,
    name: `${pod}-${String(port)}`,
    address: addressOf(placeOf(port)),
    listener_filters: (filters ?? []).filter(
      ({ name }) => name !== 'original_dst' && name !== 'envoy.filters.listener.original_dst',
    ),
    filter_chains: chains.map((chain) => {
      const { destination_port: _, ...match } = chain['filter_chain_match'] as Fields;
      return renamed(withoutDiscovery({ ...chain, filter_chain_match: match }, routes), placeOf) as Fields;
    }),
  };
}

/** Puts routes in place of their names, and names of static secrets in place of those that a server would send. */
function withoutDiscovery(value: Json, routes: readonly Fields[]): Json {
  if (Array.isArray(value)) return value.map((one: Json) => withoutDiscovery(one, routes));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value as Fields).flatMap(
    ([key, own]): readonly (readonly [string, Json])[] => {
      if (key === 'sds_config') return [];
      if (key !== 'rds') return [[key, withoutDiscovery(own, routes)]];
      const asked = (own as Fields)['route_config_name'];
      const found = routes.find(({ name }) => name === asked);
      return found === undefined ? [] : [['route_config', { ...found, validate_clusters: false }]];
    },
  );
  return Object.fromEntries(fields);
}

function renamed(value: Json, placeOf: (port: number) => number): Json {
  if (Array.isArray(value)) return value.map((one: Json) => renamed(one, placeOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Fields).map(([key, own]) => [
      key,
      key === 'destination_port' && typeof own === 'number' ? placeOf(own) : renamed(own, placeOf),
    ]),
  );
}

function isLocal({ name }: Fields): boolean {
  return typeof name === 'string' && name.endsWith('|local');
}

function servedBy(cluster: Fields, port: number): Fields {
  const endpoints = [{ lb_endpoints: [{ endpoint: { address: addressOf(port) } }] }];
  return { ...cluster, load_assignment: { cluster_name: cluster['name'] ?? '', endpoints } };
}

function addressOf(port: number): Fields {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function distinct(all: readonly Fields[]): readonly Fields[] {
  return [...new Map(all.map((one) => [one['name'], one])).values()];
}

async function ready(child: ChildProcess, admin: number, said: readonly string[]): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(said.join(''));
    const answer = await fetch(`http://127.0.0.1:${String(admin)}/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error(`Envoy does not get ready\n${said.join('')}`);
}

/** Returns the connections of a caller to a Service, with the certificate of the caller's proxy. */
function agentOf({ from, service }: OsmCall, proxies: Proxies): https.Agent {
  const secrets = from === undefined ? [] : (proxies[from]?.secrets ?? []);
  const own = secrets.find(({ name }) => typeof name === 'string' && name.startsWith('service-cert:'));
  const pair = own?.['tls_certificate'] as
    | Readonly<Record<'certificate_chain' | 'private_key', { readonly inline_bytes: string }>>
    | undefined;
  const [name, namespace] = service.split('/');
  return new https.Agent({
    keepAlive: true,
    maxSockets: 1,
    rejectUnauthorized: false,
    ALPNProtocols: ['osm'],
    servername: `${name ?? ''}.${namespace ?? ''}.svc.cluster.local`,
    ...(pair && {
      cert: Buffer.from(pair.certificate_chain.inline_bytes, 'base64'),
      key: Buffer.from(pair.private_key.inline_bytes, 'base64'),
    }),
  });
}
