import type {
  HeaderMatches as WrittenHeaders,
  PathMatch as WrittenPath,
  QueryMatch as WrittenQuery,
  StringMatch as WrittenString,
  HeaderMatch as WrittenValue,
} from '../../spec/types.gen.ts';
import type { HeaderMatch, PathMatch, QueryMatch, StringMatch } from '../match.ts';
import { entriesOf, originOfWritten } from './written.ts';

/** A condition on the path; a prefix is kept without its trailing slash. */
export function pathMatch({ exact, prefix, startsWith, regex }: WrittenPath): PathMatch {
  if (exact !== undefined) return { type: 'exact', value: exact };
  if (prefix !== undefined) return { type: 'prefix', value: prefix.replace(/\/+$/, '') };
  if (startsWith !== undefined) return { type: 'startsWith', value: startsWith };
  return { type: 'regex', value: regex ?? '' };
}

/** Conditions on headers, sorted by name; one with a value and a `not` makes two. */
export function headerMatches(written: WrittenHeaders | undefined): readonly HeaderMatch[] {
  return entriesOf(written).flatMap(([key, condition, at]) => {
    const node = { origin: originOfWritten({ ...at, part: 'key' }), name: key.toLowerCase() };
    return valueMatches(condition).map((match) => ({ ...node, ...match }));
  });
}

/** Returns what a condition asks of the values of one name: a match, its `not`, or both. */
export function valueMatches({
  not,
  ...positive
}: WrittenValue): readonly Pick<HeaderMatch, 'match' | 'negated'>[] {
  const match = stringMatch(positive);
  return [
    ...(match === undefined ? [] : [{ match, negated: false }]),
    ...opposite(not === undefined ? undefined : stringMatch(not)),
  ];
}

/** Conditions on query parameters, sorted by name. */
export function queryMatches(
  written: Readonly<Record<string, WrittenQuery>> | undefined,
): readonly QueryMatch[] {
  return entriesOf(written).flatMap(([name, query, at]) => {
    const match = stringMatch(query);
    return match === undefined ? [] : [{ origin: originOfWritten({ ...at, part: 'key' }), name, match }];
  });
}

function stringMatch(written: WrittenString): StringMatch | undefined {
  for (const type of ['exact', 'prefix', 'suffix', 'contains', 'regex'] as const) {
    const value = written[type];
    if (value !== undefined) return { type, value };
  }
  return written.present === undefined ? undefined : { type: 'present', value: written.present };
}

function opposite(match: StringMatch | undefined): readonly Pick<HeaderMatch, 'match' | 'negated'>[] {
  if (match === undefined) return [];
  if (match.type === 'present') return [{ match: { type: 'present', value: !match.value }, negated: false }];
  return [{ match, negated: true }];
}
