import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Port } from '../../../../src/core/ir/service.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import type { Proxy } from '../../../../src/core/targets/proxy.ts';
import type { Authority, Pair } from '../authorities.ts';
import { Echoes } from '../echo.ts';
import { Envoys } from '../envoys.ts';
import type { Endpoint, LiveMesh } from '../live-mesh.ts';
import { releaseNetwork } from '../network.ts';
import { places } from '../places.ts';
import { bootstrap, meshConfig } from './bootstrap.ts';
import { bound } from './bound.ts';
import { ControlPlane } from './control-plane.ts';
import { dialledPort } from './dialled-port.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { neededProviders } from './needed-providers.ts';
import { type Pod, pods } from './pods.ts';
import { registry } from './registry.ts';
import { withEndpoints } from './written-services.ts';

/**
 * The parts of a mesh of Istio. `ir` has the addresses of pods; at the addresses of `hosts` run servers that no
 * document names.
 */
export interface IstioParts {
  readonly ir: Ir;
  readonly objects: readonly KubernetesObject[];
  readonly authorities: Readonly<Record<string, Authority>>;
  readonly hosts: readonly string[];
  /** Fields of the MeshConfig in addition to those that every mesh needs. */
  readonly installation?: Readonly<Record<string, unknown>>;
  /** Services whose applications a test provides itself. */
  readonly silent?: readonly string[];
  /** The mesh's own folder, deleted at the end. */
  readonly root: string;
  /** The beginning of the mesh's loopback addresses. */
  readonly network: string;
}

/** A mesh of real Envoys, configured by istiod from objects; its applications are echoes. */
export class IstioMesh implements LiveMesh {
  readonly ir: Ir;
  readonly echoes = new Echoes();
  readonly alpn = ['istio'];
  readonly envoys: Envoys;
  readonly root: string;
  readonly #folder: string;
  readonly #control: ControlPlane;
  readonly #network: string;
  readonly #authorities: Readonly<Record<string, Authority>>;
  readonly #pairs = new Map<string, Promise<Pair>>();

  private constructor({ ir, authorities, network, root }: IstioParts, envoy: string) {
    this.ir = ir;
    this.root = path.join(root, '.istio');
    this.#folder = root;
    this.#network = network;
    this.envoys = new Envoys(envoy, this.root);
    this.#control = new ControlPlane(this.root, `${network}103.1`);
    this.#authorities = authorities;
  }

  static async start(parts: IstioParts, envoy: string, istioXds: string): Promise<IstioMesh> {
    const mesh = new IstioMesh(parts, envoy);
    try {
      await mesh.#start(parts, istioXds);
    } catch (error) {
      await mesh.stop();
      throw error;
    }
    return mesh;
  }

  async #start(
    { ir, objects, hosts, installation, silent = [] }: IstioParts,
    istioXds: string,
  ): Promise<void> {
    const own = this.#authority(ir.trustDomain);
    const trusted = [ir.trustDomain, ...ir.certificates.federation.map(({ trustDomain }) => trustDomain)].map(
      (domain) => this.#authority(domain).bundle,
    );
    const all = [
      { ...meshConfig(ir.trustDomain, neededProviders(objects)), ...installation },
      ...registry(ir, 'sidecar'),
      ...bound(ir, withEndpoints(ir, objects)),
    ];
    await this.#control.start(istioXds, all, own, trusted);
    const echoing = places(ir, hosts, await this.#authority('outside').issue('server', 'secure.example'));
    await this.echoes.start(echoing.filter(({ service }) => !silent.includes(service)));
    const proxies = pods(ir)
      .filter(({ admin }) => admin !== '')
      .map((pod) => this.#proxy(pod));
    await this.envoys.start(proxies);
  }

  #proxy(pod: Pod): Proxy {
    const file = path.join('proxies', pod.name, 'bootstrap.json');
    mkdirSync(path.join(this.root, 'proxies', pod.name), { recursive: true });
    writeFileSync(
      path.join(this.root, file),
      JSON.stringify(bootstrap(pod, this.ir.trustDomain, this.#control.addresses), undefined, 1),
    );
    return {
      id: pod.name,
      service: pod.of.type === 'service' ? pod.of.service.id : pod.of.gateway.id,
      version: pod.version,
      instance: 0,
      bootstrap: file,
      workingDirectory: path.join('proxies', pod.name),
      arguments: ['--use-dynamic-base-id', '--drain-time-s', '1', '--drain-strategy', 'immediate'],
      admin: pod.admin,
      inbound: {},
      outbound: '',
    };
  }

  certificateOf(id: string): Promise<Pair> {
    const domain = id.slice('spiffe://'.length).split('/')[0] ?? '';
    const known = this.#pairs.get(id) ?? this.#authority(domain).issue('workload', id);
    this.#pairs.set(id, known);
    return known;
  }

  outbound(caller: string, request: Request, stream: Port | undefined): Endpoint {
    const service = this.ir.services[caller];
    const host = service?.versions.flatMap(({ instances = [] }) => instances)[0]?.outbound.host;
    if (service === undefined || host === undefined) throw new Error(`${caller} has no instance`);
    return { host, port: stream?.number ?? dialledPort(this.ir, service, request) };
  }

  inbound(id: string, port: string | undefined): Endpoint {
    const service = this.ir.services[id];
    const instance = service?.versions.flatMap(({ instances = [] }) => instances)[0];
    const found = instance?.inbound[port ?? service?.ports[0]?.name ?? ''];
    if (found === undefined) throw new Error(`${id} has no port ${String(port)}`);
    return found;
  }

  async stop(): Promise<void> {
    await this.envoys.stop();
    await this.#control.stop();
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
