import type {
  HeaderMatches as WrittenHeaders,
  PathMatch as WrittenPath,
  QueryMatch as WrittenQuery,
  StringMatch as WrittenString,
  HeaderMatch as WrittenValue,
} from '../../spec/types.gen.ts';
import type { HeaderMatch, PathMatch, QueryMatch, StringMatch } from '../match.ts';
import { bytePattern } from './byte-pattern.ts';
import { entriesOf, originOfWritten } from './spec-place.ts';

/** Returns a condition on the path; a prefix loses its trailing slash. */
export function pathMatch({ exact, prefix, startsWith, regex }: WrittenPath): PathMatch {
  if (exact !== undefined) return { type: 'exact', value: exact };
  if (prefix !== undefined) return { type: 'prefix', value: prefix.replace(/\/+$/, '') };
  if (startsWith !== undefined) return { type: 'startsWith', value: startsWith };
  return { type: 'regex', value: ofBytes(regex ?? '') };
}

/** Returns conditions on headers, sorted by name; a condition with a value and a `not` becomes two. */
export function headerMatches(written: WrittenHeaders | undefined): readonly HeaderMatch[] {
  return entriesOf(written).flatMap(([key, condition, at]) => {
    const node = { origin: originOfWritten({ ...at, part: 'key' }), name: key.toLowerCase() };
    return valueMatches(condition).map((match) => ({ ...node, ...match }));
  });
}

/**
 * Returns the matches for the values of one name: the match, its `not`, or both. `narrow` rewrites a pattern before it
 * is converted to bytes.
 */
export function valueMatches(
  { not, ...positive }: WrittenValue,
  narrow: (pattern: string) => string = (pattern) => pattern,
): readonly Pick<HeaderMatch, 'match' | 'negated'>[] {
  const match = stringMatch(positive, narrow);
  return [
    ...(match === undefined ? [] : [{ match, negated: false }]),
    ...opposite(not === undefined ? undefined : stringMatch(not, narrow)),
  ];
}

/** Returns conditions on query parameters, sorted by name. */
export function queryMatches(
  written: Readonly<Record<string, WrittenQuery>> | undefined,
): readonly QueryMatch[] {
  return entriesOf(written).flatMap(([name, query, at]) => {
    const match = stringMatch(query);
    return match === undefined ? [] : [{ origin: originOfWritten({ ...at, part: 'key' }), name, match }];
  });
}

function stringMatch(
  written: WrittenString,
  narrow: (pattern: string) => string = (pattern) => pattern,
): StringMatch | undefined {
  for (const type of ['exact', 'prefix', 'suffix', 'contains', 'regex'] as const) {
    const value = written[type];
    if (value !== undefined) return { type, value: type === 'regex' ? ofBytes(narrow(value)) : value };
  }
  return written.present === undefined ? undefined : { type: 'present', value: written.present };
}

/**
 * Returns a pattern for bytes. A pattern that can't be converted stays as it is, and the analyzer `pattern` reports it.
 */
function ofBytes(pattern: string): string {
  const written = bytePattern(pattern);
  return 'pattern' in written ? written.pattern : pattern;
}

function opposite(match: StringMatch | undefined): readonly Pick<HeaderMatch, 'match' | 'negated'>[] {
  if (match === undefined) return [];
  if (match.type === 'present') return [{ match: { type: 'present', value: !match.value }, negated: false }];
  return [{ match, negated: true }];
}
