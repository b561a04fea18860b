import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { Fields } from '../typed-config.ts';

/** Returns header matchers for these methods; none for `undefined`, which means every method. */
export function methodCondition(methods: readonly string[] | undefined): readonly Fields[] {
  if (methods === undefined) return [];
  return [{ name: ':method', string_match: anyOf(methods) }];
}

/**
 * Returns a string matcher for one of these values. A method is a token (RFC 9110), which may contain characters that
 * are special in RE2.
 */
export function anyOf(values: readonly string[]): Fields {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { exact: only };
  return { safe_regex: { regex: values.map(quoteRegex).join('|') } };
}
