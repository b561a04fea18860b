import type { Field } from '../../../import/field.ts';
import { isPath } from '../../../import/written-values.ts';
import type { Rewrite, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import type { ReadMatch } from './http-match.ts';
import { grouped, type ReadRule, withMatches } from './read-rules.ts';

/** Matches with different kinds of paths have different rewrites, and so become rules of their own. */
export function withRewrites(
  field: Field,
  matches: readonly ReadMatch[] | undefined,
  rule: RouteRule,
  headerHost: string | undefined,
): readonly ReadRule[] {
  const uri = field.at('uri').text();
  const host = field.at('authority').text() ?? headerHost;
  const prefix = readRegexRewrite(field.at('uriRegexRewrite'), matches);
  if (prefix !== undefined) return withMatches(matches, () => ({ ...rule, ...rewriteOf(prefix, host) }));
  if (uri !== undefined && !isPath(uri)) {
    field.at('uri').lost({ callers: 'the path stays as it is' });
    return withMatches(matches, () => ({ ...rule, ...rewriteOf(undefined, host) }));
  }
  if (uri === undefined) return withMatches(matches, () => ({ ...rule, ...rewriteOf(undefined, host) }));
  const isPrefix = (match: ReadMatch | undefined): boolean =>
    match?.path === undefined || match.path.form === 'prefix';
  const groups = matches === undefined ? [undefined] : grouped(matches, (match) => String(isPrefix(match)));
  return groups.flatMap((group) =>
    withMatches(group?.map(withPath), (match) => {
      const path = isPrefix(match) ? { replacePrefix: uri } : { replaceFull: uri };
      const bare = match === undefined ? { match: [{ path: { startsWith: '/' } }] } : {};
      return { ...rule, ...bare, ...rewriteOf(path, host) };
    }),
  );
}

/**
 * Reads an expression for the whole path, or for its start, which all matches have as their prefix. Behind a prefix `/?` takes
 * the slash away that would meet the one at the end of the replacement, as the language does.
 */
function readRegexRewrite(field: Field, matches: readonly ReadMatch[] | undefined): Rewrite['path'] {
  if (!field.isPresent) return undefined;
  const pattern = field.at('match').text() ?? '';
  const written = field.at('rewrite').text() ?? '';
  // A doubled backslash stands for one, and one with a digit for a part of the path.
  const replacement = written.replaceAll('\\\\', '\\');
  const isLiteral = !/\\(?!\\)/.test(written.replaceAll('\\\\', '')) && isPath(replacement);
  if (isLiteral && pattern === '^.*$') return { replaceFull: replacement };
  const literal = /^\^((?:[^\\.+*?()|[\]{}^$]|\\[\\.+*?()|[\]{}^$])*)(\/\?)?$/.exec(pattern);
  const prefix = literal?.[1]?.replace(/\\(.)/g, '$1');
  const isSlashed = literal?.[2] !== undefined;
  const isReplaced = ({ path, match }: ReadMatch): boolean =>
    path?.form === 'prefix' && path.text === prefix && isSlashed === endsInSlash(replacement, match);
  if (isLiteral && matches?.every(isReplaced) === true) return { replacePrefix: replacement };
  field.lost({ callers: 'the path stays as it is: the language has no rewrite by expression' });
  return undefined;
}

/** A replacement of a prefix by path elements has no slash at its end, unless it is nothing else. */
function endsInSlash(replacement: string, { path }: RouteMatch): boolean | undefined {
  if (path?.startsWith !== undefined || !replacement.endsWith('/')) return replacement.endsWith('/');
  return replacement === '/' ? true : undefined;
}

/** `replacePrefix` needs a prefix in each match. */
function withPath(one: ReadMatch): ReadMatch {
  if (one.path !== undefined && one.match.path !== undefined) return one;
  return { ...one, match: { ...one.match, path: { startsWith: '/' } } };
}

function rewriteOf(path: Rewrite['path'], host: string | undefined): { readonly rewrite?: Rewrite } {
  if (path === undefined && host === undefined) return {};
  return {
    rewrite: {
      ...(path === undefined ? {} : { path }),
      ...(host === undefined ? {} : { host: host.toLowerCase() }),
    },
  };
}
