import type { Field } from '../../../../import/field.ts';
import type { RouteMatch } from '../../../../spec/types.gen.ts';
import { fits, hole, maybe } from './forms.ts';
import { type HeaderCondition, readHeaderCondition, readString } from './header-conditions.ts';
import { bothOf, quoted } from './operations.ts';
import type { Reading } from './reading.ts';

/** A condition on a header in a match of Envoy: inverted ones hold only for requests that have the header. */
export type RouteHeader = Extract<HeaderCondition, { type: 'header' }>;

/** The conditions of one native route. */
export interface ReadMatch {
  readonly path: RouteMatch['path'] | undefined;
  readonly methods: readonly string[] | undefined;
  readonly headers: readonly RouteHeader[];
  readonly cookies: RouteMatch['cookies'];
  readonly query: RouteMatch['query'];
  /** Conditions on the host and on the path with its query, as expressions. */
  readonly authority: readonly string[];
  /** An expression of paths with queries that are left out. */
  readonly exceptPath: string | undefined;
  /** Conditions on the identity of the caller, as native matchers. */
  readonly callers: readonly Field[];
  /** Requests over plain text alone, as a proxy in front has noted. */
  readonly isPlain: boolean;
}

const notByHttps = {
  name: 'x-forwarded-proto',
  string_match: { exact: 'https', ignore_case: true },
  invert_match: true,
  treat_missing_header_as_empty: true,
} as const;

/** Reads the match of a native route. */
export function readMatch(reading: Reading, field: Field): ReadMatch {
  const got = reading.take(field, {
    prefix: maybe('prefix'),
    path: maybe('exact'),
    path_separated_prefix: maybe('separated'),
    safe_regex: maybe('regex'),
    headers: maybe('headers'),
    query_parameters: maybe('query'),
    filter_state: maybe('state'),
  });
  const paths = [got.prefix, got.exact, got.separated, got.regex].filter(({ isPresent }) => isPresent);
  if (paths.length !== 1) reading.report(field, 'one condition on the path');
  let match: ReadMatch = {
    path: readPath(reading, got),
    methods: undefined,
    headers: [],
    cookies: undefined,
    query: undefined,
    authority: [],
    exceptPath: undefined,
    callers: [],
    isPlain: false,
  };
  if (got.headers.isPresent) for (const one of got.headers.items()) match = withHeader(reading, match, one);
  const query: Record<string, NonNullable<RouteMatch['query']>[string]> = {};
  if (got.query.isPresent)
    for (const one of got.query.items()) {
      const { name, present, string } = reading.take(one, {
        name: hole('name'),
        present_match: maybe('present'),
        string_match: maybe('string'),
      });
      const key = name.text() ?? '';
      if (Object.hasOwn(query, key)) reading.report(one, 'one condition on each parameter');
      query[key] = string.isPresent ? readString(reading, string) : { present: present.boolean() === true };
      if (string.isPresent === present.isPresent) reading.report(one, 'one condition on the value');
    }
  const callers = got.state.isPresent
    ? got.state
        .items()
        .map((one) => reading.take(one, { key: 'meshwright.caller', string_match: hole('match') }).match)
    : [];
  return {
    ...match,
    callers: [...match.callers, ...callers],
    query: Object.keys(query).length > 0 ? query : undefined,
  };
}

function readPath(
  reading: Reading,
  { prefix, exact, separated, regex }: Readonly<Record<'prefix' | 'exact' | 'separated' | 'regex', Field>>,
): RouteMatch['path'] {
  if (prefix.isPresent) {
    const text = prefix.text() ?? '';
    return text === '/' ? undefined : { startsWith: text };
  }
  if (separated.isPresent) return { prefix: separated.text() ?? '' };
  if (exact.isPresent) {
    const text = exact.text() ?? '';
    if (text === '/') reading.report(exact, 'two slashes to be taken for one');
    return { exact: text };
  }
  if (!regex.isPresent) return undefined;
  const text = reading.take(regex, { regex: hole('text') }).text.text() ?? '';
  if (text === '//?') return { exact: '/' };
  const [, inner] = /^\(\?:([\s\S]*)\)\|\/\/$/.exec(text) ?? [];
  return { regex: inner ?? text };
}

function withHeader(reading: Reading, match: ReadMatch, field: Field): ReadMatch {
  const name = String(field.at('name').value);
  if (name === ':method') {
    const { string } = reading.take(field, { name, string_match: hole('string') });
    if (match.methods !== undefined) reading.report(field, 'one condition on the method');
    return { ...match, methods: readWords(reading, string) };
  }
  if (name === ':authority') {
    const { regex } = reading.take(field, { name, string_match: { safe_regex: { regex: hole('regex') } } });
    return { ...match, authority: [...match.authority, regex.text() ?? ''] };
  }
  if (name === ':path') {
    const { regex } = reading.take(field, {
      name,
      string_match: { safe_regex: { regex: hole('regex') } },
      invert_match: true,
    });
    return { ...match, exceptPath: regex.text() ?? '' };
  }
  if (name === 'x-meshwright-client') {
    const { string } = reading.take(field, { name, string_match: hole('string') });
    return { ...match, callers: [...match.callers, string] };
  }
  if (fits(field.value, notByHttps)) {
    reading.take(field, notByHttps);
    return { ...match, isPlain: true };
  }
  const found = readHeaderCondition(reading, field);
  if (found === undefined) return match;
  if (found.type === 'header') return { ...match, headers: [...match.headers, found] };
  const own = { [found.name]: found.isNot ? { not: found.match } : found.match };
  const cookies = bothOf(match.cookies, own);
  if (cookies === undefined) reading.report(field, 'one condition on each cookie');
  return { ...match, cookies: cookies ?? own };
}

/** Reads a matcher of one of several words: methods, or origins. */
function readWords(reading: Reading, field: Field): readonly string[] {
  if (field.at('exact').isPresent) return [reading.take(field, { exact: hole('word') }).word.text() ?? ''];
  const { regex } = reading.take(field, { safe_regex: { regex: hole('regex') } });
  const words = wordsOf(regex.text() ?? '');
  if (words === undefined) reading.report(regex, 'a choice of words');
  return words ?? [];
}

/** Returns the words of which an expression takes one; undefined for another expression. */
function wordsOf(regex: string): readonly string[] | undefined {
  const words = regex
    .replace(/\\(.)/g, (_whole, character: string) => (character === '|' ? '\0' : character))
    .split('|')
    .map((word) => word.replaceAll('\0', '|'));
  return words.map(quoted).join('|') === regex ? words : undefined;
}
