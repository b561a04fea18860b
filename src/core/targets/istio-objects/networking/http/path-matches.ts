import type { PathMatch } from '../../../../ir/match.ts';
import { pathMatches as matches } from '../../../../ir/string-match.ts';
import type { HttpMatch, StringMatch } from '../../crds/parts.ts';

/**
 * Returns a condition on the path as alternatives. A prefix in Istio compares characters, so a prefix by path element
 * becomes the path itself and all paths below. The proxy shortens a path that consists only of slashes to two.
 */
export function pathMatches(path: PathMatch | undefined): readonly Pick<HttpMatch, 'uri'>[] {
  if (path === undefined) return [{}];
  switch (path.type) {
    case 'exact':
      return path.value === '/' ? [uri({ exact: '/' }), uri({ exact: '//' })] : [uri({ exact: path.value })];
    case 'startsWith':
      return [uri({ prefix: path.value })];
    case 'regex':
      return matches(path, '/')
        ? [uri({ regex: path.value }), uri({ exact: '//' })]
        : [uri({ regex: path.value })];
    case 'prefix':
      return path.value === '' ? [{}] : [uri({ exact: path.value }), uri({ prefix: `${path.value}/` })];
  }
}

function uri(condition: StringMatch): Pick<HttpMatch, 'uri'> {
  return { uri: condition };
}
