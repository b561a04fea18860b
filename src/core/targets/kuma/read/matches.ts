import type { Field } from '../../../import/field.ts';
import { ownedHeader } from '../../../ir/owned-header.ts';
import { compilePattern } from '../../../lib/compile-pattern.ts';
import type { HeaderMatch, RouteMatch } from '../../../spec/types.gen.ts';

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
  const headers = readConditions(field.at('headers'), true);
  const query = readConditions(field.at('queryParams'), false);
  const path = readPath(type, value);
  if (headers === undefined || query === undefined || path === undefined) {
    field.lost({ callers: 'such requests go by another rule' });
    return [];
  }
  const [headerCount, queryCount] = [Object.keys(headers).length, Object.keys(query).length];
  return [
    {
      rank: [
        value === undefined ? 0 : (pathRanks[type ?? ''] ?? 2),
        type === 'Exact' ? 0 : (value ?? '').length,
        method === undefined ? 0 : 1,
        headerCount,
        queryCount,
      ],
      match: {
        ...path,
        ...(method !== undefined && { methods: [method] }),
        ...(headerCount > 0 && { headers }),
        ...(queryCount > 0 && { query }),
      },
    },
  ];
}

function readPath(type: string | undefined, value: string | undefined): Pick<RouteMatch, 'path'> | undefined {
  if (value === undefined) return {};
  if (type === 'RegularExpression') return isPattern(value) ? { path: { regex: value } } : undefined;
  if (!/^\/[^?#\s]*$/.test(value) || /\p{Cc}/u.test(value)) return undefined;
  if (type === 'Exact') return { path: { exact: value } };
  return value === '/' ? {} : { path: { prefix: value } };
}

function readConditions(list: Field, isHeader: boolean): Readonly<Record<string, HeaderMatch>> | undefined {
  const all: Record<string, HeaderMatch> = {};
  for (const item of list.items()) {
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
