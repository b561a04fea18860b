import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { spiffeId } from '../../../../src/core/ir/principal.ts';
import type { Port } from '../../../../src/core/ir/service.ts';
import type { Json } from '../../../../src/core/lib/json.ts';
import { sha256 } from '../../../../src/core/lib/sha256.ts';
import { askedOwner, effectiveHost } from '../../../../src/core/semantics/asked-port.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import { resolveHost } from '../../../../src/core/semantics/resolve-host.ts';
import consul from '../../../../src/core/targets/consul/index.ts';
import { type ConsulNames, consulNames } from '../../../../src/core/targets/consul/names.ts';
import type { Proxy } from '../../../../src/core/targets/proxy.ts';
import type { MeshCase } from '../../../cases/cases.ts';
import type { Authority, Pair } from '../authorities.ts';
import { caseCopy, movedTo } from '../case-copy.ts';
import { Echoes } from '../echo.ts';
import { admin, Envoys } from '../envoys.ts';
import type { Endpoint, LiveMesh } from '../live-mesh.ts';
import { releaseNetwork } from '../network.ts';
import { places } from '../places.ts';
import { Agent, type DefaultPolicy } from './agent.ts';
import { bootstrap } from './bootstrap.ts';
import { type Sidecar, sidecars } from './sidecars.ts';

/** The programs of a run. */
export interface Programs {
  readonly envoy: string;
  readonly consul: string;
}

/** A mesh of real Envoys, configured by a real agent of Consul from config entries; its applications are echoes. */
export class ConsulMesh implements LiveMesh {
  readonly ir: Ir;
  readonly echoes = new Echoes();
  readonly envoys: Envoys;
  readonly #agent: Agent;
  readonly #folder: string;
  readonly #root: string;
  readonly #network: string;
  readonly #names: ConsulNames;
  readonly #sidecars: readonly Sidecar[];
  readonly #authorities: Readonly<Record<string, Authority>>;
  readonly #pairs = new Map<string, Promise<Pair>>();

