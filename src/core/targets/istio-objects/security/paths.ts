import type { PathMatch } from '../../../ir/match.ts';
import { pathMatches } from '../../../ir/string-match.ts';
import { type ExpressibleValues, expressible } from './expressible-values.ts';
import { beginning, exactly } from './wildcards.ts';

/**
 * Returns `paths` of an operation, which are compared without the query and after normalisation; undefined if every
 * path is meant.
 */
export function paths(matches: readonly PathMatch[]): ExpressibleValues | undefined {
  if (matches.some(({ type, value }) => type === 'prefix' && value === '')) return undefined;
  return expressible(matches.filter(isPossible).flatMap(values));
}

function values(match: PathMatch): readonly (string | undefined)[] {
  switch (match.type) {
    case 'exact':
      // Envoy merges slashes, but keeps two in a path that consists only of slashes, which means `/`.
      return [exactly(match.value), ...(pathMatches(match, '/') ? ['//'] : [])];
    case 'prefix':
      return [exactly(match.value), beginning(`${match.value}/`)];
    case 'startsWith':
      return [beginning(match.value)];
    case 'regex':
      return [undefined];
  }
}

/** Returns true if a path can exist: a normalised path has no braces, which Istio would read as a template. */
function isPossible({ type, value }: PathMatch): boolean {
  return type === 'regex' || !/[{}]/.test(value);
}
