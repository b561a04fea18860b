import type { AccessOperation } from '../../../ir/access.ts';
import type { PathMatch } from '../../../ir/match.ts';
import type { Port } from '../../../ir/service.ts';
import { pathMatches } from '../../../ir/string-match.ts';
import { everyMethod, isNoMethod, type Methods, methodsOf, withMethods, withoutMethods } from './methods.ts';
import { isEvery, type Paths, pathPatterns } from './path-pattern.ts';

/** A condition on a header that Cilium reads: a value, or any value. */
export interface HeaderCondition {
  readonly name: string;
  readonly value?: string;
}

/** Requests to a port: all conditions hold. */
export interface Operation {
  readonly methods: Methods;
  readonly paths: Paths;
  /** Hosts of the language; absent for all. */
  readonly hosts?: readonly string[];
  readonly headers: readonly HeaderCondition[];
}

/** All calls to a port. */
export const everything: Operation = {
  methods: everyMethod,
  paths: { of: undefined, but: [] },
  headers: [],
};

export function isEverything({ methods, paths, hosts, headers }: Operation): boolean {
  return (
    methods.but &&
    methods.names.length === 0 &&
    isEveryPath(paths) &&
    hosts === undefined &&
    headers.length === 0
  );
}

function isEveryPath({ of, but }: Paths): boolean {
  return but.length === 0 && (of === undefined || isEvery(of));
}

function hasNoPath(paths: Paths): boolean {
  return pathPatterns(paths).length === 0;
}

/** Operations for a condition of a rule; `isExact` is false if they take fewer or more requests. */
export interface SeenOperations {
  readonly operations: readonly Operation[];
  readonly isExact: boolean;
}

/**
 * Returns the operations of a rule on a port, rounded to fewer (`down`) or more (`up`) requests where Cilium has no
 * such condition. Single requests exist on HTTP ports alone.
 */
export function seenOperations(
  to: readonly AccessOperation[] | undefined,
  port: Pick<Port, 'name' | 'http'>,
  rounding: 'down' | 'up',
): SeenOperations {
  if (to === undefined) return { operations: [everything], isExact: true };
  const about = to.filter(
    (one) => (one.ports === undefined || one.ports.includes(port.name)) && (port.http || !asksRequests(one)),
  );
  let isExact = true;
  const operations = about.flatMap(({ methods, paths, hosts, headers = [] }): readonly Operation[] => {
    const said = headers.flatMap((header): readonly HeaderCondition[] => {
      const { name, match, negated, cookie } = header;
      if (cookie !== undefined || negated) return [];
      if (match.type === 'exact' && headerValue.test(match.value)) return [{ name, value: match.value }];
      return match.type === 'present' && match.value ? [{ name }] : [];
    });
    if (said.length < headers.length) isExact = false;
    if (said.length < headers.length && rounding === 'down') return [];
    return (paths ?? [undefined]).map((of) => ({
      methods: methodsOf(methods),
      paths: { of, but: [] },
      ...(hosts && { hosts }),
      headers: said,
    }));
  });
  return { operations, isExact };
}

/** A value without blanks at its ends: proxies cut them off. */
const headerValue = /^[!-~]+(?:[\t ]+[!-~]+)*$/;

function asksRequests({ methods, paths, hosts, headers }: AccessOperation): boolean {
  return [methods, paths, hosts, headers].some((condition) => condition !== undefined);
}

/** Returns true if no request fits both operations for certain. */
function isApart(one: Operation, other: Operation): boolean {
  if (isNoMethod(withMethods(one.methods, other.methods))) return true;
  const [path, taken] = [one.paths.of, other.paths.of];
  if (path?.type === 'exact' && taken !== undefined && !pathMatches(taken, path.value)) return true;
  if (taken?.type === 'exact' && path !== undefined && !pathMatches(path, taken.value)) return true;
  return areApart(path, taken);
}

/** Returns true if two conditions on the beginning of a path have no path in common. */
function areApart(one: PathMatch | undefined, other: PathMatch | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [first, second] = [beginningOf(one), beginningOf(other)];
  if (first === undefined || second === undefined) return false;
  if (first.startsWith(second)) return other.type === 'prefix' && !isBelow(first, second);
  if (second.startsWith(first)) return one.type === 'prefix' && !isBelow(second, first);
  return true;
}

function beginningOf({ type, value }: PathMatch): string | undefined {
  return type === 'regex' ? undefined : value;
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

/**
 * Returns the requests of an operation that another doesn't take. Conditions of the other on hosts and headers, which
 * have no opposite in Cilium, don't spare any request; `isExact` is false if that leaves fewer requests.
 */
export function withoutOperation(one: Operation, other: Operation): SeenOperations {
  if (isApart(one, other)) return { operations: [one], isExact: true };
  const isExact = other.hosts === undefined && other.headers.length === 0;
  const methods = withoutMethods(one.methods, other.methods);
  const shared = withMethods(one.methods, other.methods);
  const left = [
    ...(isNoMethod(methods) ? [] : [{ ...one, methods }]),
    ...(other.paths.of === undefined
      ? []
      : [
          {
            ...one,
            methods: shared,
            paths: { of: one.paths.of, but: [...one.paths.but, other.paths.of] },
          },
        ]),
  ];
  return { operations: left.filter(({ paths }) => !hasNoPath(paths)), isExact };
}

/** Returns requests that fit both operations; none if Cilium has no such condition. */
export function bothOperations(one: Operation, other: Operation): SeenOperations {
  if (isApart(one, other)) return { operations: [], isExact: true };
  const of = narrower(one.paths.of, other.paths.of);
  const hosts = one.hosts === undefined ? other.hosts : other.hosts === undefined ? one.hosts : 'both';
  const names = new Set([...one.headers, ...other.headers].map(({ name }) => name));
  if (of === 'unsayable' || hosts === 'both' || names.size < one.headers.length + other.headers.length)
    return { operations: [], isExact: false };
  const both: Operation = {
    methods: withMethods(one.methods, other.methods),
    paths: { of, but: [...one.paths.but, ...other.paths.but] },
    ...(hosts && { hosts }),
    headers: [...one.headers, ...other.headers],
  };
  return { operations: hasNoPath(both.paths) ? [] : [both], isExact: true };
}

/** Returns the condition that takes the paths of both, of which one lies within the other. */
function narrower(
  one: PathMatch | undefined,
  other: PathMatch | undefined,
): PathMatch | undefined | 'unsayable' {
  if (one === undefined) return other;
  if (other === undefined) return one;
  if (isWithin(one, other)) return one;
  return isWithin(other, one) ? other : 'unsayable';
}

function isWithin(narrow: PathMatch, wide: PathMatch): boolean {
  if (narrow.type === 'exact') return pathMatches(wide, narrow.value);
  if (narrow.type === wide.type && narrow.value === wide.value) return true;
  if (narrow.type === 'regex') return false;
  if (wide.type === 'startsWith') return narrow.value.startsWith(wide.value);
  if (wide.type !== 'prefix') return false;
  return narrow.type === 'prefix'
    ? isBelow(narrow.value, wide.value)
    : narrow.value.startsWith(`${wide.value}/`);
}
