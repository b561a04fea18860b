import type { StringMatch } from '../../../../ir/match.ts';
import { quoteRegex } from '../../../../lib/quote-regex.ts';
import type { StringMatch as Condition } from '../../crds/parts.ts';

/**
 * Returns a condition on a value. Istio has no suffix and no part of a text except as a regular expression; `{}` means
 * presence.
 */
export function stringMatch(match: Exclude<StringMatch, { readonly type: 'present' }>): Condition {
  switch (match.type) {
    case 'exact':
      return { exact: match.value };
    case 'prefix':
      // Istio refuses an empty prefix.
      return match.value === '' ? { regex: '.*' } : { prefix: match.value };
    case 'suffix':
      return { regex: `.*${quoteRegex(match.value)}` };
    case 'contains':
      return { regex: `.*${quoteRegex(match.value)}.*` };
    case 'regex':
      // Istio reads `*` alone as presence and refuses an empty expression.
      return { regex: match.value === '' || match.value === '*' ? `(?:${match.value})` : match.value };
  }
}

/**
 * Returns a condition for one of the values. A method is a token (RFC 9110), which may contain characters that are
 * special in RE2.
 */
export function anyOf(values: readonly string[]): Condition {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { exact: only };
  return { regex: values.map(quoteRegex).join('|') };
}
