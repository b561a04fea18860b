import { canonicalJson } from '../../lib/canonical-json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';
import type { ObjectOrder, ObjectPair } from '../target.ts';

const first = 1;
const routes = 6;
const last = 13;

/** A kind precedes the kinds that refer to it; unlisted kinds go into the settings wave. */
const waveOfKind: Readonly<Record<string, number>> = {
  Namespace: 2,
  CustomResourceDefinition: 2,
  ServiceAccount: 3,
  Secret: 3,
  ConfigMap: 3,
  RequestAuthentication: 3,
  Service: 4,
  ServiceEntry: 4,
  WorkloadEntry: 4,
  WorkloadGroup: 4,
  Gateway: routes,
  VirtualService: routes,
  HTTPRoute: routes,
  GRPCRoute: routes,
  TLSRoute: routes,
  TCPRoute: routes,
};
const settings = 5;

/**
 * The order of changes to Istio's objects: by dependency; removals in reverse, after all routes; changes that only
 * loosen access before everything, other changes of access after everything.
 */
export const order: ObjectOrder = (before, after) => {
  const peers = { before: others(before), after: others(after) };
  return (pair) => objectWave(pair, peers);
};

function objectWave(pair: ObjectPair, peers: ObjectPeers): number {
  const kind = (pair.after ?? pair.before)?.kind ?? '';
  if (kind === 'AuthorizationPolicy') return loosensPolicy(pair, peers) ? first : last;
  if (kind === 'PeerAuthentication') return isStrict(pair.after) ? last : first;
  const wave = waveOfKind[kind] ?? settings;
  // Keep filters longer than policies, which read their records.
  if (kind === 'EnvoyFilter' && pair.after === undefined) return last + 1;
  return pair.after === undefined ? 2 * routes + 2 - wave : wave;
}

/**
 * Functions that say if other policies with the same action apply to the same workload, before and after the change.
 */
interface ObjectPeers {
  readonly before: (of: ObjectArtifact) => boolean;
  readonly after: (of: ObjectArtifact) => boolean;
}

function others(all: readonly ObjectArtifact[]): (of: ObjectArtifact) => boolean {
  const byScope = new Map<string, ObjectArtifact[]>();
  for (const one of all) {
    if (one.kind !== 'AuthorizationPolicy') continue;
    const list = byScope.get(scopeOf(one));
    if (list) list.push(one);
    else byScope.set(scopeOf(one), [one]);
  }
  return (of) => (byScope.get(scopeOf(of)) ?? []).some(({ name }) => name !== of.name);
}

function scopeOf(one: ObjectArtifact): string {
  const { selector, targetRefs } = jsonRecord(spec(one));
  return canonicalJson([one.namespace, actionOf(one), selector ?? null, targetRefs ?? null]);
}

function loosensPolicy({ before, after }: ObjectPair, peers: ObjectPeers): boolean {
  const one = after ?? before;
  if (one === undefined) return false;
  const allows = actionOf(one) === 'ALLOW';
  // The first ALLOW of a workload closes it, and removing the last one opens it; any further one lets more callers in.
  if (before === undefined) return allows && peers.before(one);
  if (after === undefined) return allows ? !peers.after(one) : actionOf(one) === 'DENY';
  if (scopeOf(before) !== scopeOf(after)) return false;
  const [was, will] = [rulesOf(before), rulesOf(after)];
  const [few, many] = allows ? [was, will] : [will, was];
  return few !== undefined && many !== undefined && few.every((rule) => many.includes(rule));
}

/**
 * Returns rules as texts; undefined if there is no list: a missing and an empty list can't be compared for strictness.
 */
function rulesOf(one: ObjectArtifact): readonly string[] | undefined {
  const { rules } = jsonRecord(spec(one));
  return Array.isArray(rules) ? (rules as readonly Json[]).map((rule) => canonicalJson(rule)) : undefined;
}

/** Returns `spec.action` of an AuthorizationPolicy, ALLOW by default (security.istio.io). */
function actionOf(one: ObjectArtifact): string {
  const { action } = jsonRecord(spec(one));
  return typeof action === 'string' ? action : 'ALLOW';
}

function isStrict(one: ObjectArtifact | undefined): boolean {
  return one !== undefined && canonicalJson(spec(one)).includes('"STRICT"');
}

function spec({ manifest }: ObjectArtifact): Json | undefined {
  return jsonRecord(manifest)['spec'];
}
