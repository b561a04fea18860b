import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import { account, idle, lost, type Rest } from './account.ts';
import { typeOf } from './messages.ts';

/** A message of the configuration, with the document that it stands in. */
export interface Resource {
  readonly field: Field;
  readonly document: NativeDocument;
}

/** The messages of all documents, by their kinds. */
export interface Resources {
  readonly listeners: readonly Resource[];
  readonly clusters: readonly Resource[];
  readonly routes: readonly Resource[];
  readonly endpoints: readonly Resource[];
  readonly secrets: readonly Resource[];
}

const kinds: Readonly<Record<string, keyof Resources>> = {
  'envoy.config.listener.v3.Listener': 'listeners',
  'envoy.config.cluster.v3.Cluster': 'clusters',
  'envoy.config.route.v3.RouteConfiguration': 'routes',
  'envoy.config.endpoint.v3.ClusterLoadAssignment': 'endpoints',
  'envoy.extensions.transport_sockets.tls.v3.Secret': 'secrets',
};

const own = 'it sets up the proxy, and changes no call';

/** Fields of a bootstrap that hold no listener and no cluster. */
const bootstrap: Readonly<Record<string, Rest>> = {
  admin: idle(own),
  application_log_config: idle(own),
  bootstrap_extensions: lost('what the extensions do is not in the spec'),
  cluster_manager: idle(own),
  default_regex_engine: idle(own),
  deferred_stat_options: idle(own),
  dns_resolution_config: idle(own),
  enable_dispatcher_stats: idle(own),
  flags_path: idle(own),
  hds_config: idle(own),
  layered_runtime: lost('the runtime of the proxy is not in the spec: limits that it sets do not hold'),
  memory_allocator_manager: idle(own),
  node: idle(own),
  overload_manager: lost('the proxy takes connections without these limits'),
  runtime: lost('the runtime of the proxy is not in the spec: limits that it sets do not hold'),
  stats_config: idle(own),
  stats_flush_interval: idle(own),
  stats_flush_on_admin: idle(own),
  stats_server_version_override: idle(own),
  stats_sinks: idle('counters are no part of a call'),
  tracing: lost('spans are not sent: write tracing'),
  typed_dns_resolver_config: idle(own),
  use_tcp_for_dns_lookups: idle(own),
  watchdog: idle(own),
  watchdogs: idle(own),
};

/** Returns true for a bootstrap, or for resources as a server of Envoy's API (or a file) gives them. */
export function isEnvoys({ root, group, kind }: NativeDocument): boolean {
  if (group !== '' || kind !== '') return false;
  const isResponse = root.at('resources').isPresent && Array.isArray(root.at('resources').value);
  return (
    isResponse || ['static_resources', 'dynamic_resources', 'admin'].some((name) => root.at(name).isPresent)
  );
}

/** Returns the messages of documents, and accounts for all else in a bootstrap. */
export function resourcesOf(documents: readonly NativeDocument[]): Resources {
  const all: Record<keyof Resources, Resource[]> = {
    listeners: [],
    clusters: [],
    routes: [],
    endpoints: [],
    secrets: [],
  };
  for (const document of documents) {
    const { root } = document;
    for (const field of root.at('resources').items()) {
      const type = typeOf(field);
      const kind = kinds[type];
      if (kind === undefined)
        field.lost({
          callers: `the reader has no form for ${type === '' ? 'a message without a type' : type}`,
        });
      else all[kind].push({ field, document });
    }
    for (const name of ['version_info', 'type_url', 'nonce', 'control_plane', 'canary'])
      root.at(name).withoutEffect('it belongs to the conversation with a server');
    const fixed = root.at('static_resources');
    for (const name of ['listeners', 'clusters', 'secrets'] as const)
      for (const field of fixed.at(name).items()) all[name].push({ field, document });
    const dynamic = root.at('dynamic_resources');
    for (const name of [
      'lds_config',
      'cds_config',
      'ads_config',
      'lds_resources_locator',
      'cds_resources_locator',
    ])
      readSource(dynamic.at(name));
    account(root, bootstrap);
  }
  return all;
}

/** A file is among the input, if it was given; a server can't be asked. */
function readSource(field: Field): void {
  if (!field.isPresent) return;
  const isFile = field.at('path_config_source').isPresent || field.at('path').isPresent;
  if (isFile) field.withoutEffect('it names a file, which is read if it is among the input');
  else field.lost({ callers: 'a server gives this part of the configuration: read what it gives as a file' });
}

/** Returns the name of the gateway that the listeners of a document belong to. */
export function gatewayOf({ root }: NativeDocument): string {
  const node = root.at('node');
  const names = [node.at('cluster').value, node.at('id').value];
  const name = names.find((one) => typeof one === 'string' && one !== '');
  return (typeof name === 'string' ? dnsLabel(name) : undefined) ?? 'edge';
}
