import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Proxy } from '../../../src/core/targets/target.ts';
import type { MeshCase } from '../../cases/cases.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { Authority, type Pair } from './authorities.ts';
import { compiled } from './compiled.ts';
import { Echoes } from './echo.ts';
import { Envoys } from './envoys.ts';
import { places } from './places.ts';

/**
 * A case brought to life: compiled, its applications as echoes, one real Envoy an instance.
 * Its addresses (127.1.x.y in the fixture) are moved to a loopback network of this run, so that runs do not meet, and
 * files that it expects below /etc/case to the folder of the run.
 */
export class RunningMesh {
  readonly echoes = new Echoes();
  readonly envoys: Envoys;
  readonly ir: Ir;
  readonly root: string;
  readonly out: string;
  readonly proxies: readonly Proxy[];
  /** Takes the place of `127.1.` in addresses. */
  readonly network: string;
  readonly #authorities: Readonly<Record<string, Authority>>;
  readonly #pairs = new Map<string, Promise<Pair>>();

  private constructor(
    parts: Pick<RunningMesh, 'ir' | 'root' | 'out' | 'proxies' | 'network'>,
    binary: string,
    authorities: Readonly<Record<string, Authority>>,
  ) {
    this.ir = parts.ir;
    this.root = parts.root;
    this.out = parts.out;
    this.proxies = parts.proxies;
    this.network = parts.network;
    this.envoys = new Envoys(binary, parts.out);
    this.#authorities = authorities;
  }

  static async start(
    meshCase: MeshCase,
    binary: string,
    impostors: Readonly<Record<string, string>> = {},
  ): Promise<RunningMesh> {
    const network = `127.${String(2 + Math.floor(Math.random() * 250))}.`;
    const root = copied(meshCase.directory, network);
    const ir = linkedMesh(root, meshCase.environment);
    const domains = [ir.trustDomain, 'partner.example', 'foreign.example', 'outside'];
    const authorities = Object.fromEntries(
      await Promise.all(domains.map(async (domain) => [domain, await Authority.of(domain)] as const)),
    );
    const own = authority(authorities, ir.trustDomain);
    const outside = authority(authorities, 'outside');
    writeFileSync(path.join(root, 'clients-ca.pem'), own.bundle);
    writeFileSync(path.join(root, 'outside-ca.pem'), outside.bundle);
    const federated = ir.certificates.federation.map(({ trustDomain }) => trustDomain);
    const trust = Object.fromEntries(
      [ir.trustDomain, ...federated].map((domain) => [domain, authority(authorities, domain).bundle]),
    );
    const out = path.join(root, '.out');
    const proxies = await compiled(ir, out, own, trust, {}, impostors);
    const mesh = new RunningMesh({ ir, root, out, proxies, network }, binary, authorities);
    try {
      const hosts = meshCase.hosts.map((host) => mesh.moved(host));
      const all = places(ir, hosts, await outside.issue('server', 'secure.example'));
      await mesh.echoes.start(all.filter(({ service }) => !meshCase.silent.includes(service)));
      await mesh.envoys.start(proxies);
    } catch (error) {
      await mesh.stop();
      throw error;
    }
    return mesh;
  }

  /** The same value with addresses of this run's network. */
  moved<T>(value: T): T {
    return JSON.parse(JSON.stringify(value).replaceAll('127.1.', this.network)) as T;
  }

  /** The proxy of the first instance of a service, or of a gateway. */
  proxyOf(service: string): Proxy {
    const proxy = this.proxies.find((candidate) => candidate.service === service);
    if (!proxy) throw new Error(`no proxy of ${service}`);
    return proxy;
  }

  /** A client certificate of a SPIFFE ID, signed by its trust domain's own authority. */
  certificateOf(id: string): Promise<Pair> {
    const domain = id.slice('spiffe://'.length).split('/')[0] ?? '';
    const known = this.#pairs.get(id) ?? authority(this.#authorities, domain).issue('workload', id);
    this.#pairs.set(id, known);
    return known;
  }

  async stop(): Promise<void> {
    await this.envoys.stop();
    await this.echoes.stop();
    if (process.env['KEEP_CASES'] === undefined) rmSync(this.root, { recursive: true, force: true });
    else console.warn(`kept ${this.root}`);
  }
}

function authority(authorities: Readonly<Record<string, Authority>>, domain: string): Authority {
  const found = authorities[domain];
  if (!found) throw new Error(`nobody signs for ${domain}`);
  return found;
}

/** A copy of the case's files with its loopback network and the paths of its machine exchanged. */
function copied(directory: string, network: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-case-'));
  cpSync(directory, root, { recursive: true, filter: (source) => path.basename(source) !== 'golden' });
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8')
      .replaceAll('127.1.', network)
      .replaceAll('/etc/case/', `${root}/`);
    writeFileSync(file, text);
  }
  return root;
}
