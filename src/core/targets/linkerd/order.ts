import { jsonRecord } from '../../lib/json-record.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';
import type { ObjectOrder, ObjectPair } from '../target.ts';
import { levelAnnotation } from './inbound/policy-routes.ts';

/** The waves of a change; objects of a lower one are written before those of a higher one. */
const waves = {
  authentications: 1,
  policies: 2,
  newServers: 3,
  routes: 4,
  changedServers: 5,
  goingRoutes: 6,
  goingPolicies: 7,
  goingServers: 8,
  goingAuthentications: 9,
} as const;

/** The waves of a new, of a changed and of a removed object. */
type Waves = readonly [number, number, number];

const ofServers: Waves = [waves.newServers, waves.changedServers, waves.goingServers];
const ofRoutes: Waves = [waves.routes, waves.routes, waves.goingRoutes];
const wavesOfKind: Readonly<Record<string, Waves>> = {
  AuthorizationPolicy: [waves.policies, waves.policies, waves.goingPolicies],
  Server: ofServers,
  EgressNetwork: ofServers,
  GRPCRoute: ofRoutes,
  HTTPRoute: ofRoutes,
  HTTPLocalRateLimitPolicy: ofRoutes,
  TCPRoute: ofRoutes,
  TLSRoute: ofRoutes,
};
const ofOthers: Waves = [waves.authentications, waves.authentications, waves.goingAuthentications];

/**
 * The order of Linkerd's objects. While a change is written, no call gets in that both the old and the new access refuse:
 * objects that let callers in exist before their Server closes the port, and a route that refuses some callers of a wider
 * route is created before the wider one and removed after it. An object of access never changes its meaning, since its name has
 * a digest of the meaning.
 *
 * The routes of a new Server are written with the Server: a Server without its routes refuses every request, and a
 * route without its Server never gets healthy.
 */
export const order: ObjectOrder = (before, after) => {
  const known = new Set(before.filter(isServer).map(keyOf));
  const newServers = new Set(
    after
      .filter(isServer)
      .map(keyOf)
      .filter((key) => !known.has(key)),
  );
  return (pair) =>
    pair.before === undefined && isRouteOf(newServers, pair.after) ? waves.newServers : waveOf(pair);
};

function isServer({ kind }: ObjectArtifact): boolean {
  return kind === 'Server';
}

function keyOf({ namespace, name }: ObjectArtifact): string {
  return `${namespace}/${name}`;
}

/** Returns true if one of these Servers is a parent of the object. */
function isRouteOf(servers: ReadonlySet<string>, object: ObjectArtifact | undefined): boolean {
  if (object === undefined || servers.size === 0) return false;
  const { parentRefs } = jsonRecord(jsonRecord(object.manifest)['spec']);
  const parents: readonly Json[] = Array.isArray(parentRefs) ? parentRefs : [];
  return parents.some((parent) => {
    const { kind, name, namespace } = jsonRecord(parent);
    return (
      kind === 'Server' &&
      typeof name === 'string' &&
      typeof namespace === 'string' &&
      servers.has(`${namespace}/${name}`)
    );
  });
}

/** A number above every level. */
const levels = 10_000;

function waveOf({ before, after }: ObjectPair): number {
  const one = after ?? before;
  const [coming, changing, going] = wavesOfKind[one?.kind ?? ''] ?? ofOthers;
  const level = (one === undefined ? 0 : levelOf(one)) / levels;
  if (after === undefined) return going + level;
  return before === undefined ? coming - level : changing - level;
}

function levelOf({ manifest }: ObjectArtifact): number {
  const { annotations } = jsonRecord(jsonRecord(manifest)['metadata']);
  const level = jsonRecord(annotations)[levelAnnotation];
  return typeof level === 'string' ? Number(level) : 0;
}
