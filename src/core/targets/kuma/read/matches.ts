import { type ReadCookie, readCookieLine } from '../../../import/cookie-line.ts';
import type { Field } from '../../../import/field.ts';
import { ownedHeader } from '../../../ir/owned-header.ts';
import { compilePattern } from '../../../lib/compile-pattern.ts';
import type { CookieMatch, HeaderMatch, RouteMatch } from '../../../spec/types.gen.ts';

/** Kuma tries exact paths first, then prefixes, then patterns, and then matches without a path (`comparePath` of its sources). */
const pathRanks: Readonly<Record<string, number>> = { Exact: 3, PathPrefix: 2, RegularExpression: 1 };

/** A match with its rank: matches of a higher rank are tried first, whatever the order of the rules. */
export interface RankedMatch {
  readonly rank: readonly number[];
  readonly match: RouteMatch;
}

/** Returns a match with its rank; none if the language can't say it. */
export function readMatch(field: Field): readonly RankedMatch[] {
  const [type, value] = [field.along('path', 'type').text(), field.along('path', 'value').text()];
  const method = field.at('method').text();
  const cookies = readCookies(field.at('headers'));
  const headers = readConditions(field.at('headers'), true);
  const query = readConditions(field.at('queryParams'), false);
  const path = readPath(type, value);
  if (headers === undefined || query === undefined || path === undefined) {
    field.lost({ callers: 'such requests go by another rule' });
    return [];
  }
  const headerCount = Object.keys(headers).length;
  const cookieCount = Object.keys(cookies).length;
  const queryCount = Object.keys(query).length;
  return [
    {
      rank: [
        value === undefined ? 0 : (pathRanks[type ?? ''] ?? 2),
        type === 'Exact' ? 0 : (value ?? '').length,
        method === undefined ? 0 : 1,
        headerCount + cookieCount,
        queryCount,
      ],
      match: {
        ...path,
        ...(method !== undefined && { methods: [method] }),
        ...(headerCount > 0 && { headers }),
        ...(cookieCount > 0 && { cookies }),
        ...(queryCount > 0 && { query }),
      },
    },
  ];
}

function readPath(type: string | undefined, value: string | undefined): Pick<RouteMatch, 'path'> | undefined {
  if (value === undefined) return {};
  // The pattern of every path is no condition, but comes after all prefixes.
  if (type === 'RegularExpression' && value === '.*') return {};
  if (type === 'RegularExpression') return isPattern(value) ? { path: { regex: value } } : undefined;
  if (!/^\/[^?#\s]*$/.test(value) || /\p{Cc}/u.test(value)) return undefined;
  if (type === 'Exact') return { path: { exact: value } };
  return value === '/' ? {} : { path: { prefix: value } };
}

/** Returns the condition on a cookie that an expression for its header asks; Kuma takes one condition on a header. */
function readCookies(list: Field): Readonly<Record<string, CookieMatch>> {
  const [first] = list.items().flatMap((item) => cookieOf(item) ?? []);
  return first === undefined ? {} : { [first.name]: first.match };
}

function cookieOf(item: Field): ReadCookie | undefined {
  const [type, name, value] = [item.at('type').value, item.at('name').value, item.at('value').value];
  if (typeof name !== 'string' || name.toLowerCase() !== 'cookie') return undefined;
  const isAsked = type === 'RegularExpression' && typeof value === 'string';
  const cookie = isAsked ? readCookieLine(value) : undefined;
  if (cookie !== undefined) for (const key of ['type', 'name', 'value']) item.at(key).text();
  return cookie;
}

function readConditions(list: Field, isHeader: boolean): Readonly<Record<string, HeaderMatch>> | undefined {
  const all: Record<string, HeaderMatch> = {};
  for (const item of list.items()) {
    if (isHeader && cookieOf(item) !== undefined) continue;
    const written = item.at('name').text() ?? '';
    const name = isHeader ? written.toLowerCase() : written;
    const match = readCondition(item.at('type').text() ?? 'Exact', item.at('value').text() ?? '');
    const isOwned = isHeader && (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || ownedHeader(name) !== undefined);
    if (match === undefined || name === '' || isOwned || /\p{Cc}/u.test(name) || Object.hasOwn(all, name))
      return undefined;
    all[name] = match;
  }
  return all;
}

function readCondition(type: string, value: string): HeaderMatch | undefined {
  if (/\p{Cc}/u.test(value)) return undefined;
  switch (type) {
    case 'Exact':
      return { exact: value };
    case 'Prefix':
      return { prefix: value };
    case 'Present':
      return { present: true };
    case 'Absent':
      return { present: false };
    default:
      return type === 'RegularExpression' && isPattern(value) ? { regex: value } : undefined;
  }
}

function isPattern(text: string): boolean {
  try {
    compilePattern(text);
    return !/\p{Cc}/u.test(text);
  } catch {
    return false;
  }
}
