import type { RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import type { ReadRule } from './read-rules.ts';

/** The rules of a VirtualService by protocol. */
export interface RuleSets {
  readonly http: readonly ReadRule[];
  readonly tls: readonly ReadRule[];
  readonly tcp: readonly ReadRule[];
}

/** Returns a rule with a further condition in each of its matches. */
export function withCondition(rule: RouteRule, condition: RouteMatch): RouteRule {
  return { ...rule, match: (rule.match ?? [{}]).map((match) => ({ ...match, ...condition })) };
}
