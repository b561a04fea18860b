import type { StringMatch } from '../../ir/match.ts';
import type { Fields } from '../kubernetes-objects/fields.ts';

/**
 * Returns a condition on one value in the form of Envoy's header and query matchers. Envoy refuses an empty prefix,
 * suffix or part: such a condition becomes one that fits any present value.
 */
export function stringCondition(match: StringMatch): Fields {
  if (match.type === 'present') return { present_match: match.value };
  if (match.type === 'regex') return { string_match: { safe_regex: { regex: match.value } } };
  if (match.value === '' && match.type !== 'exact') return { present_match: true };
  return { string_match: { [match.type]: match.value } };
}
