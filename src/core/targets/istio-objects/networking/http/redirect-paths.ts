import type { PathMatch } from '../../../../ir/match.ts';
import type { PathChange } from '../../../../ir/route.ts';
import type { HttpRedirect } from '../../crds/parts.ts';

/** The path of a redirect for request paths that fit `matched`; if absent, for the paths of the rule's match. */
export interface RedirectPath {
  readonly matched?: PathMatch;
  readonly fields: HttpRedirect;
}

/**
 * Returns the paths of a redirect in Istio's form, the narrower first. Istio replaces a prefix by characters, and
 * leaves two slashes if both prefixes end with one. A prefix by path element therefore becomes the path itself and all
 * paths below.
 */
export function redirectPaths(
  change: PathChange | undefined,
  matched: PathMatch | undefined,
  minor: number,
): readonly RedirectPath[] {
  if (change === undefined) return [{ fields: {} }];
  const { type, value } = change;
  if (type === 'replaceFull') return [{ fields: { uri: value } }];
  const starting = (text: string, by: string): RedirectPath => ({
    matched: { type: 'startsWith', value: text },
    fields: prefixRewrite(by, minor),
  });
  if (matched?.type === 'startsWith') {
    const meets = value.endsWith('/') && !matched.value.endsWith('/');
    return [...(meets ? [starting(`${matched.value}/`, value)] : []), starting(matched.value, value)];
  }
  const prefix = matched?.value ?? '';
  const text = value.replace(/\/+$/, '');
  const below = starting(`${prefix}/`, `${text}/`);
  if (prefix === '') return [below];
  return [{ matched: { type: 'exact', value: prefix }, fields: { uri: text === '' ? '/' : text } }, below];
}

/**
 * Returns the prefix rewrite of a redirect. Istio before 1.31 has no field for it, but passes a command of Envoy
 * through.
 */
function prefixRewrite(text: string, minor: number): HttpRedirect {
  return minor >= 31 ? { prefixRewrite: text } : { uri: `%PREFIX()%${text}` };
}
