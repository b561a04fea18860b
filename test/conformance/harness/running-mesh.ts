import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Port } from '../../../src/core/ir/service.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { Proxy } from '../../../src/core/targets/proxy.ts';
import type { MeshCase } from '../../cases/cases.ts';
import type { Authority, Pair } from './authorities.ts';
import { caseCopy, movedTo } from './case-copy.ts';
import { compiled } from './compiled.ts';
import { Echoes } from './echo.ts';
import { Envoys } from './envoys.ts';
import type { Endpoint, LiveMesh } from './live-mesh.ts';
import { releaseNetwork } from './network.ts';
import { places } from './places.ts';

/** Differences between a running mesh and its case. */
interface Starting {
  /** Proxies, by id, that get the certificate of somebody else. */
  readonly impostors?: Readonly<Record<string, string>>;
  /** Returns the mesh that is compiled in place of the linked one. */
  readonly change?: (ir: Ir) => Ir;
}

/** A running case: compiled, with echoes as applications and one real Envoy for each instance. */
export class RunningMesh implements LiveMesh {
  readonly echoes = new Echoes();
  readonly envoys: Envoys;
  readonly ir: Ir;
  readonly root: string;
  readonly out: string;
  readonly proxies: readonly Proxy[];
  /** The network that replaces `127.1.` in addresses. */
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
    { impostors = {}, change = (ir) => ir }: Starting = {},
  ): Promise<RunningMesh> {
    const { network, root, ir: linked, authorities } = await caseCopy(meshCase);
    const ir = change(linked);
    const own = authority(authorities, ir.trustDomain);
    const outside = authority(authorities, 'outside');
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
      await mesh.#checked();
    } catch (error) {
      await mesh.stop();
      throw error;
    }
    return mesh;
  }

  /** Waits until instances whose checks began before their proxies ran have passed them. */
  async #checked(): Promise<void> {
    if (Object.values(this.ir.services).every(({ healthCheck }) => healthCheck === undefined)) return;
    const end = Date.now() + 20_000;
    for (const { admin } of this.proxies)
      while ((await (await fetch(`http://${admin}/clusters`)).text()).includes('failed_active_hc')) {
        if (Date.now() > end) throw new Error(`the proxy at ${admin} finds instances that fail their checks`);
        await sleep(100);
      }
  }

  /** Returns the value with addresses of this run's network. */
  moved<T>(value: T): T {
    return movedTo(this.network, value);
  }

  /** Returns the proxy of the first instance of a service, or of a gateway. */
  proxyOf(service: string): Proxy {
    const proxy = this.proxies.find((candidate) => candidate.service === service);
    if (!proxy) throw new Error(`no proxy of ${service}`);
    return proxy;
  }

  outbound(caller: string, { to }: Request, stream: Port | undefined): Endpoint {
    const instance = this.ir.services[caller]?.versions[0]?.instances?.[0];
    const own = stream ? instance?.outboundTcp[`${to.id}:${stream.name}`] : instance?.outbound;
    if (own === undefined) throw new Error(`${caller} has no address for ${to.id}`);
    return own;
  }

  inbound(service: string, port: string | undefined): Endpoint {
    const { inbound } = this.proxyOf(service);
    return address(inbound[port ?? ''] ?? Object.values(inbound)[0] ?? '');
  }

  certificateOf(id: string): Promise<Pair> {
    const domain = id.slice('spiffe://'.length).split('/')[0] ?? '';
    const known = this.#pairs.get(id) ?? authority(this.#authorities, domain).issue('workload', id);
    this.#pairs.set(id, known);
    return known;
  }

  async stop(): Promise<void> {
    await this.envoys.stop();
    await this.echoes.stop();
    await releaseNetwork(this.network);
    if (process.env['KEEP_CASES'] === undefined) rmSync(this.root, { recursive: true, force: true });
    else console.warn(`kept ${this.root}`);
  }
}

function authority(authorities: Readonly<Record<string, Authority>>, domain: string): Authority {
  const found = authorities[domain];
  if (!found) throw new Error(`nobody signs for ${domain}`);
  return found;
}

/** Returns the parts of `host:port`. */
export function address(text: string): Endpoint {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}
