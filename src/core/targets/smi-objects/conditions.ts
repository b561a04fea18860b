import type { HeaderMatch, PathMatch } from '../../ir/match.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import { standardMethods } from '../../lib/standard-methods.ts';
import { everyRequest, type HttpMatch, type SmiMethod } from './http-match.ts';

/** Conditions on a request. */
export interface Conditions {
  readonly path?: PathMatch | undefined;
  readonly methods?: readonly string[] | undefined;
  readonly headers?: readonly HeaderMatch[] | undefined;
}

/** A match that takes only requests that fit all conditions; `isWhole` is true if it takes all of them. */
export interface Sayable {
  readonly match: HttpMatch;
  readonly isWhole: boolean;
}

/** Returns a match for conditions, or undefined if SMI can't express a match within them. */
export function matchOf(
  { path, methods, headers = [] }: Conditions,
  patternOf: (path: PathMatch) => string | undefined,
): Sayable | undefined {
  const pathRegex = path === undefined ? everyRequest.pathRegex : patternOf(path);
  const known = methods?.filter(isKnown) ?? everyRequest.methods;
  const names = headers.map(({ name }) => name);
  const patterns = headers.map((header) => ({ name: header.name, pattern: headerPattern(header) }));
  if (pathRegex === undefined || known.length === 0 || new Set(names).size < names.length) return undefined;
  const said = patterns.flatMap(({ name, pattern }) => (pattern === undefined ? [] : [{ name, pattern }]));
  if (said.length < patterns.length) return undefined;
  const match: HttpMatch = { pathRegex, methods: known.toSorted(), headers: said };
  return { match, isWhole: methods === undefined || known.length === methods.length };
}

function isKnown(method: string): method is SmiMethod {
  return standardMethods.has(method);
}

function headerPattern({ cookie, match, negated }: HeaderMatch): string | undefined {
  if (cookie !== undefined || negated) return undefined;
  switch (match.type) {
    case 'exact':
      return `^${quoteRegex(match.value)}$`;
    case 'prefix':
      return `^${quoteRegex(match.value)}.*$`;
    case 'suffix':
      return `^.*${quoteRegex(match.value)}$`;
    case 'contains':
      return `^.*${quoteRegex(match.value)}.*$`;
    case 'regex':
      return `^(${match.value})$`;
    case 'present':
      return match.value ? '^.*$' : undefined;
  }
}
