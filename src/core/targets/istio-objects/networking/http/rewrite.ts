import type { PathMatch } from '../../../../ir/match.ts';
import type { Rewrite } from '../../../../ir/route.ts';
import { pathSubstitution } from '../../../envoy-filters/prefix-rewrite.ts';
import type { HttpRewrite } from '../../crds/parts.ts';

/** Returns changes of path and host; `matched` is the path condition that the request fits. */
export function rewrite({ path, host }: Rewrite, matched: PathMatch | undefined): HttpRewrite {
  const change = path && pathSubstitution(path, matched);
  return {
    ...(change && { uriRegexRewrite: { match: change.pattern, rewrite: change.text } }),
    ...(host !== undefined && { authority: host }),
  };
}
