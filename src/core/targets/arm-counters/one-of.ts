import type { LabelMatcher } from '../../evidence/arms.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';

/** Returns the condition that a label has one of these values. */
export function oneOf(label: string, values: readonly string[]): LabelMatcher {
  const [only] = values;
  return values.length === 1 && only !== undefined
    ? { label, op: '=', value: only }
    : { label, op: '=~', value: values.map(quoteRegex).join('|') };
}
