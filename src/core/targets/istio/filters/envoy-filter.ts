import type { Origin } from '../../../location.ts';
import type { Json, ObjectArtifact } from '../../artifact.ts';
import type { FieldsOf, MessageName } from '../../envoy-filters/message.ts';
import type { Fields } from '../../kubernetes-objects/fields.ts';
import type { ConfigPatch } from '../crds/parts.ts';
import { object } from '../object.ts';

/** The proxies that a patch is for. */
export type Context = 'ANY' | 'SIDECAR_INBOUND' | 'SIDECAR_OUTBOUND' | 'GATEWAY';

/** The parts of an EnvoyFilter. */
export interface FilterParts {
  readonly namespace: string;
  readonly name: string;
  readonly from: string;
  readonly origins: readonly Origin[];
  /** The reason for which no other object can say it; people read it in the object. */
  readonly reason: string;
  /** Labels of the pods that it is for; absent: all of the namespace (of the mesh in the root namespace). */
  readonly labels?: Readonly<Record<string, string>>;
  readonly patches: readonly ConfigPatch[];
}

/** An EnvoyFilter. */
export function envoyFilter({ reason, labels, patches, ...parts }: FilterParts): ObjectArtifact {
  return object({
    kind: 'EnvoyFilter',
    ...parts,
    annotations: { 'meshwright.dev/reason': reason },
    // After others: inserted filters stand where they are meant to.
    spec: { ...(labels && { workloadSelector: { labels } }), priority: 10, configPatches: patches },
  });
}

/** A message of Envoy's with its type. */
export function typed<M extends MessageName>(message: M, fields: FieldsOf<M>): Json {
  return { '@type': `type.googleapis.com/${message}`, ...fields };
}

const connectionManager = 'envoy.filters.network.http_connection_manager';
const router = 'envoy.filters.http.router';

/** Merges fields into whatever speaks HTTP. */
export function mergeConnectionManager(context: Context, fields: Fields): ConfigPatch {
  const message = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
  return {
    applyTo: 'NETWORK_FILTER',
    match: { context, listener: { filterChain: { filter: { name: connectionManager } } } },
    patch: { operation: 'MERGE', value: { name: connectionManager, typed_config: typed(message, fields) } },
  };
}

/** Puts a filter before all others. */
export function insertFirst(context: Context, name: string, config: Json): ConfigPatch {
  return {
    applyTo: 'HTTP_FILTER',
    match: { context, listener: { filterChain: { filter: { name: connectionManager } } } },
    patch: { operation: 'INSERT_FIRST', value: { name, typed_config: config } },
  };
}

/** Puts a filter behind all others, before requests are routed. */
export function insertFilter(context: Context, name: string, config: Json): ConfigPatch {
  return {
    applyTo: 'HTTP_FILTER',
    match: {
      context,
      listener: { filterChain: { filter: { name: connectionManager, subFilter: { name: router } } } },
    },
    patch: { operation: 'INSERT_BEFORE', value: { name, typed_config: config } },
  };
}

/** Merges fields into the virtual host `<host>:<port>`, or with `route` into its routes of that name. */
export function mergeRoutes(
  context: Context,
  vhost: string,
  route: string | undefined,
  value: Fields,
): ConfigPatch {
  return {
    applyTo: route === undefined ? 'VIRTUAL_HOST' : 'HTTP_ROUTE',
    match: {
      context,
      routeConfiguration: { vhost: { name: vhost, ...(route !== undefined && { route: { name: route } }) } },
    },
    patch: { operation: 'MERGE', value },
  };
}
