import type { PathMatch } from '../../../ir/match.ts';
import type { PathChange, Rewrite } from '../../../ir/route.ts';
import { pathSubstitution } from '../../envoy-filters/prefix-rewrite.ts';
import type { Fields } from '../typed-config.ts';

/**
 * Returns the fields of a RouteAction that change path and host of the request; `path` is the path condition of the
 * route.
 */
export function rewrite({ path, host }: Rewrite, matched: PathMatch | undefined): Fields {
  return {
    ...(path && regexRewrite(path, matched)),
    ...(host !== undefined && { host_rewrite_literal: host }),
  };
}

/** Returns the field of a RouteAction or RedirectAction that changes the path. */
export function regexRewrite(path: PathChange, matched: PathMatch | undefined): Fields {
  const { pattern, text } = pathSubstitution(path, matched);
  return { regex_rewrite: { pattern: { regex: pattern }, substitution: text } };
}
