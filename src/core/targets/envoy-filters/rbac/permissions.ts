import type { AccessOperation } from '../../../ir/access.ts';
import type { HeaderMatch, PathMatch } from '../../../ir/match.ts';
import { pathMatches } from '../../../ir/string-match.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { Json } from '../../artifact.ts';
import { cookieCondition } from '../cookie-condition.ts';
import { stringCondition } from '../string-matcher.ts';
import { all, any } from './combine.ts';

/** Returns an operation on an HTTP port as an RBAC permission; the caller has checked the port. */
export function permission({ methods, paths, hosts, headers }: AccessOperation): Json {
  return all([
    ...(methods === undefined ? [] : [any(methods.map(method))]),
    ...(paths === undefined ? [] : [any(paths.flatMap(anyPath))]),
    ...(hosts === undefined ? [] : [any(hosts.map(host))]),
    ...(headers ?? []).map(header),
  ]);
}

function method(name: string): Json {
  return { header: { name: ':method', string_match: { exact: name } } };
}

/**
 * Returns a path condition as alternatives. Envoy merges slashes, but keeps two in a path that consists only of
 * slashes; such a path means `/`.
 */
function anyPath(match: PathMatch): readonly Json[] {
  return [
    ...path(match),
    ...(match.value !== '' && pathMatches(match, '/') ? [urlPath({ exact: '//' })] : []),
  ];
}

/** Returns a condition on the path, which Envoy compares without its query and after normalisation. */
function path(match: PathMatch): readonly Json[] {
  switch (match.type) {
    case 'exact':
      return [urlPath({ exact: match.value })];
    case 'prefix':
      return match.value === ''
        ? [{ any: true }]
        : [urlPath({ exact: match.value }), urlPath({ prefix: `${match.value}/` })];
    case 'startsWith':
      return [urlPath({ prefix: match.value })];
    case 'regex':
      return [urlPath({ safe_regex: { regex: match.value } })];
  }
}

function urlPath(value: Json): Json {
  return { url_path: { path: value } };
}

/** Returns a condition on the host that ignores case and port; `*.` stands for one or more labels. */
function host(name: string): Json {
  if (name === '*') return { any: true };
  const pattern = name.startsWith('*.') ? `[^.].*${quoteRegex(name.slice(1))}` : quoteRegex(name);
  return {
    header: { name: ':authority', string_match: { safe_regex: { regex: `(?i)${pattern}(:[^:\\]]*)?` } } },
  };
}

/**
 * Returns a condition on a header. Envoy's inverted matcher is false for an absent header, while `not` is true, so the
 * whole rule is negated.
 */
function header({ name, cookie, match, negated }: HeaderMatch): Json {
  if (cookie !== undefined) return { header: cookieCondition(cookie, match, negated) };
  const condition = { header: { name: name === 'host' ? ':authority' : name, ...stringCondition(match) } };
  return negated ? { not_rule: condition } : condition;
}
