import { type ReadCookie, readCookieLine } from '../../../import/cookie-line.ts';
import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { ownedHeader } from '../../../ir/owned-header.ts';
import { compilePattern } from '../../../lib/compile-pattern.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type {
  CookieMatch,
  CookieMatches,
  HeaderMatch,
  HeaderMatches,
  PathMatch,
  StringMatch,
} from '../../../spec/types.gen.ts';

/** The conditions of a route or a permission; undefined if the language has no form for one of them. */
export interface ReadConditions {
  readonly path?: PathMatch;
  readonly headers?: HeaderMatches;
  readonly cookies?: CookieMatches;
  readonly methods?: readonly string[];
}

/**
 * The treatment of an inverted condition on a header. Envoy never matches a request without the header; `not` of the language
 * does. An allow must not become wider (`refuse`), a deny or a route may (`widen`).
 */
export type Inversions = 'refuse' | 'widen';

/** Returns the path, headers and methods that a field asks for; undefined if the language can't say one of them. */
export function readConditions(http: Field, inversions: Inversions): ReadConditions | undefined {
  const path = readPath(http);
  const headers = readHeaders(http.at('header'), inversions);
  // Consul compares the names of methods in capitals, however an entry writes them.
  const methods = http
    .at('methods')
    .texts()
    ?.map((method) => method.toUpperCase());
  if (path === undefined || headers === undefined) return undefined;
  if (methods?.some((method) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) === true) return undefined;
  return {
    ...(Object.keys(path).length > 0 && { path }),
    ...headers,
    ...(methods !== undefined && methods.length > 0 && { methods }),
  };
}

function readPath(http: Field): PathMatch | undefined {
  // An empty text is a field that is left out.
  const [exact, prefix, regex] = ['pathExact', 'pathPrefix', 'pathRegex'].map(
    (name) => http.at(name).text() || undefined,
  );
  const isInsensitive = http.at('caseInsensitive').boolean() === true;
  if (regex !== undefined) return pattern(isInsensitive ? `(?i)${regex}` : regex);
  const text = exact ?? prefix;
  if (text === undefined) return {};
  if (!isPath(text)) return undefined;
  if (isInsensitive) return pattern(`(?i)${quoteRegex(text)}${exact === undefined ? '.*' : ''}`);
  // Consul compares a prefix by characters.
  if (exact === undefined) return text === '/' ? {} : { startsWith: text };
  return { exact: text };
}

function pattern(regex: string): PathMatch | undefined {
  return isPattern(regex) ? { regex } : undefined;
}

/** Returns the condition on one cookie that an expression for the header says. */
function readCookie(item: Field): ReadCookie | undefined {
  const { value } = item.at('regex');
  const isPlain = item.entries().every(([name]) => name === 'name' || name === 'regex');
  return isPlain && typeof value === 'string' ? readCookieLine(item.at('regex').text() ?? '') : undefined;
}

function readHeaders(
  list: Field,
  inversions: Inversions,
): Pick<ReadConditions, 'headers' | 'cookies'> | undefined {
  const headers: Record<string, HeaderMatch> = {};
  const cookies: Record<string, CookieMatch> = {};
  for (const item of list.items()) {
    const name = item.at('name').text()?.toLowerCase() ?? '';
    // A condition on callers has no cookies.
    const cookie = name === 'cookie' && inversions === 'widen' ? readCookie(item) : undefined;
    if (cookie !== undefined && !Object.hasOwn(cookies, cookie.name)) {
      cookies[cookie.name] = cookie.match;
      continue;
    }
    const match = readHeader(item, inversions);
    if (match === undefined || !isHeader(name) || Object.hasOwn(headers, name)) return undefined;
    headers[name] = match;
  }
  return {
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(cookies).length > 0 && { cookies }),
  };
}

function readHeader(item: Field, inversions: Inversions): HeaderMatch | undefined {
  const isInverted = item.at('invert').boolean() === true;
  const ignoresCase = item.at('ignoreCase').boolean() === true;
  const present = item.at('present').boolean();
  if (present === true) return { present: !isInverted };
  const said = readText(item, ignoresCase);
  if (said === undefined) return undefined;
  if (!isInverted) return said;
  if (inversions === 'refuse') return undefined;
  item.at('invert').differently({ callers: 'the condition is also true of a request without the header' });
  return { not: said };
}

const operators = ['exact', 'prefix', 'suffix', 'contains', 'regex'] as const;

function readText(item: Field, ignoresCase: boolean): StringMatch | undefined {
  for (const operator of operators) {
    const value = item.at(operator).text();
    if (value === undefined || value === '') continue;
    if (operator === 'regex') return isPattern(value) ? { regex: value } : undefined;
    if (!ignoresCase) return { [operator]: value };
    const quoted = quoteRegex(value);
    const before = operator === 'suffix' || operator === 'contains' ? '.*' : '';
    const after = operator === 'prefix' || operator === 'contains' ? '.*' : '';
    return { regex: `(?i)${before}${quoted}${after}` };
  }
  return undefined;
}

/** Returns true for a path that the language takes in a match. */
export function isPath(text: string): boolean {
  return /^\/[^?#\s]*$/.test(text) && isText(text);
}

/** Returns true for a pattern that the language takes. */
function isPattern(text: string): boolean {
  try {
    compilePattern(text);
    return isText(text);
  } catch {
    return false;
  }
}

/** Returns true for a name of a header that rules can match. */
function isHeader(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && ownedHeader(name) === undefined;
}

/** Returns true for a name of a header that a Route can change. */
export function isChangeable(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && (ownedHeader(name)?.changeable ?? true);
}

/** Returns true for a text without control characters. */
export function isText(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}

/** Returns true for a name that a version can have. */
export function isVersionName(name: string): boolean {
  return isDnsLabel(name);
}
