import type { RouteRule } from '../../../../spec/types.gen.ts';
import type { Reading } from './reading.ts';
import type { ReadRoute } from './rules.ts';

/** Returns rules with the `cors` that their preflights say. */
export function readCors(
  reading: Reading,
  preflights: readonly ReadRoute[],
  rules: readonly RouteRule[],
  _names: readonly string[],
): readonly RouteRule[] {
  for (const { field } of preflights)
    reading.report(field, 'no preflight, which this reader has no form for');
  return rules;
}
