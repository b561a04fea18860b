import type { Field } from '../../../../import/field.ts';
import { extensionForm, hole, optional } from './forms.ts';
import type { Reading } from './reading.ts';

/** One Envoy as its bootstrap describes it. */
export interface ReadProxy {
  readonly id: string;
  /** `namespace/name` of its service or gateway. */
  readonly owner: string;
  readonly admin: string;
  readonly listeners: readonly Field[];
  /** The folder of the file with its clusters: the scope that it shares with others, or its gateway. */
  readonly clustersPath: string;
  /** Clusters by name; those of the bootstrap come first. */
  readonly clusters: ReadonlyMap<string, Field>;
  readonly field: Field;
}

/** The form of an address. */
export const addressForm = {
  socket_address: { address: hole('host'), port_value: hole('port') },
} as const;

const bootstrapForm = {
  node: { id: hole('id'), cluster: hole('owner') },
  admin: { address: addressForm },
  static_resources: optional({ clusters: hole('own') }),
  dynamic_resources: { lds_config: hole('lds'), cds_config: hole('cds') },
  layered_runtime: {
    layers: [{ name: 'meshwright', static_layer: { 're2.max_program_size.error_level': 100_000 } }],
  },
  overload_manager: {
    resource_monitors: [
      extensionForm(
        'envoy.resource_monitors.global_downstream_max_connections',
        'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
        { max_active_downstream_connections: 1_000_000 },
      ),
    ],
  },
  stats_config: { use_all_default_tags: true },
} as const;

/** Reads the bootstraps, and finds the listeners and clusters that each names. */
export function readProxies(reading: Reading): readonly ReadProxy[] {
  return reading.bootstraps().map((document): ReadProxy => {
    const { root } = document;
    reading.read(document);
    const { id, owner, host, port, own, lds, cds } = reading.take(root, bootstrapForm);
    const clustersPath = reading.revisionPath(cds);
    const folder = `config/current/proxies/${String(id.value)}/`;
    if (reading.revisionPath(lds) !== `${folder}lds.json`)
      reading.report(id, 'the name of the folder of the proxy');
    const shared = reading.resources(clustersPath, clusterType, cds);
    const clusters = [...shared, ...(own.isPresent ? own.items() : [])];
    return {
      id: id.text() ?? '',
      owner: owner.text() ?? '',
      admin: addressText(host, port),
      listeners: reading.resources(reading.revisionPath(lds), 'envoy.config.listener.v3.Listener', lds),
      clustersPath,
      clusters: new Map(clusters.map((one) => [String(one.at('name').value), one])),
      field: root,
    };
  });
}

const clusterType = 'envoy.config.cluster.v3.Cluster';

/** Returns an address as documents write it. */
export function addressText(host: Field, port: Field): string {
  const text = host.text() ?? '';
  return `${text.includes(':') ? `[${text}]` : text}:${String(port.port() ?? 0)}`;
}

/** Reads the address of a listener. */
export function listenAddress(reading: Reading, field: Field): string {
  const { host, port } = reading.take(field, addressForm);
  return addressText(host, port);
}
