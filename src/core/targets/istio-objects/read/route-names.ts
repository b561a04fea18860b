import { isDnsLabel } from '../../../import/dns-label.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import { withEveryHost } from './every-host.ts';
import type { ReadRule } from './read-rules.ts';

/** A document with the name that the rules of a VirtualService give to its Route. */
export type NamedRoute = ReadDocument & { readonly wanted?: string };

type ReadRoute = NamedRoute & { readonly kind: 'Route' };

/** Returns the name of the Route in the name of a native rule (`ROUTE/RULE`), if it has this form. */
export function routeOfName(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined;
  const [route = '', ...rule] = name.split('/');
  return rule.length > 0 && rule.every((part) => part !== '') && isDnsLabel(route) ? route : undefined;
}

/** Returns the one Route that all rules name. */
export function wantedName(rules: readonly ReadRule[]): { readonly wanted?: string } {
  const wanted = rules[0]?.route;
  return wanted !== undefined && rules.every(({ route }) => route === wanted) ? { wanted } : {};
}

/**
 * Gives Routes the names in the names of their rules, where this makes no two Routes of one name. Routes of one such name at
 * gateways that differ in their hostnames or their gateways alone are one Route.
 */
export function withRouteNames(documents: readonly NamedRoute[]): readonly ReadDocument[] {
  const joined = withEveryHost(joinedRoutes(documents));
  const keys = joined.flatMap((one) =>
    one.kind === 'Route' ? [...new Set([keyOf(one, one.wanted), keyOf(one)])] : [],
  );
  return joined.map(({ wanted, ...document }): ReadDocument => {
    const isFree = wanted !== undefined && keys.filter((one) => one === keyOf(document, wanted)).length === 1;
    return isFree ? { ...document, name: wanted } : document;
  });
}

function keyOf({ namespace, name }: ReadDocument, wanted?: string): string {
  return `${namespace}/${wanted ?? name}`;
}

function joinedRoutes(documents: readonly NamedRoute[]): readonly NamedRoute[] {
  const result: NamedRoute[] = [];
  for (const document of documents) {
    const index = result.findIndex((one) => joinedPair(one, document) !== undefined);
    const before = result[index];
    const both = before === undefined ? undefined : joinedPair(before, document);
    if (both === undefined) result.push(document);
    else result[index] = both;
  }
  return result;
}

/** Returns the Route that takes what two Routes take, and does the same. */
function joinedPair(one: NamedRoute, other: NamedRoute): ReadRoute | undefined {
  if (one.kind !== 'Route' || other.kind !== 'Route') return undefined;
  if (one.wanted === undefined || one.wanted !== other.wanted || one.namespace !== other.namespace)
    return undefined;
  const [{ gateways, hostnames, ...rest }, second] = [one.spec, other.spec];
  const { gateways: others, hostnames: names, ...same } = second;
  if (gateways === undefined || others === undefined || !isSame(rest, same)) return undefined;
  const from = [...new Set([...one.from, ...other.from])];
  if (isSame(gateways, others) && hostnames !== undefined && names !== undefined)
    return { ...one, from, spec: { ...one.spec, hostnames: [...new Set([...hostnames, ...names])] } };
  if (isSame(hostnames ?? null, names ?? null))
    return { ...one, from, spec: { ...one.spec, gateways: [...new Set([...gateways, ...others])] } };
  return undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return isSameJson(one as Json, other as Json);
}
