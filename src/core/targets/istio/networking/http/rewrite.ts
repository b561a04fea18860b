import type { PathMatch } from '../../../../ir/match.ts';
import type { Rewrite } from '../../../../ir/route.ts';
import { quoteRegex } from '../../../../lib/quote-regex.ts';
import type { HttpRewrite, RegexRewrite } from '../../crds/parts.ts';

/** Changes of path and host; `matched` is the path condition that the request met. */
export function rewrite({ path, host }: Rewrite, matched: PathMatch | undefined): HttpRewrite {
  return {
    ...(path && { uriRegexRewrite: pathRewrite(path.type, path.value, matched) }),
    ...(host !== undefined && { authority: host }),
  };
}

/** By regular expression: Istio's own `uri` leaves two slashes or none where a prefix becomes `/`. */
function pathRewrite(
  type: 'replacePrefix' | 'replaceFull',
  value: string,
  matched: PathMatch | undefined,
): RegexRewrite {
  if (type === 'replaceFull') return substitute('^.*$', value);
  const prefix = matched?.type === 'prefix' ? matched.value : '';
  const replacement = value.replace(/\/+$/, '');
  return replacement === ''
    ? substitute(`^${quoteRegex(prefix)}/?`, '/')
    : substitute(`^${quoteRegex(prefix)}`, replacement);
}

function substitute(match: string, text: string): RegexRewrite {
  return { match, rewrite: text.replaceAll('\\', '\\\\') };
}
