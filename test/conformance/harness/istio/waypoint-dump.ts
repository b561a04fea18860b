import { spawnSync } from 'node:child_process';
import type { Endpoint } from '../live-mesh.ts';
import { type Waypoint, waypointAddress, waypointLabels } from './waypoints.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A filter chain of a waypoint for a port of a service, with the treatment of requests there. */
export interface WaypointChain {
  readonly host: string;
  readonly port: number;
  readonly filters: readonly Fields[];
}

/** A cluster in istiod's output. */
export interface Cluster extends Fields {
  readonly name: string;
}

/** Endpoints of a cluster in istiod's output. */
export interface Endpoints {
  readonly clusterName: string;
  readonly endpoints?: readonly {
    readonly lbEndpoints?: readonly {
      readonly endpoint: {
        readonly address: {
          /** A pod that is reached through a tunnel. */
          readonly envoyInternalAddress?: { readonly endpointId: string };
          /** A host outside the mesh. */
          readonly socketAddress?: { readonly address: string; readonly portValue: number };
        };
      };
    }[];
  }[];
}

/** The part of istiod's configuration for a waypoint that is about services. */
export interface Dump {
  readonly chains: readonly WaypointChain[];
  readonly clusters: readonly Cluster[];
  readonly endpoints: readonly Endpoints[];
}

interface Sent {
  readonly listeners: readonly {
    readonly name: string;
    readonly filterChains: readonly { readonly name?: string; readonly filters: readonly Fields[] }[];
  }[];
  readonly clusters: readonly Cluster[];
  readonly endpoints: readonly Endpoints[];
}

/** Asks istiod for the configuration of the waypoint at a position. */
export function dumpOf(
  istioXds: string,
  folder: string,
  { name, namespace }: Waypoint,
  position: number,
): Dump {
  const labels = Object.entries(waypointLabels(name)).map(([key, value]) => `${key}=${value}`);
  const { stdout, stderr } = spawnSync(
    istioXds,
    [
      ...['dump', '-dir', folder, '-type', 'waypoint', '-ns', namespace, '-id', `${name}.${namespace}`],
      ...['-ip', waypointAddress(position), '-sa', name, '-labels', labels.join(',')],
    ],
    {
      encoding: 'utf8',
      timeout: 120_000,
      maxBuffer: 1 << 28,
      env: { ...process.env, PILOT_ENABLE_AMBIENT: 'true' },
    },
  );
  if (stdout === '') throw new Error(stderr);
  const { listeners, clusters, endpoints } = JSON.parse(stdout) as Sent;
  const main = listeners.find((listener) => listener.name === 'main_internal');
  return {
    chains: (main?.filterChains ?? []).flatMap(({ name: chain = '', filters }) => {
      const [, port, host] = /^inbound-vip\|(\d+)\|http\|(.+)$/.exec(chain) ?? [];
      return host === undefined ? [] : [{ host, port: Number(port), filters: filters.map(withoutIstioOnly) }];
    }),
    clusters: clusters.filter((cluster) => /^(inbound-vip|outbound)\|/.test(cluster.name)),
    endpoints,
  };
}

/**
 * Returns a chain behind a plain listener, in which the caller's identity, which a ztunnel would report, is a constant.
 */
export function plainListener(
  { filters }: WaypointChain,
  { host, port }: Endpoint,
  identity: string,
): object {
  const noting = {
    name: 'envoy.filters.network.set_filter_state',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.set_filter_state.v3.Config',
      on_new_connection: [
        {
          object_key: 'io.istio.peer_principal',
          factory_key: 'envoy.string',
          format_string: { text_format_source: { inline_string: identity } },
        },
      ],
    },
  };
  return {
    name: `${host}:${String(port)}`,
    address: { socket_address: { address: host, port_value: port } },
    filter_chains: [{ filters: [noting, ...filters] }],
  };
}

/**
 * Returns a cluster whose connections go directly to the applications, without a ztunnel. If it `isClosed` to this
 * waypoint, it has no endpoints: a ztunnel would refuse the connections.
 */
export function plainCluster(cluster: Cluster, all: readonly Endpoints[], isClosed: boolean): Cluster {
  const {
    transportSocket: _socket,
    transportSocketMatches: _sockets,
    edsClusterConfig: _eds,
    ...kept
  } = withoutIstioOnly(cluster);
  const own = isClosed ? [] : (all.find(({ clusterName }) => clusterName === cluster.name)?.endpoints ?? []);
  const addresses = own
    .flatMap(({ lbEndpoints = [] }) => lbEndpoints)
    .flatMap(({ endpoint: { address } }) => {
      const pod = address.envoyInternalAddress?.endpointId;
      if (pod !== undefined) return [appOf(pod)];
      return address.socketAddress === undefined ? [] : [{ socketAddress: address.socketAddress }];
    });
  return {
    ...kept,
    type: 'STATIC',
    loadAssignment: {
      clusterName: cluster.name,
      endpoints: [{ lbEndpoints: addresses.map((address) => ({ endpoint: { address } })) }],
    },
  };
}

/** Returns the address of the application behind a port of a pod (`placed-mesh`). */
function appOf(address: string): object {
  const [host = '', port = ''] = address.split(':');
  return { socketAddress: { address: host, portValue: Number(port) + 20_000 } };
}

function withoutIstioOnly<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    Array.isArray(inner) ? inner.filter((entry) => !isIstioOnly(entry)) : inner,
  ) as T;
}

/**
 * Returns true for a filter that only Istio's own build of Envoy has. None of them changes an answer: `istio.metadata_exchange`
 * (of connections) and `…peer_metadata` (of requests) carry names of workloads to the metrics of the other side, `istio.stats`
 * counts these metrics, `istio.alpn` names a protocol to a sidecar, and `connect_authority` notes the address that a ztunnel
 * called, of which there is none here.
 */
function isIstioOnly(entry: unknown): boolean {
  const name = typeof entry === 'object' && entry !== null && 'name' in entry ? String(entry.name) : '';
  return /peer_metadata$|^istio\.|^connect_authority$/.test(name);
}
