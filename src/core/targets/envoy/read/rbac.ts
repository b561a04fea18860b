import type { Field } from '../../../import/field.ts';
import type { AccessRule, AccessTo } from '../../../spec/types.gen.ts';
import { account, idle } from './account.ts';
import { type Expression, type RuleParts, rulesOf } from './conditions.ts';
import { type RbacPlace, readPermission, readPrincipal } from './rbac-conditions.ts';

/** The rules of a filter of access. */
export interface ReadRbac {
  readonly rules: readonly AccessRule[];
  /** True if the filter closes the listener but for its allows. */
  readonly closes: boolean;
}

const silent = {
  '@type': idle('it names the message'),
  rules_stat_prefix: idle('it names counters'),
  shadow_matcher: idle('a shadow refuses nothing'),
  shadow_rules: idle('a shadow refuses nothing'),
  shadow_rules_stat_prefix: idle('it names counters'),
  stat_prefix: idle('it names counters'),
  track_per_rule_stats: idle('it counts'),
  enforcement_type: idle('a connection is checked at its first bytes or always'),
  delay_deny: idle('a refused connection is closed later'),
};

/** Reads a filter of access (RBAC) of a listener, whose name is the port of the rules. Never admits a call that the filter refuses. */
export function readRbac(config: Field, place: Omit<RbacPlace, 'isAllow'>, listener: string): ReadRbac {
  account(config, silent);
  const rules = config.at('rules');
  const matcher = config.at('matcher');
  const ports: AccessTo = { ports: [listener] };
  if (matcher.isPresent) {
    matcher.lost({
      callers: 'a tree of conditions can not be said: nobody gets in at this listener',
      access: 'narrower',
    });
    return { rules: [], closes: true };
  }
  if (!rules.isPresent) return { rules: [], closes: false };
  const action = rules.at('action').text() ?? 'ALLOW';
  if (action === 'LOG') {
    rules.withoutEffect('the rules log requests and refuse none');
    return { rules: [], closes: false };
  }
  rules.at('audit_logging_options').withoutEffect('it logs decisions');
  const isAllow = action !== 'DENY';
  const own = { ...place, isAllow };
  const read = rules
    .at('policies')
    .entries()
    .flatMap(([, policy]) => readPolicy(policy, own).map((parts) => ruleOf(parts, ports, isAllow)));
  return { rules: read, closes: isAllow };
}

function readPolicy(policy: Field, place: RbacPlace): readonly RuleParts[] {
  const permissions = policy
    .at('permissions')
    .items()
    .map((one) => readPermission(one, place));
  const principals = policy
    .at('principals')
    .items()
    .map((one) => readPrincipal(one, place));
  const conditions = ['condition', 'checked_condition', 'cel_config'].map((name) => policy.at(name));
  const hasCondition = conditions.some(({ isPresent }) => isPresent);
  for (const field of conditions)
    field.lost({
      callers: place.isAllow
        ? 'an Access has no such condition: nobody gets in by the policy'
        : 'the policy refuses calls whatever the condition says',
      access: 'narrower',
    });
  if (hasCondition && place.isAllow) return [];
  const expression: Expression = {
    type: 'and',
    all: [
      { type: 'or', all: permissions },
      { type: 'or', all: principals },
    ],
  };
  const { rules, isExact } = rulesOf(expression, place.isAllow);
  if (!isExact)
    policy.differently({
      callers: place.isAllow
        ? 'a condition of the policy can not be said, and calls that only this part lets in are refused'
        : 'a condition of the policy can not be said, and calls are refused without it',
      access: 'narrower',
    });
  return rules;
}

function ruleOf({ from, to, except }: RuleParts, ports: AccessTo, isAllow: boolean): AccessRule {
  const rest = {
    to: [{ ...ports, ...to }],
    ...(except.length > 0 && { except }),
  };
  if (isAllow) return { allow: { from: [from ?? { anyone: true }], ...rest } };
  return { deny: { ...(from && { from: [from] }), ...rest } };
}
