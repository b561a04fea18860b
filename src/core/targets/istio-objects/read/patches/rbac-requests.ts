import { type ReadCookie, readCookieLine } from '../../../../import/cookie-line.ts';
import { defined } from '../../../../import/defined.ts';
import {
  isHostPattern,
  isMatchableHeader,
  isPath,
  isPattern,
  isToken,
} from '../../../../import/written-values.ts';
import { compilePattern } from '../../../../lib/compile-pattern.ts';
import { quoteRegex } from '../../../../lib/quote-regex.ts';
import type {
  AccessTo,
  CookieMatch,
  HeaderMatch,
  PathMatch,
  StringMatch,
} from '../../../../spec/types.gen.ts';
import { fieldsOf, isValue, type Message, textOf } from './message.ts';
import { alternatives, conjuncts, type Expression, isAny, leafOf } from './rbac-expression.ts';

interface Requests {
  methods?: string[];
  paths?: PathMatch[];
  hosts?: string[];
  headers?: Record<string, HeaderMatch>;
  cookies?: Record<string, CookieMatch>;
}

/** Returns the requests that fit a condition; undefined if no entry of `to` says exactly these. */
export function requestsOf(expression: Expression): AccessTo | undefined {
  const found: Requests = {};
  for (const part of conjuncts(expression)) if (!isAny(part) && !addPart(part, found)) return undefined;
  return found;
}

/** Adds one condition of several that all hold; returns false for one that can't be said beside the others. */
function addPart(part: Expression, found: Requests): boolean {
  const own = alternatives(part);
  const methods = allOf(own, methodOf);
  if (methods !== undefined) return add(found, 'methods', methods);
  const paths = pathsOf(own);
  if (paths !== undefined) return add(found, 'paths', paths);
  const hosts = allOf(own, hostOf);
  if (hosts !== undefined) return add(found, 'hosts', hosts);
  return addHeader(part, found);
}

function add<K extends 'methods' | 'paths' | 'hosts'>(
  found: Requests,
  name: K,
  values: Requests[K],
): boolean {
  if (found[name] !== undefined) return false;
  found[name] = values;
  return true;
}

function allOf<T>(own: readonly Expression[], read: (one: Expression) => T | undefined): T[] | undefined {
  const values = own.map(read).filter((one) => one !== undefined);
  return values.length === own.length ? values : undefined;
}

function methodOf(one: Expression): string | undefined {
  const header = fieldsOf(leafOf(one, 'header'), ['name', 'string_match']);
  const text = textOf(fieldsOf(header?.['string_match'], ['exact'])?.['exact']);
  return header?.['name'] === ':method' && text !== undefined && isToken(text) ? text : undefined;
}

/** A host with any port, and perhaps any labels before it, whatever the case of its letters. */
function hostOf(one: Expression): string | undefined {
  const header = fieldsOf(leafOf(one, 'header'), ['name', 'string_match']);
  const pattern = regexOf(header?.['string_match']) ?? '';
  const [, any = '', quoted = ''] = /^\(\?i\)(\[\^\.\]\.\*)?(.+)\(:\[\^:\\\]\]\*\)\?$/.exec(pattern) ?? [];
  const text = quoted.replaceAll(/\\(.)/g, '$1');
  const host = any === '' ? text : `*${text}`;
  const isHost = header?.['name'] === ':authority' && quoteRegex(text) === quoted;
  return isHost && isHostPattern(host) ? host : undefined;
}

function regexOf(match: unknown): string | undefined {
  const regex = fieldsOf(fieldsOf(match, ['safe_regex'])?.['safe_regex'], ['regex'])?.['regex'];
  return typeof regex === 'string' && isPattern(regex) ? regex : undefined;
}

/** Returns the paths of conditions on the path alone. A path of slashes alone means `/`, and has a condition of its own. */
function pathsOf(own: readonly Expression[]): PathMatch[] | undefined {
  const paths: PathMatch[] = [];
  let slashes = 0;
  for (const one of own) {
    const match = fieldsOf(leafOf(one, 'url_path'), ['path'])?.['path'];
    const before = paths.at(-1);
    const [exact, prefix] = ['exact', 'prefix'].map((name) => textOf(fieldsOf(match, [name])?.[name]));
    const regex = regexOf(match);
    if (exact === '//') slashes += 1;
    else if (exact !== undefined && isPath(exact)) paths.push({ exact });
    else if (prefix !== undefined && before?.exact !== undefined && prefix === `${before.exact}/`)
      paths[paths.length - 1] = { prefix: before.exact };
    else if (prefix !== undefined && isPath(prefix)) paths.push({ startsWith: prefix });
    else if (regex !== undefined) paths.push({ regex });
    else return undefined;
  }
  return paths.length > 0 && paths.filter(meansRoot).length === slashes ? paths : undefined;
}

