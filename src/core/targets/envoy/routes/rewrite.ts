import type { PathMatch } from '../../../ir/match.ts';
import type { Rewrite } from '../../../ir/route.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { Fields } from '../typed-config.ts';

/** Fields of a RouteAction that change path and host of the request; `path` is what the route matched. */
export function rewrite({ path, host }: Rewrite, matched: PathMatch | undefined): Fields {
  return {
    ...(path && pathRewrite(path.type, path.value, matched)),
    ...(host !== undefined && { host_rewrite_literal: host }),
  };
}

function pathRewrite(
  type: 'replacePrefix' | 'replaceFull',
  value: string,
  matched: PathMatch | undefined,
): Fields {
  if (type === 'replaceFull') return substitute('^.*$', value);
  const prefix = matched?.type === 'prefix' ? matched.value : '';
  const replacement = value.replace(/\/+$/, '');
  // What is left of the path must start with a slash even when nothing is left; Envoy's prefix_rewrite makes `//`.
  if (replacement === '') return substitute(`^${quoteRegex(prefix)}/?`, '/');
  return substitute(`^${quoteRegex(prefix)}`, replacement);
}

function substitute(regex: string, text: string): Fields {
  return { regex_rewrite: { pattern: { regex }, substitution: text.replaceAll('\\', '\\\\') } };
}
