import type { StringMatch } from '../../../../ir/match.ts';
import { quoteRegex } from '../../../../lib/quote-regex.ts';
import type { StringMatch as Condition } from '../../crds/parts.ts';

/** A condition on a value. Istio has no suffix and no part of a text but as a regular expression; `{}` is presence. */
export function stringMatch(match: Exclude<StringMatch, { readonly type: 'present' }>): Condition {
  switch (match.type) {
    case 'exact':
      return { exact: match.value };
    case 'prefix':
      // An empty prefix is refused.
      return match.value === '' ? { regex: '.*' } : { prefix: match.value };
    case 'suffix':
      return { regex: `.*${quoteRegex(match.value)}` };
    case 'contains':
      return { regex: `.*${quoteRegex(match.value)}.*` };
    case 'regex':
      // A lone star would be presence to Istio, and nothing at all is refused.
      return { regex: match.value === '' || match.value === '*' ? `(?:${match.value})` : match.value };
  }
}

/** A condition that takes one of the values. A method is a token (RFC 9110), which may hold letters special in RE2. */
export function anyOf(values: readonly string[]): Condition {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { exact: only };
  return { regex: values.map(quoteRegex).join('|') };
}
