import type { Field } from '../../../import/field.ts';
import {
  isHeaderValue,
  isMatchableHeader,
  isPath,
  isPattern,
  isToken,
} from '../../../import/written-values.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { AccessTo, HeaderMatch, PathMatch } from '../../../spec/types.gen.ts';
import { plainPattern } from '../../gateway-api-objects/read/plain-pattern.ts';
import type { Callers } from './callers.ts';

/** A match of a route at a Server, with the callers whose requests it lets in. */
export interface PolicyMatch {
  /** The requests in words of the language, without ports; undefined if the language can't say them. */
  readonly to: AccessTo | undefined;
  /** Requests among which all of the match are. */
  readonly loose: AccessTo;
  /** The route lets these callers in, beside those of the Server. */
  readonly callers: Callers;
  readonly field: Field;
}

/**
 * The pattern by which this tool's own output refuses paths in odd spellings. The language refuses most of them and reads the
 * others as the plain path, for which the other routes of the Server decide.
 */
const oddPaths = /^\.\*\(\?:\/\/\|.*%2\[dDeEfF\].*\)\.\*$/;

/** Reads the matches of a rule of a route at a Server; a rule without any takes every request. */
export function readPolicyMatches(rule: Field, kind: string, callers: Callers): readonly PolicyMatch[] {
  const items = rule.at('matches').items();
  if (items.length === 0) return [{ to: {}, loose: {}, callers, field: rule }];
  return items.flatMap((item) => {
    const path = item.at('path');
    const pattern = path.at('value').value;
    if (callers.length === 0 && typeof pattern === 'string' && oddPaths.test(pattern)) {
      item.differently({ callers: 'paths in an odd spelling are refused, or read as the plain path' });
      return [];
    }
    const own = kind === 'GRPCRoute' ? grpcMatch(item, callers) : httpMatch(item, callers);
    if (own.to === undefined && callers.length > 0)
      item.lost({
        callers: 'Access has no such condition: these requests are refused unless another route lets them in',
        access: 'narrower',
      });
    return [own];
  });
}

function httpMatch(item: Field, callers: Callers): PolicyMatch {
  const path = readPath(item.at('path'));
  const method = item.at('method').text();
  const headers = readHeaders(item.at('headers'));
  const hasQuery = item.at('queryParams').items().length > 0;
  for (const one of item.at('queryParams').items())
    for (const name of ['name', 'type', 'value']) one.at(name).text();
  const methods = method === undefined ? {} : { methods: [method] };
  const loose: AccessTo = { ...(path && toPath(path)), ...methods };
  const isSaid = path !== undefined && headers !== undefined && !hasQuery && isToken(method ?? 'GET');
  const to = isSaid ? { ...loose, ...(Object.keys(headers).length > 0 && { headers }) } : undefined;
  return { to, loose: isToken(method ?? 'GET') ? loose : {}, callers, field: item };
}

function toPath(path: PathMatch | 'any'): AccessTo {
  return path === 'any' ? {} : { paths: [path] };
}

function readPath(field: Field): PathMatch | 'any' | undefined {
  const type = field.at('type').text() ?? 'PathPrefix';
  const value = field.at('value').text() ?? '/';
  if (type === 'RegularExpression') {
    const regex = plainPattern(value);
    return isPattern(regex) ? { regex } : undefined;
  }
  if (!isPath(value)) return undefined;
  if (type === 'Exact') return { exact: value };
  return value === '/' ? 'any' : { prefix: value };
}

function readHeaders(list: Field): Readonly<Record<string, HeaderMatch>> | undefined {
  const headers: Record<string, HeaderMatch> = {};
  let isSaid = true;
  for (const item of list.items()) {
    const type = item.at('type').text() ?? 'Exact';
    const name = (item.at('name').text() ?? '').toLowerCase();
    const value = item.at('value').text() ?? '';
    const isValue = isHeaderValue(value) && (type === 'Exact' || isPattern(value));
    if (!isMatchableHeader(name) || !isValue || Object.hasOwn(headers, name)) isSaid = false;
    else headers[name] = type === 'Exact' ? { exact: value } : { regex: plainPattern(value) };
  }
  return isSaid ? headers : undefined;
}

/** Calls of gRPC are requests to `/SERVICE/METHOD`. */
function grpcMatch(item: Field, callers: Callers): PolicyMatch {
  const method = item.at('method');
  const type = method.at('type').text() ?? 'Exact';
  const [service, name] = [method.at('service').text(), method.at('method').text()];
  const headers = readHeaders(item.at('headers'));
  const isPlain = type === 'Exact' && [service, name].every((word) => word === undefined || isToken(word));
  const loose = isPlain ? grpcPath(service, name) : {};
  const to =
    isPlain && headers !== undefined
      ? { ...loose, ...(Object.keys(headers).length > 0 && { headers }) }
      : undefined;
  return { to, loose, callers, field: item };
}

function grpcPath(service: string | undefined, method: string | undefined): AccessTo {
  if (service !== undefined)
    return { paths: [method === undefined ? { prefix: `/${service}` } : { exact: `/${service}/${method}` }] };
  return method === undefined ? {} : { paths: [{ regex: `/[^/]+/${quoteRegex(method)}` }] };
}
