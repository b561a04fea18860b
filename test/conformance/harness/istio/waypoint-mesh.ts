import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { spiffeId } from '../../../../src/core/ir/principal.ts';
import type { Service } from '../../../../src/core/ir/service.ts';
import { askedOwner, effectiveHost } from '../../../../src/core/semantics/asked-port.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import { resolveHost } from '../../../../src/core/semantics/resolve-host.ts';
import { isGuarded } from '../../../../src/core/targets/istio-objects/ambient/entrances.ts';
import type { MeshCase } from '../../../cases/cases.ts';
import type { Authority, Pair } from '../authorities.ts';
import { caseCopy, movedTo } from '../case-copy.ts';
import { Echoes } from '../echo.ts';
import { Envoys } from '../envoys.ts';
import type { Endpoint, LiveMesh } from '../live-mesh.ts';
import { releaseNetwork } from '../network.ts';
import { places } from '../places.ts';
import { bootstrapOf, meshConfig } from './bootstrap.ts';
import { compiledObjects } from './compiled-objects.ts';
import { manifest } from './manifest.ts';
import { neededProviders } from './needed-providers.ts';
import { placed } from './placed-mesh.ts';
import { registry } from './registry.ts';
import {
  type Cluster,
  type Dump,
  dumpOf,
  plainCluster,
  plainListener,
  type WaypointChain,
} from './waypoint-dump.ts';
import { waypointsOf, withWaypoints } from './waypoints.ts';

/**
 * The waypoints of a case in ambient mode, in one real Envoy, as istiod translates our objects for them. The components
 * around waypoints are missing. A caller's connection arrives in plain text at a separate listener for each caller and
 * port, which records the identity that a ztunnel would report. Outgoing connections go directly to the application.
 */
export class WaypointMesh implements LiveMesh {
  readonly echoes = new Echoes();
  readonly ir: Ir;
  readonly root: string;
  readonly moved: <T>(value: T) => T;
  readonly #envoys: Envoys;
  readonly #network: string;
  readonly #authorities: Readonly<Record<string, Authority>>;
  readonly #entrances = new Map<string, Endpoint>();

  private constructor(
    root: string,
    network: string,
    ir: Ir,
    authorities: Readonly<Record<string, Authority>>,
    envoy: string,
  ) {
    this.root = root;
    this.ir = ir;
    this.#network = network;
    this.moved = (value) => movedTo(network, value);
    this.#authorities = authorities;
    this.#envoys = new Envoys(envoy, root);
  }

  static async start(meshCase: MeshCase, envoy: string, istioXds: string): Promise<WaypointMesh> {
    const { root, network, ir: asWritten, authorities } = await caseCopy(meshCase);
    const mesh = new WaypointMesh(root, network, placed(asWritten, network), authorities, envoy);
    try {
      await mesh.#start(meshCase, network, istioXds);
    } catch (error) {
      await mesh.stop();
      throw error;
    }
    return mesh;
  }

  async #start({ hosts, silent }: MeshCase, network: string, istioXds: string): Promise<void> {
    const objects = compiledObjects(this.ir, 'ambient');
    const folder = path.join(this.root, '.objects');
    mkdirSync(folder);
    const config = meshConfig(this.ir.trustDomain, neededProviders(objects));
    const all = [config, ...withWaypoints(registry(this.ir, 'ambient'), objects)];
    writeFileSync(path.join(folder, 'all.yaml'), manifest(all));
    const dumps = waypointsOf(objects).map((waypoint, position) =>
      dumpOf(istioXds, folder, waypoint, position),
    );
    const echoing = places(this.ir, this.moved(hosts), await this.#authority('outside').issue('server', 'x'));
    await this.echoes.start(echoing.filter(({ service }) => !silent.includes(service)));
    if (dumps.length === 0) return;
    const listeners = dumps
      .flatMap(({ chains }) => chains)
      .flatMap((chain) => this.#listeners(chain, network));
    const bootstrap = {
      ...bootstrapOf(listeners, this.#clusters(dumps)),
      admin: { address: { socket_address: { address: `${network}105.1`, port_value: 15_000 } } },
    };
    writeFileSync(path.join(this.root, 'bootstrap.json'), JSON.stringify(bootstrap));
    await this.#envoys.start([
      {
        id: 'waypoints',
        service: '',
        version: '',
        instance: 0,
        bootstrap: 'bootstrap.json',
        workingDirectory: '.',
        arguments: ['--use-dynamic-base-id'],
        admin: `${network}105.1:15000`,
        inbound: {},
        outbound: '',
      },
    ]);
  }

  #listeners(chain: WaypointChain, network: string): readonly object[] {
    return Object.values(this.ir.services).map((caller) => {
      // The waypoint sees the port that was called, which policies compare.
      const position = this.#entrances.size;
      const host = `${network}${String(110 + Math.floor(position / 250))}.${String(1 + (position % 250))}`;
      const at = { host, port: chain.port };
      this.#entrances.set(`${caller.id} ${chain.host}:${String(chain.port)}`, at);
      return plainListener(chain, at, spiffeId(caller.workload.principal));
    });
  }

  /**
   * Returns the clusters. Two waypoints may know a service under the same name, but pods of a guarded service accept
   * calls only from their own waypoint.
   */
  #clusters(dumps: readonly Dump[]): readonly Cluster[] {
    const guarded = Object.values(this.ir.services).filter(isGuarded).map(hostOf);
    const all = dumps.flatMap(({ clusters, endpoints }) =>
      clusters.map((cluster): readonly [string, Cluster] => {
        const isClosed = guarded.some(
          (host) => /^outbound\|/.test(cluster.name) && cluster.name.endsWith(`|${host}`),
        );
        return [cluster.name, plainCluster(cluster, endpoints, isClosed)];
      }),
    );
    return [...new Map(all).values()];
  }

  /**
   * Returns the address at which a call of a service to a port enters its waypoint; undefined if it doesn't go through
   * one.
   */
  entrance(request: Request): Endpoint | undefined {
    const { from, to } = request;
    const caller = from.type === 'service' ? this.ir.services[from.id] : undefined;
    if (caller === undefined || to.type !== 'service') return undefined;
    const host = effectiveHost(askedOwner(this.ir, request), request);
    const found = resolveHost(this.ir, caller, host);
    if (found.type !== 'port') return undefined;
    const owner = Object.values(this.ir.services).find(({ ports }) =>
      ports.some((port) => port === found.port),
    );
    return owner && this.#entrances.get(`${caller.id} ${hostOf(owner)}:${String(found.port.number)}`);
  }

  certificateOf(id: string): Promise<Pair> {
    return this.#authority(this.ir.trustDomain).issue('workload', id);
  }

  outbound(_caller: string, request: Request): Endpoint {
    const found = this.entrance(request);
    if (found === undefined)
      throw new Error(`no waypoint stands between ${request.from.type} and ${request.to.id}`);
    return found;
  }

  inbound(service: string): Endpoint {
    throw new Error(`nobody calls ${service} past its waypoint`);
  }

  async stop(): Promise<void> {
    await this.#envoys.stop();
    await this.echoes.stop();
    await releaseNetwork(this.#network);
    rmSync(this.root, { recursive: true, force: true });
  }

  #authority(domain: string): Authority {
    const found = this.#authorities[domain];
    if (!found) throw new Error(`nobody signs for ${domain}`);
    return found;
  }
}

function hostOf({ name, namespace }: Service): string {
  return `${name}.${namespace}.svc.cluster.local`;
}
