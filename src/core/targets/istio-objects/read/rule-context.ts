import type { Field } from '../../../import/field.ts';
import type { AccessParts } from './access-parts.ts';
import type { Surroundings } from './surroundings.ts';

/** The rule that a condition stands in. */
export interface RuleContext {
  readonly namespace: string;
  /** ALLOW: what can't be said is left out of the rule; DENY: the condition is left out, and the rule means more calls. */
  readonly action: 'ALLOW' | 'DENY';
  /**
   * The way in which an ALLOW at pods means the account of a waypoint: `guarded` if an ALLOW at the waypoint decides about its
   * calls, `open` if the waypoint passes all on. Absent for a policy at a waypoint.
   */
  readonly waypoint?: 'guarded' | 'open';
  /** True if a proxy enforces the policy that sees connections alone: a rule about requests allows nothing, or denies all. */
  readonly isBlind?: boolean;
  /** True if the policy holds for gateways alone, where addresses of clients count. */
  readonly isAtGateway: boolean;
  readonly surroundings: Surroundings;
  /** The service (`namespace/name`) or gateway (`gateway namespace/name`) that the policy is read for; absent for a whole namespace. */
  readonly at?: string;
  /** Names of the issuers whose tokens are checked there; without one no token is ever valid. */
  readonly issuers: ReadonlySet<string>;
}

/** Returns the context of an exception: in an allow it has to mean all callers that fit, as a condition of a deny does. */
export function opposite(rule: RuleContext): RuleContext {
  return { ...rule, action: rule.action === 'ALLOW' ? 'DENY' : 'ALLOW' };
}

/** Marks a condition that can't be said, in the way that admits fewer calls, and returns that way. */
export function unsaid(field: Field, { action }: RuleContext, why: string): AccessParts {
  const isAllow = action === 'ALLOW';
  field.differently({
    callers: `${why}; the rule ${isAllow ? 'allows nothing by it' : 'denies calls without regard to it'}`,
    access: 'narrower',
  });
  return isAllow ? { isNever: true } : {};
}
