import type { PathMatch } from '../../ir/match.ts';
import type { PathChange } from '../../ir/route.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';

/** A substitution by an RE2 expression; its text is literal except for escaped backslashes. */
export interface Substitution {
  readonly pattern: string;
  readonly text: string;
}

/**
 * Returns a change of the path as a substitution; `matched` is the path condition that the request fits. Envoy's own
 * prefix_rewrite and Istio's `uri` leave two slashes, or none, if a prefix becomes `/`.
 */
export function pathSubstitution({ type, value }: PathChange, matched: PathMatch | undefined): Substitution {
  if (type === 'replaceFull') return substitution('^.*$', value);
  const byText = matched?.type === 'startsWith';
  const prefix = quoteRegex(byText || matched?.type === 'prefix' ? matched.value : '');
  const text = byText ? value : value.replace(/\/+$/, '');
  if (text === '' || (byText && text.endsWith('/'))) return substitution(`^${prefix}/?`, text || '/');
  return substitution(`^${prefix}`, text);
}

/**
 * Returns a pattern for paths whose change is refused, because it would leave a dot segment after a slash, which the
 * next server resolves. Returns undefined if there are no such paths.
 */
export function refusedRest(
  change: PathChange | undefined,
  matched: PathMatch | undefined,
): string | undefined {
  const slash = change?.type === 'replacePrefix' && change.value.endsWith('/');
  if (!slash || matched?.type !== 'startsWith') return undefined;
  return `${quoteRegex(matched.value)}\\.{1,2}(?:[;/].*)?`;
}

function substitution(pattern: string, text: string): Substitution {
  return { pattern, text: text.replaceAll('\\', '\\\\') };
}
