import { isPath, isPattern, isToken } from '../../../import/written-values.ts';
import { compilePattern } from '../../../lib/compile-pattern.ts';
import type { PathMatch } from '../../../spec/types.gen.ts';

/** The paths that a pattern of Cilium takes; `every` for all. */
export interface ReadPath {
  readonly match: PathMatch | 'every';
  /** True if a request whose query fits a part of the pattern is left out. */
  readonly isNarrower: boolean;
}

/** The endings that take every query. */
const queries: readonly string[] = [
  String.raw`(?:\?.*)?`,
  String.raw`(\?.*)?`,
  String.raw`(?:\?[^#]*)?`,
  String.raw`(\?[^#]*)?`,
];

/**
 * Returns the paths of a pattern, which Envoy compares with the whole path and its query. Undefined for a pattern that refuses
 * a path by its query: Access can't ask for that.
 */
export function readPathPattern(pattern: string): ReadPath | undefined {
  const whole = withoutAnchors(pattern);
  if (['', '.*', '/.*'].includes(whole)) return { match: 'every', isNarrower: false };
  const query = queries.find((one) => whole.endsWith(one));
  if (query !== undefined) return ofBeginning(whole.slice(0, -query.length), true);
  return whole.endsWith('.*') && !/\\(?:\\\\)*\.\*$/.test(whole)
    ? ofBeginning(whole.slice(0, -2), false)
    : undefined;
}

/** Reads the pattern before the part that takes a query, and with `isWhole` nothing else. */
function ofBeginning(pattern: string, isWhole: boolean): ReadPath | undefined {
  const text = literalOf(pattern);
  if (text !== undefined) {
    if (!isPath(text)) return undefined;
    return { match: isWhole ? { exact: text } : { startsWith: text }, isNarrower: false };
  }
  if (!isPattern(pattern) || hasAlternative(pattern)) return undefined;
  return {
    match: { regex: isWhole ? pattern : `${pattern}.*` },
    isNarrower: takesQuestionMark(pattern),
  };
}

/** Returns the methods of a pattern; `every` for all, undefined for a pattern of no known method. */
export function readMethodPattern(pattern: string): readonly string[] | 'every' | undefined {
  const whole = withoutAnchors(pattern).replace(/^\((?:\?:)?([^()]*)\)$/, '$1');
  if (whole === '' || whole === '.*') return 'every';
  const names = whole.split('|').map(literalOf);
  const tokens = names.filter((name) => name !== undefined && isToken(name));
  if (tokens.length === names.length) return tokens.filter((name) => name !== undefined);
  return undefined;
}

/** The usual methods (RFC 9110, RFC 5789). */
const usual = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

/** Returns the usual methods that a pattern takes. */
export function usualMethods(pattern: string): readonly string[] {
  if (!isPattern(pattern)) return [];
  const compiled = compilePattern(`(?:${pattern})`);
  return usual.filter((method) => compiled.matches(method));
}

/**
 * Returns the hosts of a pattern in any case and with any port, in the form of `(?i)(?:a|b)\.?(?::[0-9]*)?`; `every` for all.
 * Undefined for others: hosts of Access have no port, and ignore case.
 */
export function readHostPattern(pattern: string): readonly string[] | 'every' | undefined {
  const whole = withoutAnchors(pattern);
  if (whole === '' || whole === '.*') return 'every';
  const [, names] = /^\(\?i\)\(\?:(.*)\)\\\.\?\(\?::\[0-9\]\*\)\?$/.exec(whole) ?? [];
  const hosts = names?.split('|').map((name) => {
    const rest = name.startsWith(anyLabels) ? name.slice(anyLabels.length) : undefined;
    const literal = literalOf(rest ?? name);
    if (literal === undefined) return undefined;
    return rest === undefined ? literal : `*.${literal}`;
  });
  const known = hosts?.filter((host) => host !== undefined);
  return known?.length === hosts?.length ? known : undefined;
}

const anyLabels = String.raw`(?:[^.:]+\.)+`;

/** The proxy compares whole values, so that anchors at the ends say nothing. */
function withoutAnchors(pattern: string): string {
  const start = pattern.startsWith('^') ? pattern.slice(1) : pattern;
  const isAnchor = start.endsWith('$') && !/\\(?:\\\\)*\$$/.test(start);
  return isAnchor && !hasAlternative(start) ? start.slice(0, -1) : start;
}

/** Returns the only text that a pattern takes; undefined for a pattern with more than that. */
function literalOf(pattern: string): string | undefined {
  if (!/^(?:[^\\.+*?()|[\]{}^$]|\\[^A-Za-z0-9])*$/.test(pattern)) return undefined;
  return pattern.replace(/\\(.)/g, '$1');
}

/** Returns true for a pattern with `|` outside of groups: an ending belongs to the last alternative alone. */
function hasAlternative(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, '_').replace(/\[\^?\]?[^\]]*\]/g, '_');
  let depth = 0;
  for (const letter of bare) {
    if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    else if (letter === '|' && depth <= 0) return true;
  }
  return false;
}

/** Returns true for a pattern that may take a `?`, so that the rest of it is asked of the query. */
function takesQuestionMark(pattern: string): boolean {
  const bare = pattern.replace(/\\\?/g, 'Q').replace(/\\[.+*()|[\]{}^$/-]/g, '_');
  return /Q|\.|\\[DSWx]|\[\^[^\]?]*\]/.test(bare);
}