function meansRoot({ exact, startsWith, regex }: PathMatch): boolean {
  return exact === '/' || startsWith === '/' || (regex !== undefined && compilePattern(regex).matches('/'));
}

/** Adds a condition on a header or cookie; a second one on the same header may be its `not`. */
function addHeader(part: Expression, found: Requests): boolean {
  const isNot = part.type === 'not';
  const header = fieldsOf(leafOf(isNot ? part.of : part, 'header'), [
    'name',
    'string_match',
    'present_match',
    'invert_match',
    'treat_missing_header_as_empty',
  ]);
  const written = textOf(header?.['name']);
  if (header === undefined || written === undefined) return false;
  const cookie = written === 'cookie' ? readCookieLine(regexOf(header['string_match']) ?? '') : undefined;
  if (cookie !== undefined) return !isNot && addCookie(cookie, inversionOf(header), found);
  const match = inversionOf(header) === 'none' ? matchOf(header) : undefined;
  const name = written === ':authority' ? 'host' : written.toLowerCase();
  return match !== undefined && isMatchableHeader(name) && addMatch(name, match, isNot, found);
}

function addMatch(name: string, match: StringMatch, isNot: boolean, found: Requests): boolean {
  const known = found.headers?.[name];
  if (known !== undefined && (!isNot || known.not !== undefined)) return false;
  found.headers = { ...found.headers, [name]: isNot ? { ...known, not: match } : { ...match } };
  return true;
}

type Inversion = 'none' | 'whole' | 'other';

/** Returns `whole` for a condition that holds exactly where its opposite does not, also where the header is absent. */
function inversionOf(header: Message): Inversion {
  const { invert_match: inverted, treat_missing_header_as_empty: empty } = header;
  if (inverted === undefined && empty === undefined) return 'none';
  return inverted === true && empty === true ? 'whole' : 'other';
}

function addCookie({ name, match }: ReadCookie, inversion: Inversion, found: Requests): boolean {
  if (found.cookies?.[name] !== undefined || inversion === 'other') return false;
  found.cookies = { ...found.cookies, [name]: inversion === 'whole' ? opposite(match) : match };
  return true;
}

function opposite(match: CookieMatch): CookieMatch {
  return match.present === true ? { present: false } : { not: match };
}

function matchOf(header: Readonly<Record<string, unknown>>): StringMatch | undefined {
  const { string_match: match, present_match: present } = header;
  if (typeof present === 'boolean') return match === undefined ? { present } : undefined;
  const regex = regexOf(match);
  if (regex !== undefined) return { regex };
  const fields = fieldsOf(match, ['exact', 'prefix', 'suffix', 'contains']);
  const entries = Object.entries(fields ?? {});
  const [[name, value] = ['', undefined]] = entries;
  if (entries.length !== 1 || typeof value !== 'string' || (value === '' && name !== 'exact'))
    return undefined;
  return defined({ [name]: value });
}

/** Returns the claims of a valid token that fit a condition, by their path in it, with the values of which one has to fit. */
export function claimOf(
  expression: Expression,
): { readonly path: readonly string[]; readonly values: readonly string[] } | undefined {
  const matcher = fieldsOf(
    fieldsOf(leafOf(expression, 'sourced_metadata'), ['metadata_matcher'])?.['metadata_matcher'],
    ['filter', 'path', 'value'],
  );
  const steps = Array.isArray(matcher?.['path']) ? (matcher['path'] as readonly unknown[]) : [];
  const names = steps.map((step) => textOf(fieldsOf(step, ['key'])?.['key']));
  const [first, ...path] = names.filter((name) => name !== undefined);
  const list = fieldsOf(fieldsOf(matcher?.['value'], ['or_match'])?.['or_match'], ['value_matchers'])?.[
    'value_matchers'
  ];
  if (matcher?.['filter'] !== 'envoy.filters.http.jwt_authn' || first !== 'payload' || path.length === 0)
    return undefined;
  if (names.includes(undefined) || !Array.isArray(list)) return undefined;
  const values = (list as readonly unknown[]).flatMap(
    (one) => textOf(fieldsOf(fieldsOf(one, ['string_match'])?.['string_match'], ['exact'])?.['exact']) ?? [],
  );
  const wanted = values.flatMap(formsOf);
  const isSaid = isValue(list, [
    ...wanted,
    ...wanted.map((one) => ({ list_match: { one_of: one } })),
  ] as never);
  return isSaid && values.length > 0 ? { path, values } : undefined;
}

/** The forms of a value in a token: a text, or the number or truth value that is written so. */
function formsOf(value: string): readonly object[] {
  const number = Number(value);
  const isNumber = value !== '' && Number.isFinite(number) && String(number) === value;
  return [
    { string_match: { exact: value } },
    ...(isNumber ? [{ double_match: { exact: number } }] : []),
    ...(value === 'true' || value === 'false' ? [{ bool_match: value === 'true' }] : []),
  ];
}
