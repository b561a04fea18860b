import type { Field } from '../../../import/field.ts';
import { isPath, isPattern } from '../../../import/written-values.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { HeaderMatch, PathMatch, QueryMatch, RouteMatch } from '../../../spec/types.gen.ts';
import { readHeaderMatch } from './header-matches.ts';
import { readRegex, readStringMatch } from './texts.ts';

/** Reads the match of a route; returns undefined, with a mark, if the language can't say one of its conditions. */
export function readRouteMatch(match: Field): RouteMatch | undefined {
  const path = readPath(match);
  const others = readConditions(match);
  const query = readQuery(match.at('query_parameters'));
  const grpc = match.at('grpc');
  const unsaid = [
    'runtime_fraction',
    'tls_context',
    'dynamic_metadata',
    'filter_state',
    'connect_matcher',
    'path_match_policy',
    'cookies',
  ]
    .map((name) => match.at(name))
    .filter(({ isPresent }) => isPresent);
  if (grpc.isPresent) grpc.differently({ callers: 'requests that are no calls of gRPC take the rule, too' });
  if (path === undefined || others === undefined || query === undefined || unsaid.length > 0) {
    match.lost({
      callers: 'one of the conditions can not be said: requests of this match take the next rule',
    });
    return undefined;
  }
  return {
    ...(path !== 'any' && { path }),
    ...others,
    ...(Object.keys(query).length > 0 && { query }),
  };
}

function readPath(match: Field): PathMatch | 'any' | undefined {
  const ignoresCase = match.at('case_sensitive').boolean() === false;
  const [prefix, exact, separated] = [
    match.at('prefix').text(),
    match.at('path').text(),
    match.at('path_separated_prefix').text(),
  ];
  const regex = readRegex(match.at('safe_regex'));
  if (regex !== undefined) return isPattern(regex) ? { regex } : undefined;
  const text = exact ?? separated ?? prefix;
  if (text === undefined) return undefined;
  if (text === '' || (text === '/' && exact === undefined)) return 'any';
  if (!isPath(text)) return undefined;
  if (ignoresCase) {
    const after = exact === undefined ? (separated === undefined ? '.*' : '(?:/.*)?') : '';
    return { regex: `(?i)${quoteRegex(text)}${after}` };
  }
  if (exact !== undefined) return { exact };
  return separated === undefined ? { startsWith: text } : { prefix: separated };
}

function readConditions(match: Field): Pick<RouteMatch, 'methods' | 'headers'> | undefined {
  const headers: Record<string, HeaderMatch> = {};
  let methods: readonly string[] | undefined;
  let isSaid = true;
  for (const item of match.at('headers').items()) {
    const one = readHeaderMatch(item);
    if (one?.type === 'methods' && methods === undefined) methods = one.methods;
    else if (one?.type === 'header' && !Object.hasOwn(headers, one.name)) headers[one.name] = one.match;
    else isSaid = false;
  }
  if (!isSaid) return undefined;
  return { ...(methods && { methods }), ...(Object.keys(headers).length > 0 && { headers }) };
}

function readQuery(list: Field): Readonly<Record<string, QueryMatch>> | undefined {
  const query: Record<string, QueryMatch> = {};
  let isSaid = true;
  for (const item of list.items()) {
    const name = item.at('name').text() ?? '';
    const present = item.at('present_match').boolean();
    const text = item.at('string_match');
    const match = text.isPresent ? readStringMatch(text) : { present: present ?? true };
    if (match === undefined || name === '' || Object.hasOwn(query, name)) isSaid = false;
    else query[name] = match;
  }
  return isSaid ? query : undefined;
}
