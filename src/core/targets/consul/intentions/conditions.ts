import type { AccessOperation } from '../../../ir/access.ts';
import type { PathMatch } from '../../../ir/match.ts';
import { pathMatches } from '../../../ir/string-match.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { ServiceIntentionsSpec } from '../crds/consul.gen.ts';
import {
  type HeaderCondition,
  headerAlternatives,
  methodConditions,
  type PathCondition,
  pathConditions,
} from '../routes/match.ts';

/** Conditions on a request that must all hold; without any, every request fits. */
export interface Conditions {
  readonly path?: PathMatch;
  readonly methods?: readonly string[];
  readonly headers: readonly HeaderCondition[];
}

type Source = NonNullable<ServiceIntentionsSpec['sources']>[number];
/** A permission of a source of intentions. */
export type Permission = NonNullable<Source['permissions']>[number];

/** The conditions that every request fits. */
export const everything: Conditions = { headers: [] };

/** Returns true if a part of an operation is about single requests. */
export function asksRequests({ methods, paths, hosts, headers }: AccessOperation): boolean {
  return [methods, paths, hosts, headers].some((condition) => condition !== undefined);
}

/** Returns the conditions of which one must hold for the operations of a rule at an HTTP port. */
export function conditionsOf(
  to: readonly AccessOperation[] | undefined,
  port: string,
): readonly Conditions[] {
  if (to === undefined) return [everything];
  return to
    .filter(({ ports }) => ports?.includes(port) ?? true)
    .flatMap(({ paths = [undefined], methods, hosts, headers = [] }) =>
      paths.flatMap((path) =>
        headerAlternatives(headers).map((own) => ({
          ...(path !== undefined && !(path.type === 'prefix' && path.value === '') && { path }),
          ...(methods !== undefined && { methods }),
          headers: hosts === undefined ? own : [...own, hostCondition(hosts)],
        })),
      ),
    );
}

/** Returns a condition on the host of a request; its case, a port and a dot at its end don't count. */
function hostCondition(hosts: readonly string[]): HeaderCondition {
  const patterns = hosts.map((host) =>
    host.startsWith('*.') ? `(?:[^.:]+\\.)+${quoteRegex(host.slice(2))}` : quoteRegex(host),
  );
  return { name: ':authority', regex: `(?i)(?:${patterns.join('|')})\\.?(?::[0-9]*)?` };
}

/** Returns true if every request fits. */
export function isEverything({ path, methods, headers }: Conditions): boolean {
  return path === undefined && methods === undefined && headers.length === 0;
}

/** Returns the conditions of requests that fit both; `none` if there are none, undefined if Consul can't express them. */
export function both(one: Conditions, other: Conditions): Conditions | 'none' | undefined {
  const path = bothPaths(one.path, other.path);
  if (path === 'none' || path === 'unsayable') return path === 'none' ? 'none' : undefined;
  const methods =
    one.methods === undefined || other.methods === undefined
      ? (one.methods ?? other.methods)
      : one.methods.filter((method) => other.methods?.includes(method));
  if (methods?.length === 0) return 'none';
  return {
    ...(path !== 'any' && { path }),
    ...(methods !== undefined && { methods }),
    headers: [...one.headers, ...other.headers],
  };
}

function bothPaths(
  one: PathMatch | undefined,
  other: PathMatch | undefined,
): PathMatch | 'any' | 'none' | 'unsayable' {
  if (one === undefined || other === undefined) return one ?? other ?? 'any';
  if (one.type === 'exact') return pathMatches(other, one.value) ? one : 'none';
  if (other.type === 'exact') return pathMatches(one, other.value) ? other : 'none';
  if (one.type === other.type && one.value === other.value) return one;
  return one.type === 'regex' || other.type === 'regex' ? 'unsayable' : bothPrefixes(one, other);
}

function bothPrefixes(one: PathMatch, other: PathMatch): PathMatch | 'none' | 'unsayable' {
  if (isWithin(one, other)) return one;
  if (isWithin(other, one)) return other;
  return isDisjoint(one.value, other.value) ? 'none' : 'unsayable';
}

/** Returns true if every path of the first is one of the second; neither is a pattern or an exact path. */
function isWithin(inner: PathMatch, outer: PathMatch): boolean {
  if (outer.type === 'startsWith') return inner.value.startsWith(outer.value);
  return inner.type === 'prefix'
    ? pathMatches(outer, inner.value)
    : inner.value.startsWith(`${outer.value}/`);
}

function isDisjoint(one: string, other: string): boolean {
  return !one.startsWith(other) && !other.startsWith(one);
}

/**
 * Returns the conditions on a path as the proxy of a server sees it. Envoy merges slashes, but of a path of slashes alone it
 * keeps two: `//` has to be what `/` is.
 */
function serverPaths(path: PathMatch | undefined): readonly PathCondition[] {
  const isRoot = path !== undefined && path.type !== 'prefix' && pathMatches(path, '/');
  if (!isRoot || path.type === 'startsWith') return pathConditions(path);
  return path.type === 'exact' ? [{ pathRegex: '/+' }] : [{ pathRegex: '/+' }, ...pathConditions(path)];
}

/** Returns the permissions for conditions. */
export function permissionsOf(
  action: 'allow' | 'deny',
  { path, methods, headers }: Conditions,
): readonly Permission[] {
  const { methods: named, header: method } = methodConditions(methods);
  const header = [...headers, ...(method === undefined ? [] : [method])];
  return serverPaths(path).map((condition) => {
    const isEvery = Object.keys(condition).length + header.length === 0 && named === undefined;
    return {
      action,
      http: {
        // A permission needs a condition.
        ...(isEvery ? { pathPrefix: '/' } : condition),
        ...(header.length > 0 && { header }),
        ...(named && { methods: named }),
      },
    };
  });
}
