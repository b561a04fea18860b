import { jsonRecord } from '../../lib/json-record.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';
import type { ObjectOrder, ObjectPair } from '../target.ts';

/** What has a lower number is written before. */
const waves = {
  authentications: 1,
  policies: 2,
  newServers: 3,
  refusingRoutes: 4,
  routes: 5,
  changedServers: 6,
  goingRoutes: 7,
  goingRefusals: 8,
  goingPolicies: 9,
  goingServers: 10,
  goingAuthentications: 11,
} as const;

/**
 * Order of Linkerd's objects. Until a change is whole, each call is judged by the access of before or by that of after:
 * what lets callers in is there before its Server closes the port, what refuses requests before what allows wider ones,
 * and a route that refuses goes last. No object with callers ever changes them, since its name has their digest.
 */
export const order: ObjectOrder = (before, after) => {
  const allowed = new Set([...before, ...after].flatMap(targetOf));
  return (pair) => waveOf(pair, allowed);
};

/** The waves of an object that is new, that differs, and that goes. */
type Waves = readonly [number, number, number];

const wavesOfKind: Readonly<Record<string, Waves>> = {
  AuthorizationPolicy: [waves.policies, waves.policies, waves.goingPolicies],
  Server: [waves.newServers, waves.changedServers, waves.goingServers],
  EgressNetwork: [waves.newServers, waves.changedServers, waves.goingServers],
  GRPCRoute: [waves.routes, waves.routes, waves.goingRoutes],
  HTTPRoute: [waves.routes, waves.routes, waves.goingRoutes],
  HTTPLocalRateLimitPolicy: [waves.routes, waves.routes, waves.goingRoutes],
  TCPRoute: [waves.routes, waves.routes, waves.goingRoutes],
  TLSRoute: [waves.routes, waves.routes, waves.goingRoutes],
};
const refusals: Waves = [waves.refusingRoutes, waves.refusingRoutes, waves.goingRefusals];
const others: Waves = [waves.authentications, waves.authentications, waves.goingAuthentications];

function waveOf({ before, after }: ObjectPair, allowed: ReadonlySet<string>): number {
  const one = after ?? before;
  const [coming, changing, going] =
    one !== undefined && isInbound(one) && !allowed.has(`${one.namespace}/${one.name}`)
      ? refusals
      : (wavesOfKind[one?.kind ?? ''] ?? others);
  if (after === undefined) return going;
  return before === undefined ? coming : changing;
}

function targetOf({ kind, namespace, manifest }: ObjectArtifact): readonly string[] {
  if (kind !== 'AuthorizationPolicy') return [];
  const { targetRef } = jsonRecord(jsonRecord(manifest)['spec']);
  const { kind: target, name } = jsonRecord(targetRef);
  return target === 'HTTPRoute' && typeof name === 'string' ? [`${namespace}/${name}`] : [];
}

/** Returns true if an object is a route whose parent is a Server. */
function isInbound({ kind, manifest }: ObjectArtifact): boolean {
  const { parentRefs } = jsonRecord(jsonRecord(manifest)['spec']);
  const parents = kind === 'HTTPRoute' && Array.isArray(parentRefs) ? (parentRefs as readonly Json[]) : [];
  return parents.some((parent) => jsonRecord(parent)['kind'] === 'Server');
}
