import { type ReadCookie, readCookieLine } from '../../../import/cookie-line.ts';
import { unlessEmpty } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import {
  isHeaderValue,
  isMatchableHeader,
  isPath,
  isPattern,
  isToken,
} from '../../../import/written-values.ts';
import type { CookieMatch, HeaderMatch, PathMatch, QueryMatch, RouteMatch } from '../../../spec/types.gen.ts';
import { plainPattern } from './plain-pattern.ts';

/** A match with its rank: matches of a higher rank are asked first, whatever the order of the rules (HTTPRoute, GRPCRoute). */
export interface RankedMatch {
  readonly match: RouteMatch;
  readonly rank: readonly number[];
}

/** Reads the matches of an HTTPRoute's rule; without any the rule takes every path. */
export function readHttpMatches(list: Field): readonly RankedMatch[] {
  const items = list.items();
  if (items.length === 0) return [{ match: {}, rank: [0, 1, 0, 0, 0] }];
  return items.flatMap((item) => {
    const path = readPath(item.at('path'));
    const method = item.at('method').text();
    const cookies = readCookies(item.at('headers'));
    const headers = readValues(item.at('headers'), (name) => isMatchableHeader(name));
    const query = readValues(item.at('queryParams'), () => true);
    if (path === undefined || headers === undefined || query === undefined) {
      item.lost({
        callers: 'one of the conditions can not be said: requests of this match take the next rule',
      });
      return [];
    }
    const [kind, length, match] = path;
    const rank = [
      kind,
      length,
      method === undefined ? 0 : 1,
      Object.keys(headers).length + Object.keys(cookies).length,
      Object.keys(query).length,
    ];
    return [
      {
        match: {
          ...match,
          ...(method === undefined ? {} : { methods: [method] }),
          ...named(headers, query),
          ...(unlessEmpty(cookies) && { cookies }),
        },
        rank,
      },
    ];
  });
}

function named(
  headers: Readonly<Record<string, HeaderMatch>>,
  query: Readonly<Record<string, QueryMatch>>,
): RouteMatch {
  return {
    ...(unlessEmpty(headers) && { headers }),
    ...(unlessEmpty(query) && { query }),
  };
}

/** Returns the rank of the kind of path, the length and the condition; undefined for a path that the language can't say. */
function readPath(field: Field): readonly [number, number, RouteMatch] | undefined {
  const type = field.at('type').text() ?? 'PathPrefix';
  const value = field.at('value').text() ?? '/';
  if (type === 'RegularExpression') {
    const regex = plainPattern(value);
    if (!isPattern(regex)) return undefined;
    field.at('value').differently({
      callers: 'the expression matches the whole path; the controller may match a part of it',
    });
    return [1, value.length, { path: { regex } }];
  }
  if (!isPath(value)) return undefined;
  if (type === 'Exact') return [2, value.length, { path: { exact: value } }];
  const path: PathMatch = { prefix: value };
  return [0, value.replace(/\/$/, '').length + 1, value === '/' ? {} : { path }];
}

/** Reads the conditions on the header `cookie` that ask for one cookie each; of several the first counts. */
function readCookies(list: Field): Readonly<Record<string, CookieMatch>> {
  const [first] = list.items().flatMap((item) => cookieOf(item) ?? []);
  return first === undefined ? {} : { [first.name]: first.match };
}

function cookieOf(item: Field): ReadCookie | undefined {
  const [type, name, value] = [item.at('type').value, item.at('name').value, item.at('value').value];
  if (typeof name !== 'string' || name.toLowerCase() !== 'cookie') return undefined;
  const cookie =
    type === 'RegularExpression' && typeof value === 'string'
      ? readCookieLine(plainPattern(value))
      : undefined;
  if (cookie === undefined) return undefined;
  for (const key of ['type', 'name', 'value']) item.at(key).text();
  return cookie;
}

function readValues(
  list: Field,
  isName: (name: string) => boolean,
): Readonly<Record<string, HeaderMatch>> | undefined {
  const values: Record<string, HeaderMatch> = {};
  for (const item of list.items()) {
    if (cookieOf(item) !== undefined) continue;
    const type = item.at('type').text() ?? 'Exact';
    const name = item.at('name').text() ?? '';
    const value = item.at('value').text() ?? '';
    if (!isName(name) || !isHeaderValue(value) || (type !== 'Exact' && !isPattern(value))) return undefined;
    if (Object.hasOwn(values, name)) item.withoutEffect('of two conditions on one name the first counts');
    else values[name] = type === 'Exact' ? { exact: value } : { regex: plainPattern(value) };
  }
  return values;
}

/** Reads the matches of a GRPCRoute's rule. */
export function readGrpcMatches(list: Field): readonly RankedMatch[] {
  const items = list.items();
  if (items.length === 0) return [{ match: {}, rank: [0, 0, 0] }];
  return items.flatMap((item) => {
    const method = item.at('method');
    const type = method.at('type').text() ?? 'Exact';
    const [service, name] = [method.at('service').text(), method.at('method').text()];
    const headers = readValues(item.at('headers'), (header) => isMatchableHeader(header));
    const isPlain = type === 'Exact' && [service, name].every((word) => word === undefined || isToken(word));
    if (!isPlain || headers === undefined) {
      item.lost({ callers: 'one of the conditions can not be said: calls of this match take the next rule' });
      return [];
    }
    const grpc = {
      ...(service === undefined ? {} : { service }),
      ...(name === undefined ? {} : { method: name }),
    };
    const rank = [service?.length ?? 0, name?.length ?? 0, Object.keys(headers).length];
    return [{ match: { ...(unlessEmpty(grpc) && { grpc }), ...named(headers, {}) }, rank }];
  });
}

/** Compares two ranks: the higher comes first. */
export function compareRanks(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((number, at) => number !== other[at]);
  return index < 0 ? 0 : (other[index] ?? 0) - (one[index] ?? 0);
}
