import { readCookieLine } from '../../../import/cookie-line.ts';
import type { Field } from '../../../import/field.ts';
import { isMatchableHeader, isPath, isToken } from '../../../import/written-values.ts';
import type { CookieMatch, HeaderMatch, PathMatch, QueryMatch, RouteMatch } from '../../../spec/types.gen.ts';
import { readAbsentQuery } from './absent-query.ts';
import { readCallers } from './callers.ts';
import type { Authority } from './read-rules.ts';
import { headerCondition, type NativeMatch, readStringMatch } from './string-match.ts';
import type { Surroundings } from './surroundings.ts';

/** A match of a rule, for the gateways that it is limited to. */
export interface ReadMatch {
  readonly match: RouteMatch;
  readonly path: NativeMatch | undefined;
  /** Names as written; absent if all gateways of the VirtualService are meant. */
  readonly gateways?: readonly string[];
  readonly authority?: Authority;
  /** The number of the port that it is limited to. */
  readonly port?: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Reads one HTTPMatchRequest. Returns undefined if the language can't say one of its conditions: the match is then left
 * out, its requests take the next rule, and the condition is marked as lost. `refuses`: the rule forwards no request.
 */
export function readHttpMatch(
  field: Field,
  surroundings: Surroundings,
  refuses: boolean,
): ReadMatch | undefined {
  const match: Mutable<RouteMatch> = {};
  const lost: Field[] = [];
  const lose = (condition: Field, why: string): void => {
    const callers = `${why}: requests of this match take the next rule`;
    condition.lost({ callers, ...(refuses && { access: 'wider' }) });
    lost.push(condition);
  };
  field.at('name').withoutEffect('names of matches stand in logs alone');
  field.at('statPrefix').withoutEffect('prefixes of metrics change nothing for callers');
  const path = readPath(field, match, lose);
  readMethod(field.at('method'), match, lose);
  readQuery(field.at('queryParams'), match, lose);
  readHeaders(field, match, lose);
  readScheme(field.at('scheme'), lose);
  const authority = readAuthority(field.at('authority'), lose);
  Object.assign(match, readCallers(field, surroundings, lose));
  const port = field.at('port').port();
  const gateways = field.at('gateways').texts();
  if (lost.length > 0) return undefined;
  return {
    match,
    path,
    ...(authority === undefined ? {} : { authority }),
    ...(gateways === undefined ? {} : { gateways }),
    ...(port === undefined ? {} : { port }),
  };
}

type Lose = (condition: Field, why: string) => void;

function readPath(field: Field, match: Mutable<RouteMatch>, lose: Lose): NativeMatch | undefined {
  const uri = field.at('uri');
  const ignoresCase = field.at('ignoreUriCase');
  if (ignoresCase.boolean() === true) lose(ignoresCase, 'case counts in the paths of the language');
  if (!uri.isPresent) return undefined;
  const read = readStringMatch(uri);
  if (read === undefined || read === 'present') {
    lose(uri, 'this is no condition on a path');
    return undefined;
  }
  const path = pathCondition(read);
  if (path === undefined) lose(uri, 'no path looks like this');
  else if (path !== 'any') match.path = path;
  return read;
}

/** A native prefix is one of characters: `/api` takes `/apix`, too. */
function pathCondition({ form, text }: NativeMatch): PathMatch | 'any' | undefined {
  if (form === 'regex') return text === '.*' || text === '/.*' ? 'any' : { regex: text };
  if (!isPath(text)) return undefined;
  if (form === 'exact') return { exact: text };
  return text === '/' ? 'any' : { startsWith: text };
}

function readMethod(field: Field, match: Mutable<RouteMatch>, lose: Lose): void {
  if (!field.isPresent) return;
  const read = readStringMatch(field);
  if (read === 'present') return;
  const words =
    read?.form === 'exact' ? [read.text] : read?.form === 'regex' ? alternativeWords(read.text) : [];
  if (words.length > 0 && words.every(isToken)) match.methods = words;
  else lose(field, 'methods of the language are words');
}

/** Returns the words of a pattern that is nothing but alternatives: `GET|HEAD`, `^(GET|HEAD)$`. */
function alternativeWords(pattern: string): readonly string[] {
  const inner = pattern.replace(/^\^/, '').replace(/\$$/, '');
  const grouped = /^\((?:\?:)?([^()]*)\)$/.exec(inner)?.[1] ?? inner;
  return /^[\w-]+(?:\|[\w-]+)*$/.test(grouped) ? grouped.split('|') : [];
}

function readHeaders(field: Field, match: Mutable<RouteMatch>, lose: Lose): void {
  const headers: Record<string, HeaderMatch> = {};
  const cookies: Record<string, CookieMatch> = {};
  for (const [name, condition] of field.at('headers').entries()) {
    const read = readStringMatch(condition);
    const key = name.toLowerCase();
    const cookie = key === 'cookie' && read !== undefined ? cookieMatch(read) : undefined;
    if (read === undefined) lose(condition, 'this is no condition on a header');
    else if (
      isTaken(cookie === undefined ? { [key]: true } : cookie, cookie === undefined ? headers : cookies)
    )
      lose(condition, 'the language has one condition on a header or cookie, and one on what it is not');
    else if (cookie !== undefined) Object.assign(cookies, cookie);
    else if (isMatchableHeader(name)) headers[key] = headerCondition(read);
    else lose(condition, 'proxies own this header');
  }
  readExcluded(field.at('withoutHeaders'), { headers, cookies, match }, lose);
  if (Object.keys(headers).length > 0) match.headers = headers;
  if (Object.keys(cookies).length > 0) match.cookies = cookies;
}

function isTaken(names: object, taken: object): boolean {
  return Object.keys(names).some((name) => Object.hasOwn(taken, name));
}

/** The conditions of a match that were read so far. */
interface ReadConditions {
  readonly headers: Record<string, HeaderMatch>;
  readonly cookies: Record<string, CookieMatch>;
  readonly match: Mutable<RouteMatch>;
}

function readExcluded(field: Field, { headers, cookies, match }: ReadConditions, lose: Lose): void {
  for (const [name, condition] of field.entries()) {
    const read = readStringMatch(condition);
    const key = name.toLowerCase();
    const cookie = excludedCookie(key, read, cookies);
    if (takesAbsentQuery(key, read, match)) continue;
    if (cookie !== undefined) Object.assign(cookies, cookie);
    else {
      const excluded =
        isMatchableHeader(name) && read !== undefined ? excluding(headers[key], read) : undefined;
      if (excluded === undefined) lose(condition, 'the language cannot exclude this header');
      else headers[key] = excluded;
    }
  }
}

/** Adds the absence of query parameters; returns false for another condition, or beside one on the same parameter. */
function takesAbsentQuery(
  name: string,
  read: NativeMatch | 'present' | undefined,
  match: Mutable<RouteMatch>,
): boolean {
  const isPattern = name === ':path' && typeof read === 'object' && read.form === 'regex';
  const absent = isPattern ? readAbsentQuery(read.text) : undefined;
  if (absent === undefined || Object.keys(absent).some((one) => match.query?.[one] !== undefined))
    return false;
  match.query = { ...match.query, ...absent };
  return true;
}

/** Returns a condition on a header or cookie with what it may not be; undefined if it already has such a part. */
function excluding<T extends CookieMatch>(
  known: T | undefined,
  read: NativeMatch | 'present',
): T | undefined {
  if (read === 'present') return known === undefined ? ({ present: false } as T) : undefined;
  const isFree = known?.not === undefined && known?.present !== false;
  return isFree ? ({ ...known, not: headerCondition(read) } as T) : undefined;
}

/** Returns the conditions on one cookie with what its line may not be. */
function excludedCookie(
  name: string,
  read: NativeMatch | 'present' | undefined,
  others: Readonly<Record<string, CookieMatch>>,
): Readonly<Record<string, CookieMatch>> | undefined {
  if (name !== 'cookie' || typeof read !== 'object' || read.form !== 'regex') return undefined;
  const line = readCookieLine(read.text);
  const known = line === undefined ? undefined : others[line.name];
  if (line === undefined || known?.not !== undefined || known?.present === false) return undefined;
  if (line.match.present !== true) return { [line.name]: { ...known, not: line.match } };
  return known === undefined ? { [line.name]: { present: false } } : undefined;
}

/** Recognises the usual way to ask for one cookie: `^(.*?;)?(user=jason)(;.*)?$`. */
function cookieMatch(read: NativeMatch | 'present'): Readonly<Record<string, CookieMatch>> | undefined {
  if (read === 'present' || read.form !== 'regex') return undefined;
  const line = readCookieLine(read.text);
  if (line !== undefined) return { [line.name]: line.match };
  const inner = /^\^?\(?(?:\?:)?\.\*\??;\s?\)?\??\*?\(?([\w-]+)=([\w.@%-]+)\)?\(;\.\*\)\?\$?$/.exec(
    read.text.replace(/\\s\*|\[ \\t\]\*/g, ''),
  );
  const [, name, value] = inner ?? [];
  return name === undefined || value === undefined || /[.]/.test(value)
    ? undefined
    : { [name]: { exact: value } };
}

function readQuery(field: Field, match: Mutable<RouteMatch>, lose: Lose): void {
  const query: Record<string, QueryMatch> = {};
  for (const [name, condition] of field.entries()) {
    const read = readStringMatch(condition);
    if (read === undefined) lose(condition, 'this is no condition on a query parameter');
    else query[name] = headerCondition(read);
  }
  if (Object.keys(query).length > 0) match.query = query;
}

/** An expression may be one of the parts of a redirect, which the rule's run says; every other condition is lost. */
function readAuthority(field: Field, lose: Lose): Authority | undefined {
  if (!field.isPresent) return undefined;
  const read = readStringMatch(field);
  if (typeof read === 'object' && read.form === 'regex') return { regex: read.text, fields: [field] };
  lose(field, 'a rule of a Route has no condition on the host');
  return undefined;
}

function readScheme(field: Field, lose: Lose): void {
  if (field.isPresent) lose(field, 'the language asks for the port, not for the scheme');
}
