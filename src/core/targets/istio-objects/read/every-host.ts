import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { RouteSpec } from '../../../spec/types.gen.ts';
import type { NamedRoute } from './route-names.ts';

/**
 * Joins a Route for some hosts of its gateways to one of the same name and the same rules for every host, where no other Route
 * would take these hosts: a mesh has an object for each of the hosts of a listener, and the language one Route for all.
 */
export function withEveryHost(documents: readonly NamedRoute[]): readonly NamedRoute[] {
  return documents.filter((one) => !documents.some((wide) => isWithin(one, wide, documents)));
}

function isWithin(one: NamedRoute, wide: NamedRoute, all: readonly NamedRoute[]): boolean {
  if (one.kind !== 'Route' || wide.kind !== 'Route' || one.wanted === undefined) return false;
  const { hostnames, ...rest } = one.spec;
  if (hostnames === undefined || wide.spec.hostnames !== undefined || one.spec.gateways === undefined)
    return false;
  const isSame = one.wanted === wide.wanted && one.namespace === wide.namespace;
  if (!isSame || !isSameJson(rest as unknown as Json, wide.spec as unknown as Json)) return false;
  return !all.some(
    (other) => other !== one && other !== wide && other.kind === 'Route' && takesSome(other.spec, one.spec),
  );
}

/** Returns true for a Route at one of the gateways that takes, or would take, one of the hosts. */
function takesSome(
  { gateways = [], hostnames }: Partial<RouteSpec>,
  { gateways: own = [], hostnames: names = [] }: Partial<RouteSpec>,
): boolean {
  if (!gateways.some((id) => own.includes(id))) return false;
  return hostnames?.some((host) => names.some((name) => covers(host, name))) ?? true;
}

function covers(host: string, name: string): boolean {
  return host === name || (host.startsWith('*.') && name.endsWith(host.slice(1)));
}
