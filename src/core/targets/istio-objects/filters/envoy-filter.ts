import type { Origin } from '../../../location.ts';
import type { Json, ObjectArtifact } from '../../artifact.ts';
import type { FieldsOf, MessageName } from '../../envoy-filters/message.ts';
import type { Fields } from '../../kubernetes-objects/fields.ts';
import type { EnvoyFilterSpec } from '../crds/istio.gen.ts';
import type { ConfigPatch } from '../crds/parts.ts';
import { object } from '../object.ts';

/** The proxies that a patch is for. */
export type Context = 'ANY' | 'SIDECAR_INBOUND' | 'SIDECAR_OUTBOUND' | 'GATEWAY';

/** The proxies that filters are for, and the position in these proxies. */
export interface FilterPlace {
  readonly context: Context;
  /** Labels of the pods; if absent, all pods of the namespace (in the root namespace, of the mesh). */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Name of a waypoint of the namespace, instead of pods; `all` in the root namespace means every waypoint of the mesh.
   */
  readonly waypoint?: string;
  /** Names of filter chains; if absent, all chains. */
  readonly chains?: readonly string[];
}

/** The parts of an EnvoyFilter. */
export interface FilterParts extends Pick<FilterPlace, 'labels' | 'waypoint'> {
  readonly namespace: string;
  readonly name: string;
  readonly from: string;
  readonly origins: readonly Origin[];
  /** The reason why no other object can express it; people read it in the object. */
  readonly reason: string;
  readonly patches: readonly ConfigPatch[];
}

/** Returns an EnvoyFilter. */
export function envoyFilter({ reason, labels, waypoint, patches, ...parts }: FilterParts): ObjectArtifact {
  return object({
    kind: 'EnvoyFilter',
    ...parts,
    annotations: { 'meshwright.dev/reason': reason },
    // Apply after other EnvoyFilters, so that inserted filters are at the intended position.
    spec: {
      ...(labels && { workloadSelector: { labels } }),
      ...(waypoint !== undefined && {
        targetRefs: [targetRef(waypoint)],
      }),
      priority: 10,
      configPatches: patches,
    },
  });
}

/** Returns the parts of an EnvoyFilter that choose its proxies. */
export function ofPlace({ labels, waypoint }: FilterPlace): Pick<FilterParts, 'labels' | 'waypoint'> {
  return { ...(labels && { labels }), ...(waypoint !== undefined && { waypoint }) };
}

function targetRef(waypoint: string): NonNullable<EnvoyFilterSpec['targetRefs']>[number] {
  const group = 'gateway.networking.k8s.io';
  return waypoint === 'all'
    ? { group, kind: 'GatewayClass', name: 'istio-waypoint' }
    : { group, kind: 'Gateway', name: waypoint };
}

/** Returns a message of Envoy with its type. */
export function typed<M extends MessageName>(message: M, fields: FieldsOf<M>): Json {
  return { '@type': `type.googleapis.com/${message}`, ...fields };
}

const connectionManager = 'envoy.filters.network.http_connection_manager';
const router = 'envoy.filters.http.router';

/** Returns patches that merge fields into every connection manager of a place. */
export function mergeConnectionManager({ context, waypoint }: FilterPlace, fields: Fields): ConfigPatch {
  const message = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
  return {
    applyTo: 'NETWORK_FILTER',
    match: {
      context,
      listener: {
        ...(waypoint !== undefined && { name: waypointListener }),
        filterChain: { filter: { name: connectionManager } },
      },
    },
    patch: { operation: 'MERGE', value: { name: connectionManager, typed_config: typed(message, fields) } },
  };
}

/** Returns patches that insert a filter before all others. */
export function insertFirst(place: FilterPlace, name: string, config: Json): readonly ConfigPatch[] {
  return inserted(place, 'INSERT_FIRST', undefined, { name, typed_config: config });
}

/** Returns patches that insert a filter after another one, where that exists. */
export function insertAfter(
  other: string,
  place: FilterPlace,
  name: string,
  config: Json,
): readonly ConfigPatch[] {
  return inserted(place, 'INSERT_AFTER', other, { name, typed_config: config });
}

/** Returns patches that insert a filter after all others, right before the router. */
export function insertFilter(place: FilterPlace, name: string, config: Json): readonly ConfigPatch[] {
  return inserted(place, 'INSERT_BEFORE', router, { name, typed_config: config });
}

function inserted(
  { context, waypoint, chains }: FilterPlace,
  operation: 'INSERT_FIRST' | 'INSERT_AFTER' | 'INSERT_BEFORE',
  other: string | undefined,
  value: Fields,
): readonly ConfigPatch[] {
  const filter = { name: connectionManager, ...(other !== undefined && { subFilter: { name: other } }) };
  const places: readonly (string | undefined)[] = chains ?? [undefined];
  return places.map((chain) => ({
    applyTo: 'HTTP_FILTER',
    match: {
      context,
      listener: {
        ...(waypoint !== undefined && { name: waypointListener }),
        filterChain: { ...(chain !== undefined && { name: chain }), filter },
      },
    },
    patch: { operation, value },
  }));
}

/** The listener of a waypoint that reads requests. */
const waypointListener = 'main_internal';

/**
 * Returns patches that merge fields into the virtual host `<host>:<port>`, or with `route` into its routes of that
 * name.
 */
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
