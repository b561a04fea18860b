import type { PathMatch } from '../../../ir/match.ts';
import { pathMatches } from '../../../ir/string-match.ts';
import { programSize } from '../../../lib/program-size.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { largestProgram } from '../../gateway-api-objects/cilium-reading.ts';
import { classWithout } from './letters.ts';
import { wildcardPattern } from './wildcard-pattern.ts';

/** The paths of a condition without the paths of others; an absent condition takes every path. */
export interface Paths {
  readonly of: PathMatch | undefined;
  readonly but: readonly PathMatch[];
}

/** Patterns that together take the paths; none if no path is left, `every` without any condition. */
export type PathPatterns = readonly string[] | 'every' | 'unsayable';

/** The query of a request: Cilium compares a path with its query. */
const query = '(?:\\?.*)?';

/**
 * The rest of a path. A `;` is left out: servers that cut off parameters would read a dot segment (`..;x`). Cilium's
 * Envoy resolves all other spellings before it compares.
 */
const rest = `${classWithout('?;')}*`;

/** The most patterns of one condition. */
const most = 256;

/** Returns patterns of whole paths with their query, or `unsayable` if none take these paths alone. */
export function pathPatterns({ of, but }: Paths): PathPatterns {
  if ((of === undefined || isEvery(of)) && but.length === 0) return 'every';
  const patterns = patternsOf(of ?? { type: 'prefix', value: '' }, but);
  if (patterns === undefined || patterns.length > most) return 'unsayable';
  const whole = patterns.map((pattern) => `${pattern}${query}`);
  return whole.some((pattern) => programSize(pattern) > largestProgram) ? 'unsayable' : whole;
}

export function isEvery({ type, value }: PathMatch): boolean {
  return type === 'prefix' && value === '';
}

function patternsOf({ type, value }: PathMatch, but: readonly PathMatch[]): readonly string[] | undefined {
  if (type === 'exact') return but.some((one) => pathMatches(one, value)) ? [] : [quoteRegex(value)];
  if (but.some((one) => one.type === 'regex')) return undefined;
  if (type === 'regex') {
    const pattern = but.length === 0 ? wildcardPattern(value) : undefined;
    return pattern === undefined ? undefined : [pattern];
  }
  if (but.some((one) => takesAll(one, type, value))) return [];
  if (type === 'startsWith') return others(value, but);
  const below = but.filter((one) => one.value.startsWith(`${value}/`));
  const hasItself = value !== '' && !but.some((one) => pathMatches(one, value));
  if (below.length === 0) {
    const own = `${quoteRegex(value)}${hasItself ? `(?:/${rest})?` : `/${rest}`}`;
    return [own];
  }
  return [...(hasItself ? [quoteRegex(value)] : []), ...others(`${value}/`, below)];
}

/**
 * Returns patterns of all texts with a beginning that no condition takes. RE2 has no negation: there is a pattern for
 * each place at which a text can leave the conditions.
 */
function others(start: string, but: readonly PathMatch[]): readonly string[] {
  if (but.some(({ type, value }) => type === 'startsWith' && value === start)) return [];
  const next = new Set(
    but
      .filter(({ value }) => value.startsWith(start) && value !== start)
      .map(({ value }) => value.charAt(start.length)),
  );
  const isClosed = but.some(({ type, value }) => type === 'prefix' && value === start);
  const mayEnd = !but.some(({ value }) => value === start);
  const other = `${classWithout(['?', ';', ...next, ...(isClosed ? ['/'] : [])])}${rest}`;
  const own = `${quoteRegex(start)}${mayEnd ? `(?:${other})?` : other}`;
  const deeper = [...next].filter((one) => !(isClosed && one === '/')).sort();
  return [own, ...deeper.flatMap((one) => others(`${start}${one}`, but))];
}

/** Returns true if a condition takes every path with a beginning, or a prefix and everything below it. */
function takesAll({ type, value: taken }: PathMatch, of: 'prefix' | 'startsWith', value: string): boolean {
  if (type === 'startsWith') return value.startsWith(taken);
  return type === 'prefix' && (value.startsWith(`${taken}/`) || (of === 'prefix' && value === taken));
}
