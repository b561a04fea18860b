import { intersection } from '../ir/link/hostnames.ts';
import type { HeaderMatch, PathMatch, RouteMatch, StringMatch } from '../ir/match.ts';
import type { PrincipalMatch } from '../ir/principal.ts';
import { pathMatches, stringMatches } from '../ir/string-match.ts';

/** Returns true if `wide` certainly matches every request that `narrow` matches. */
export function covers(wide: RouteMatch, narrow: RouteMatch): boolean {
  return (
    (wide.port === undefined || wide.port === narrow.port) &&
    coversPath(wide.path, narrow.path) &&
    (wide.methods === undefined ||
      narrow.methods?.every((method) => wide.methods?.includes(method)) === true) &&
    wide.headers.every((header) => narrow.headers.some((other) => implies(other, header))) &&
    wide.query.every(({ name, match }) =>
      narrow.query.some((other) => other.name === name && valueImplies(other.match, match)),
    ) &&
    coversAll(wide.from, narrow.from, [{ type: 'anyone' }], coversPrincipal) &&
    coversAll(wide.sni, narrow.sni, ['*'], (one, other) => intersection(one, other) === other)
  );
}

function coversPath(wide: PathMatch | undefined, narrow: PathMatch | undefined): boolean {
  if (wide === undefined || (wide.type === 'prefix' && wide.value === '')) return true;
  if (narrow === undefined) return false;
  if (wide.type === narrow.type && wide.value === narrow.value) return true;
  if (narrow.type === 'exact') return tried(() => pathMatches(wide, narrow.value));
  if (wide.type === 'startsWith') return narrow.type !== 'regex' && narrow.value.startsWith(wide.value);
  if (narrow.type === 'startsWith')
    return wide.type === 'prefix' && narrow.value.startsWith(`${wide.value}/`);
  return (
    wide.type === 'prefix' && narrow.type === 'prefix' && `${narrow.value}/`.startsWith(`${wide.value}/`)
  );
}

/** Returns true if every value that fits `given` fits `then`. */
function implies(given: HeaderMatch, then: HeaderMatch): boolean {
  if (given.name !== then.name || given.cookie !== then.cookie) return false;
  if (!then.negated) return !given.negated && valueImplies(given.match, then.match);
  if (!given.negated) return isAbsence(given.match);
  if (given.match.type === then.match.type && given.match.value === then.match.value) return true;
  const { match } = then;
  return match.type === 'exact' && tried(() => stringMatches(given.match, match.value));
}

function valueImplies(given: StringMatch, then: StringMatch): boolean {
  if (given.type === then.type && given.value === then.value) return true;
  if (given.type === 'present') return false;
  if (then.type === 'present') return then.value;
  if (given.type === 'exact') return tried(() => stringMatches(then, given.value));
  if (given.type === 'regex' || then.type === 'regex') return false;
  if (then.type === 'contains') return given.value.includes(then.value);
  if (given.type !== then.type) return false;
  return then.type === 'prefix' ? given.value.startsWith(then.value) : given.value.endsWith(then.value);
}

function coversAll<T>(
  wide: readonly T[] | undefined,
  narrow: readonly T[] | undefined,
  everything: readonly T[],
  coversOne: (wide: T, narrow: T) => boolean,
): boolean {
  if (wide === undefined) return true;
  return (narrow ?? everything).every((one) => wide.some((other) => coversOne(other, one)));
}

function coversPrincipal(wide: PrincipalMatch, narrow: PrincipalMatch): boolean {
  if (wide.type === 'anyone') return true;
  if (narrow.type === 'anyone') return false;
  if (wide.type === 'authenticated') return true;
  if (narrow.type === 'authenticated') return false;
  if (wide.type === 'spiffe') return narrow.type === 'spiffe' && narrow.id === wide.id;
  if (narrow.type === 'spiffe')
    return narrow.id.startsWith(`spiffe://${wide.trustDomain}/ns/${wide.namespace}/sa/`);
  return narrow.trustDomain === wide.trustDomain && narrow.namespace === wide.namespace;
}

function isAbsence(match: StringMatch): boolean {
  return match.type === 'present' && !match.value;
}

/** Returns false if RE2 rejects a pattern, which another check reports. */
function tried(matches: () => boolean): boolean {
  try {
    return matches();
  } catch {
    return false;
  }
}
