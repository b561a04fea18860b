import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { MeshCase } from '../../cases/cases.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { Echoes, type EchoPlace } from './echo.ts';
import { Envoys, type ProxyDescription } from './envoys.ts';

const mesh = fileURLToPath(new URL('../../../bin/mesh.js', import.meta.url));

/**
 * A case brought to life: compiled by the command itself, its applications as echoes, one real Envoy an instance.
 * Its addresses (127.1.x.y in the fixture) are moved to a loopback network of this run, so that runs do not meet.
 */
export class RunningMesh {
  readonly echoes = new Echoes();
  readonly envoys: Envoys;
  readonly ir: Ir;
  readonly root: string;
  readonly proxies: readonly ProxyDescription[];

  private constructor(ir: Ir, root: string, out: string, binary: string) {
    this.ir = ir;
    this.root = root;
    this.envoys = new Envoys(binary, out);
    const index = readFileSync(path.join(out, 'index.json'), 'utf8');
    this.proxies = (JSON.parse(index) as { proxies: ProxyDescription[] }).proxies;
  }

  static async start(meshCase: MeshCase, binary: string): Promise<RunningMesh> {
    const root = copied(meshCase.directory);
    const environment = { ...process.env, XDG_STATE_HOME: path.join(root, '.state'), NO_COLOR: '1' };
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, [mesh, ...args, '--root', root], {
        encoding: 'utf8',
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    const target = meshCase.target ?? 'local';
    const overlay = meshCase.environment === undefined ? [] : ['--env', meshCase.environment];
    run('certs', 'init', ...overlay);
    run('compile', '--target', target, '--out', path.join(root, '.out'), '--issue', ...overlay);
    const out = path.join(root, '.out', target);
    const running = new RunningMesh(linkedMesh(root, meshCase.environment), root, out, binary);
    try {
      await running.echoes.start(places(running.ir));
      await running.envoys.start(running.proxies);
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  }

  /** The proxy of the first instance of a service, or of a gateway. */
  proxyOf(service: string): ProxyDescription {
    const proxy = this.proxies.find((candidate) => candidate.service === service);
    if (!proxy) throw new Error(`no proxy of ${service}`);
    return proxy;
  }

  async stop(): Promise<void> {
    await this.envoys.stop();
    await this.echoes.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Where each instance's application listens. */
export function places(ir: Ir): EchoPlace[] {
  const found: EchoPlace[] = [];
  for (const service of Object.values(ir.services)) {
    for (const version of service.versions) {
      for (const instance of version.instances ?? []) {
        for (const port of service.ports) {
          const address = instance.app[port.name];
          if (address)
            found.push({
              service: service.id,
              version: version.name,
              port: port.name,
              instance: instance.id,
              protocol: port.protocol,
              address,
            });
        }
      }
    }
  }
  for (const external of Object.values(ir.externals)) {
    for (const port of external.ports) {
      if (external.tls ?? port.applicationTls) continue;
      for (const host of external.addresses) {
        found.push({
          service: external.id,
          version: '*',
          port: port.name,
          instance: external.id,
          protocol: port.protocol,
          address: { host, port: port.targetPort },
        });
      }
    }
  }
  return found;
}

/** A copy of the case's files with its loopback network exchanged. */
function copied(directory: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-case-'));
  cpSync(directory, root, { recursive: true, filter: (source) => path.basename(source) !== 'golden' });
  const network = `127.${String(2 + Math.floor(Math.random() * 250))}.`;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('127.1.', network));
  }
  return root;
}
