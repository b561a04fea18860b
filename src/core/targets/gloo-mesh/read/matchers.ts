import type { Field } from '../../../import/field.ts';
import {
  isHeaderValue,
  isMatchableHeader,
  isPath,
  isPattern,
  isToken,
} from '../../../import/written-values.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { HeaderMatch, PathMatch, QueryMatch, RouteMatch } from '../../../spec/types.gen.ts';

/** Returns a matcher of a RouteTable as a match; undefined, with a loss, if the language can't say one of its conditions. */
export function readMatcher(item: Field): RouteMatch | undefined {
  item.entries();
  item.at('name').withoutEffect('names of matchers stand in logs alone');
  item.at('port').differently({ callers: 'the rule holds for all ports' });
  const path = readPath(item.at('uri'));
  const method = item.at('method').text();
  const headers = readHeaders(item.at('headers'));
  const query = readQuery(item.at('queryParameters'));
  const isSaid = method === undefined || isToken(method);
  if (path === undefined || headers === undefined || query === undefined || !isSaid) {
    item.lost({ callers: 'the language can not say this condition: such requests go by the next rule' });
    return undefined;
  }
  return {
    ...(path !== 'any' && { path }),
    ...(method !== undefined && { methods: [method] }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(query).length > 0 && { query }),
  };
}

/** A prefix is one of characters, as in Istio. */
function readPath(uri: Field): PathMatch | 'any' | undefined {
  if (!uri.isPresent) return 'any';
  const ignoresCase = uri.at('ignoreCase').boolean() === true;
  const [exact, prefix, regex, suffix] = ['exact', 'prefix', 'regex', 'suffix'].map((key) =>
    uri.at(key).text(),
  );
  if (regex !== undefined) return isPattern(regex) && !ignoresCase ? { regex } : undefined;
  if (suffix !== undefined) return { regex: `${ignoresCase ? '(?i)' : ''}.*${quoteRegex(suffix)}` };
  const text = exact ?? prefix;
  if (text === undefined) return 'any';
  if (!isPath(text)) return undefined;
  if (ignoresCase) return { regex: `(?i)${quoteRegex(text)}${exact === undefined ? '.*' : ''}` };
  if (exact !== undefined) return { exact };
  return text === '/' ? 'any' : { startsWith: text };
}

function readHeaders(list: Field): Readonly<Record<string, HeaderMatch>> | undefined {
  const made: Record<string, HeaderMatch> = {};
  let isSaid = true;
  for (const item of list.items()) {
    const name = (item.at('name').text() ?? '').toLowerCase();
    const match = textMatch(item);
    const isInverted = item.at('invertMatch').boolean() === true;
    if (match === undefined || !isMatchableHeader(name) || Object.hasOwn(made, name)) isSaid = false;
    else made[name] = isInverted ? ('present' in match ? { present: false } : { not: match }) : match;
  }
  return isSaid ? made : undefined;
}

function readQuery(list: Field): Readonly<Record<string, QueryMatch>> | undefined {
  const made: Record<string, QueryMatch> = {};
  let isSaid = true;
  for (const item of list.items()) {
    const name = item.at('name').text() ?? '';
    const match = textMatch(item);
    if (match === undefined || name === '' || Object.hasOwn(made, name)) isSaid = false;
    else made[name] = match;
  }
  return isSaid ? made : undefined;
}

function textMatch(
  item: Field,
): { readonly exact: string } | { readonly regex: string } | { readonly present: true } | undefined {
  const value = item.at('value').text() ?? '';
  const isRegex = item.at('regex').boolean() === true;
  if (value === '') return { present: true };
  if (isRegex) return isPattern(value) ? { regex: value } : undefined;
  return isHeaderValue(value) ? { exact: value } : undefined;
}
