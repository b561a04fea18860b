import type { Json } from '../../artifact.ts';

/** Returns a permission that holds if all of these hold; an empty list always holds. */
export function all(rules: readonly Json[]): Json {
  return combined(rules, 'and_rules') ?? { any: true };
}

/** Returns a permission that holds if one of these holds; the list must not be empty. */
export function any(rules: readonly Json[]): Json {
  return combined(rules, 'or_rules') ?? { not_rule: { any: true } };
}

function combined(rules: readonly Json[], how: 'and_rules' | 'or_rules'): Json | undefined {
  return rules.length > 1 ? { [how]: { rules } } : rules[0];
}
