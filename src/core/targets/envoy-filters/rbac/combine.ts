import type { Json } from '../../artifact.ts';

/** A permission that holds when all of these do; of none, always. */
export function all(rules: readonly Json[]): Json {
  return combined(rules, 'and_rules') ?? { any: true };
}

/** A permission that holds when one of these does; there has to be one. */
export function any(rules: readonly Json[]): Json {
  return combined(rules, 'or_rules') ?? { not_rule: { any: true } };
}

function combined(rules: readonly Json[], how: 'and_rules' | 'or_rules'): Json | undefined {
  return rules.length > 1 ? { [how]: { rules } } : rules[0];
}
