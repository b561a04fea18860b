import type { HeaderMatch, PathMatch, RouteMatch, StringMatch } from '../match.ts';
import type { PrincipalMatch } from '../principal.ts';
import { pathMatches, stringMatches } from '../string-match.ts';
import { intersection } from './hostnames.ts';

/** The answer to the question if one request can fit two conditions; `unknown` if only trying requests could tell. */
export type Overlap = 'some' | 'none' | 'unknown';

/** Returns if one request can fit both matches. */
export function matchOverlap(one: RouteMatch, other: RouteMatch): Overlap {
  return every([
    both(one.port, other.port, (a, b) => (a === b ? 'some' : 'none')),
    both(one.methods, other.methods, (a, b) => (a.some((method) => b.includes(method)) ? 'some' : 'none')),
    both(one.path, other.path, pathOverlap),
    both(one.from, other.from, (a, b) => any(a, b, principalOverlap)),
    both(one.sni, other.sni, (a, b) =>
      any(a, b, (x, y) => (intersection(x, y) === undefined ? 'none' : 'some')),
    ),
    ...one.headers.flatMap((a) =>
      other.headers.filter((b) => b.name === a.name && b.cookie === a.cookie).map((b) => headerOverlap(a, b)),
    ),
    ...one.query.flatMap((a) =>
      other.query.filter((b) => b.name === a.name).map((b) => valueOverlap(a.match, b.match)),
    ),
  ]);
}

/** Returns if one path can fit both conditions. */
function pathOverlap(one: PathMatch, other: PathMatch): Overlap {
  if (one.type === other.type && one.value === other.value) return 'some';
  if (one.type === 'exact') return tried(() => pathMatches(other, one.value));
  if (other.type === 'exact') return tried(() => pathMatches(one, other.value));
  if (one.type === 'regex' || other.type === 'regex') return 'unknown';
  if (one.type === 'startsWith' || other.type === 'startsWith')
    return one.value.startsWith(other.value) || other.value.startsWith(one.value) ? 'some' : 'none';
  const within = (inner: PathMatch, outer: PathMatch): boolean =>
    `${inner.value}/`.startsWith(`${outer.value}/`);
  return within(one, other) || within(other, one) ? 'some' : 'none';
}

/** Compares conditions on headers: a header may be repeated and have both values, except `host`. */
function headerOverlap(one: HeaderMatch, other: HeaderMatch): Overlap {
  if (one.negated && other.negated) return 'some';
  if (!one.negated && !other.negated) {
    if (one.name === 'host') return valueOverlap(one.match, other.match);
    return absent(one.match) === absent(other.match) ? 'some' : 'none';
  }
  const [positive, negative] = one.negated ? [other.match, one.match] : [one.match, other.match];
  if (positive.type === 'present') return 'some';
  if (positive.type === negative.type && positive.value === negative.value) return 'none';
  if (positive.type !== 'exact') return 'unknown';
  const hit = tried(() => stringMatches(negative, positive.value));
  if (hit === 'unknown') return 'unknown';
  return hit === 'some' ? 'none' : 'some';
}

function valueOverlap(one: StringMatch, other: StringMatch): Overlap {
  if (one.type === 'present' || other.type === 'present') {
    return absent(one) === absent(other) ? 'some' : 'none';
  }
  if (one.type === 'exact') return tried(() => stringMatches(other, one.value));
  if (other.type === 'exact') return tried(() => stringMatches(one, other.value));
  if (one.type === other.type && one.value === other.value) return 'some';
  if (one.type === 'regex' || other.type === 'regex') return 'unknown';
  if (one.type !== other.type || one.type === 'contains') return 'some';
  const [short, long] =
    one.value.length < other.value.length ? [one.value, other.value] : [other.value, one.value];
  return (one.type === 'prefix' ? long.startsWith(short) : long.endsWith(short)) ? 'some' : 'none';
}

function absent(match: StringMatch): boolean {
  return match.type === 'present' && !match.value;
}

function principalOverlap(one: PrincipalMatch, other: PrincipalMatch): Overlap {
  const [start, otherStart] = [idStart(one), idStart(other)];
  return start.startsWith(otherStart) || otherStart.startsWith(start) ? 'some' : 'none';
}

/**
 * Returns the start of the SPIFFE IDs of a set of callers. The start for a single ID ends in a blank, which no ID
 * contains.
 */
function idStart(match: PrincipalMatch): string {
  if (match.type === 'spiffe') return `${match.id} `;
  return match.type === 'namespace' ? `spiffe://${match.trustDomain}/ns/${match.namespace}/sa/` : '';
}

function both<T>(one: T | undefined, other: T | undefined, overlap: (one: T, other: T) => Overlap): Overlap {
  return one === undefined || other === undefined ? 'some' : overlap(one, other);
}

function any<T>(one: readonly T[], other: readonly T[], overlap: (one: T, other: T) => Overlap): Overlap {
  const all = one.flatMap((a) => other.map((b) => overlap(a, b)));
  if (all.includes('some')) return 'some';
  return all.includes('unknown') ? 'unknown' : 'none';
}

function every(all: readonly Overlap[]): Overlap {
  if (all.includes('none')) return 'none';
  return all.includes('unknown') ? 'unknown' : 'some';
}

/** Returns `unknown` if RE2 rejects a pattern, which another check reports. */
function tried(matches: () => boolean): Overlap {
  try {
    return matches() ? 'some' : 'none';
  } catch {
    return 'unknown';
  }
}