  private constructor(
    { root, network, ir, authorities }: Awaited<ReturnType<typeof caseCopy>>,
    { envoy }: Programs,
  ) {
    this.ir = ir;
    this.#folder = root;
    this.#root = path.join(root, '.consul');
    this.#network = network;
    this.#names = consulNames(ir);
    this.#sidecars = sidecars(ir, network);
    this.#authorities = authorities;
    this.envoys = new Envoys(envoy, this.#root);
    this.#agent = new Agent(path.join(this.#root, 'agent'), `${network}103.2`);
  }

  static async start(meshCase: MeshCase, programs: Programs, policy: DefaultPolicy): Promise<ConsulMesh> {
    const mesh = new ConsulMesh(await caseCopy(meshCase), programs);
    try {
      await mesh.#start(meshCase, programs, policy);
    } catch (error) {
      await mesh.stop();
      throw error;
    }
    return mesh;
  }

  async #start(
    { hosts, silent }: MeshCase,
    { consul: binary }: Programs,
    policy: DefaultPolicy,
  ): Promise<void> {
    await this.#agent.start(binary, policy);
    for (const entry of this.#entries()) await this.#agent.put('/v1/config', entry);
    const outside = await this.#authority('outside').issue('server', 'secure.example');
    const all = places(this.ir, this.moved(hosts), outside);
    await this.echoes.start(all.filter(({ service }) => !silent.includes(service)));
    await Promise.all(
      this.#sidecars.map((sidecar) => this.#agent.put('/v1/agent/service/register', registration(sidecar))),
    );
    await this.envoys.start(this.#sidecars.map((sidecar) => this.#proxy(sidecar)));
    await Promise.all(this.#sidecars.map((sidecar) => this.#configured(sidecar)));
  }

  /** Returns the config entries in the order of their files, which is the order in which Consul takes them. */
  #entries(): readonly Json[] {
    return consul
      .lower(this.ir, {
        version: consul.versions[0] ?? '',
        options: { mode: 'vms' },
      })
      .flatMap((artifact) => (artifact.type === 'file' ? [artifact] : []))
      .sort((one, other) => (one.path < other.path ? -1 : 1))
      .map(({ resource }) => resource);
  }

  #proxy(sidecar: Sidecar): Proxy {
    const folder = path.join('proxies', sidecar.id);
    mkdirSync(path.join(this.#root, folder), { recursive: true });
    const file = path.join(folder, 'bootstrap.json');
    writeFileSync(path.join(this.#root, file), JSON.stringify(bootstrap(sidecar, this.#agent)));
    return {
      id: sidecar.id,
      service: sidecar.service,
      version: sidecar.version,
      instance: 0,
      bootstrap: file,
      workingDirectory: folder,
      arguments: ['--use-dynamic-base-id', '--drain-time-s', '1', '--drain-strategy', 'immediate'],
      admin: addressText(sidecar.admin),
      inbound: {},
      outbound: '',
    };
  }

  /** Waits for all listeners of a sidecar, and for all instances of the services that it calls. */
  async #configured(sidecar: Sidecar): Promise<void> {
    const at = addressText(sidecar.admin);
    await this.#agent.until(`the listeners of ${sidecar.id}`, async () => {
      const listeners = (await admin(at, '/listeners')) ?? '';
      return listeners.trim().split('\n').length > sidecar.upstreams.size;
    });
    const expected = new Map(
      [...sidecar.upstreams.keys()].map((name) => [name, this.#sidecars.filter((one) => one.name === name)]),
    );
    await this.#agent.until(`the instances for ${sidecar.id}`, async () => {
      const { cluster_statuses: clusters = [] } = JSON.parse(
        (await admin(at, '/clusters?format=json')) ?? '{}',
      ) as { cluster_statuses?: readonly ClusterStatus[] };
      return [...expected].every(([name, all]) =>
        clusters
          .filter(({ name: cluster }) => nameOf(cluster) === name)
          .every(({ name: cluster, host_statuses: hosts = [] }) => {
            const subset = subsetOf(cluster);
            const wanted = all.filter(({ version }) => subset === undefined || version === subset);
            const healthy = hosts.filter((host) => host.health_status?.eds_health_status === 'HEALTHY');
            return healthy.length === wanted.length;
          }),
      );
    });
  }

  /** Returns the value with addresses of this run's network. */
  moved<T>(value: T): T {
    return movedTo(this.#network, value);
  }

  /** Returns the name of the service of Consul that an application dials for a request; undefined if there is none. */
  dialled(caller: string, request: Request, stream: Port | undefined): string | undefined {
    if (stream !== undefined) return this.#names.ofPort(request.to.id, stream.name);
    const service = this.ir.services[caller];
    if (service === undefined) return undefined;
    const to = resolveHost(this.ir, service, effectiveHost(askedOwner(this.ir, request), request));
    if (to.type !== 'port') return undefined;
    const owner = Object.values(this.ir.services).find(({ ports }) => ports.includes(to.port));
    return owner && this.#names.ofPort(owner.id, to.port.name);
  }

  outbound(caller: string, request: Request, stream: Port | undefined): Endpoint {
    const name = this.dialled(caller, request, stream);
    const own = this.#sidecars.find(({ service, upstreams }) => service === caller && upstreams.size > 0);
    const found = own?.upstreams.get(name ?? '');
    if (found === undefined) throw new Error(`${caller} has no upstream for ${request.to.id}`);
    return found;
  }

  inbound(service: string, port: string | undefined): Endpoint {
    const name = this.#names.ofPort(service, port ?? this.ir.services[service]?.ports[0]?.name ?? '');
    const found = this.#sidecars.find((sidecar) => sidecar.name === name);
    if (found === undefined) throw new Error(`${service} has no port ${String(port)}`);
    return found.inbound;
  }

  /** Returns the certificate that Consul signs for the service of an account, or for a service that no spec names. */
  certificateOf(id: string): Promise<Pair> {
    const domain = id.slice('spiffe://'.length).split('/')[0] ?? '';
    const known = this.#pairs.get(id) ?? this.#issued(id, domain);
    this.#pairs.set(id, known);
    return known;
  }

  #issued(id: string, domain: string): Promise<Pair> {
    if (domain !== this.ir.trustDomain) return this.#authority(domain).issue('workload', id);
    const service = Object.values(this.ir.services).find(
      ({ workload }) => spiffeId(workload.principal) === id,
    );
    const [name = `stranger-${sha256(id).slice(0, 8)}`] = service ? this.#names.ofCaller(service.id) : [];
    return this.#agent.certificateOf(name);
  }

  async stop(): Promise<void> {
    await this.envoys.stop();
    await this.#agent.stop();
    await this.echoes.stop();
    await releaseNetwork(this.#network);
    if (process.env['KEEP_CASES'] === undefined) rmSync(this.#folder, { recursive: true, force: true });
    else console.warn(`kept ${this.#folder}`);
  }

  #authority(domain: string): Authority {
    const found = this.#authorities[domain];
    if (!found) throw new Error(`nobody signs for ${domain}`);
    return found;
  }
}

interface ClusterStatus {
  readonly name: string;
  readonly host_statuses?: readonly {
    readonly health_status?: { readonly eds_health_status?: string };
  }[];
}

/** Returns the registration of a service with its sidecar; the sidecar is healthy at once, without a check of its own. */
function registration({ id, name, version, app, inbound, upstreams }: Sidecar): Json {
  return {
    Name: name,
    ID: id,
    Address: inbound.host,
    Port: app.port,
    Meta: { version },
    Connect: {
      SidecarService: {
        Address: inbound.host,
        Port: inbound.port,
        Checks: [{ AliasService: id, Status: 'passing' }],
        Proxy: {
          LocalServiceAddress: app.host,
          LocalServicePort: app.port,
          Upstreams: [...upstreams].map(([to, { host, port }]) => ({
            DestinationName: to,
            LocalBindAddress: host,
            LocalBindPort: port,
          })),
        },
      },
    },
  };
}

/** Returns the name of the service in the name of a cluster, `[SUBSET.]NAME.default.DATACENTER.internal.TRUST-DOMAIN`. */
function nameOf(cluster: string): string | undefined {
  return /^(?:[^.]+\.)?([^.]+)\.default\.dc1\.internal\./.exec(cluster)?.[1];
}

function subsetOf(cluster: string): string | undefined {
  return /^([^.]+)\.[^.]+\.default\.dc1\.internal\./.exec(cluster)?.[1];
}

function addressText({ host, port }: Endpoint): string {
  return `${host}:${String(port)}`;
}
