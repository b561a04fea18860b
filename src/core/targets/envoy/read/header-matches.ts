import type { Field } from '../../../import/field.ts';
import { isMatchableHeader, isToken } from '../../../import/written-values.ts';
import type { HeaderMatch, StringMatch } from '../../../spec/types.gen.ts';
import { readStringMatch } from './texts.ts';

/** A condition on a header: of a name, or of one of the headers that stand for parts of the request. */
export type HeaderCondition =
  | { readonly type: 'methods'; readonly methods: readonly string[] }
  /** A condition on the path with the query, which the caller may have or not. */
  | { readonly type: 'path'; readonly match: StringMatch }
  | { readonly type: 'host'; readonly match: StringMatch }
  | { readonly type: 'header'; readonly name: string; readonly match: HeaderMatch };

/** Reads a HeaderMatcher. Returns undefined for one that the language can't say. */
export function readHeaderMatch(field: Field): HeaderCondition | undefined {
  const name = (field.at('name').text() ?? '').toLowerCase();
  const isInverted = field.at('invert_match').boolean() === true;
  const isMissingEmpty = field.at('treat_missing_header_as_empty').boolean() === true;
  const match = readText(field);
  if (isMissingEmpty) return undefined;
  if (name === ':method') return isInverted ? undefined : methodsOf(match);
  if (match !== undefined && !isInverted && name === ':path') return { type: 'path', match };
  if (match !== undefined && !isInverted && (name === ':authority' || name === 'host'))
    return { type: 'host', match };
  const value = readValue(field, match, isInverted);
  return value === undefined || !isMatchableHeader(name) ? undefined : { type: 'header', name, match: value };
}

function readValue(
  field: Field,
  match: StringMatch | undefined,
  isInverted: boolean,
): HeaderMatch | undefined {
  const present = field.at('present_match').boolean() ?? true;
  // The inverse of a match is false without the header, where `not` is true.
  if (match !== undefined) return isInverted ? { present: true, not: match } : match;
  return field.at('range_match').isPresent ? undefined : { present: present !== isInverted };
}

function readText(field: Field): StringMatch | undefined {
  const string = field.at('string_match');
  if (string.isPresent) return readStringMatch(string);
  const legacy = [
    ['exact_match', 'exact'],
    ['prefix_match', 'prefix'],
    ['suffix_match', 'suffix'],
    ['contains_match', 'contains'],
  ] as const;
  for (const [own, operator] of legacy) {
    const value = field.at(own).text();
    if (value !== undefined) return { [operator]: value };
  }
  const regex = field.at('safe_regex_match');
  if (!regex.isPresent) return undefined;
  regex.at('google_re2').withoutEffect('every expression is one of RE2');
  const text = regex.at('regex').text();
  return text === undefined ? undefined : { regex: text };
}

function methodsOf(match: StringMatch | undefined): HeaderCondition | undefined {
  if (match?.exact !== undefined && isToken(match.exact)) return { type: 'methods', methods: [match.exact] };
  const [, inner] = /^\(?(?:\?:)?([A-Z|]+)\)?$/.exec(match?.regex ?? '') ?? [];
  const words = inner?.split('|') ?? [];
  return words.length > 0 && words.every(isToken) ? { type: 'methods', methods: words } : undefined;
}
