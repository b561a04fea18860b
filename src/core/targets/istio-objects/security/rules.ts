import type { AccessException, AccessRule } from '../../../ir/access.ts';
import type { Limit } from '../../target.ts';
import type { PolicyCondition, PolicyRule } from '../crds/parts.ts';
import { anyToken, claimConditions } from './claim-conditions.ts';
import { sayExceptions, streamExceptions, withExceptions } from './exceptions.ts';
import type { Effect } from './expressible-values.ts';
import type { Guarded } from './guarded.ts';
import { lowerOperation, type Operation } from './operations.ts';
import { ruleLimit } from './rule-limit.ts';
import { type Source, sources } from './sources.ts';
import { exceptionVerdict, reading, tokenVerdict, type Verdict } from './verdicts.ts';

/**
 * Rules of an AuthorizationPolicy, the verdicts that proxies must record for them, and the parts of the spec's rules
 * that they don't express.
 */
export interface LoweredRules {
  readonly rules: readonly PolicyRule[];
  readonly verdicts: readonly Verdict[];
  readonly lost: readonly Limit[];
}

/**
 * Lowers the rules of an Access to Istio's. If Istio can't express a condition, the rule refuses more: an allow matches
 * fewer calls, a deny matches more. On ports that aren't HTTP Istio would ignore such conditions of a deny, so only
 * rules without them apply there.
 */
export function lowerRules(rules: readonly AccessRule[], effect: Effect, guarded: Guarded): LoweredRules {
  return joined(rules.map((rule) => lowerRule(rule, effect, guarded)));
}

function joined(all: readonly LoweredRules[]): LoweredRules {
  return {
    rules: all.flatMap((one) => one.rules),
    verdicts: all.flatMap((one) => one.verdicts),
    lost: all.flatMap((one) => one.lost),
  };
}

const nothing: LoweredRules = { rules: [], verdicts: [], lost: [] };

function lowerRule(rule: AccessRule, effect: Effect, guarded: Guarded): LoweredRules {
  const knowsAddresses = guarded.hidesAddresses !== true;
  const callers = sources(rule.from, effect, knowsAddresses);
  const hidden = !knowsAddresses && rule.from?.some(({ type }) => type === 'address') === true;
  const unknown = hidden ? [ruleLimit('access.address', noAddress, effect, rule)] : [];
  if (callers?.length === 0) return { ...nothing, lost: unknown };
  const { except, ...whole } = rule;
  if (except !== undefined) return lowerExcepting(whole, except, effect, guarded);
  const asked = rule.to ?? [{ origin: rule.origin }];
  const operations = asked.map((one) => lowerOperation(one, effect, guarded, rule.when !== undefined));
  const tokens = rule.when?.map((condition) => {
    const said = claimConditions(condition);
    if (said !== undefined) return { alternatives: said, verdicts: [] };
    const verdict = tokenVerdict(condition);
    return { alternatives: [[anyToken, reading(verdict, effect)]], verdicts: [verdict] };
  });
  const alternatives = tokens?.flatMap((token) => token.alternatives) ?? [[]];
  const kept = operations.flatMap(({ operation }) => operation ?? []);
  return {
    rules: alternatives.flatMap((when) => groups(kept).map((group) => istioRule(callers, group, when))),
    verdicts: [...operations, ...(tokens ?? [])].flatMap(({ verdicts }) => verdicts),
    lost: [...unknown, ...operations.flatMap((one) => one.lost)],
  };
}

/**
 * Lowers a rule with exceptions: in Istio's form if possible; otherwise by a verdict for ports with requests, and by
 * callers for other ports. If that is impossible, an allow matches nobody and a deny has no exceptions.
 */
function lowerExcepting(
  whole: AccessRule,
  except: readonly AccessException[],
  effect: Effect,
  guarded: Guarded,
): LoweredRules {
  const said = sayExceptions(except, guarded);
  if (said !== undefined) {
    const lowered = lowerRule(whole, effect, guarded);
    return { ...lowered, rules: lowered.rules.map((one) => withExceptions(one, said)) };
  }
  const verdict = exceptionVerdict(except, guarded);
  if (verdict === undefined) {
    const missing = except.map((exception) => ruleLimit('access.except', noExceptions, effect, exception));
    const lowered = effect === 'allow' ? nothing : lowerRule(whole, effect, guarded);
    return { ...lowered, lost: [...lowered.lost, ...missing] };
  }
  const at = (names: readonly string[]): LoweredRules =>
    lowerRule({ ...whole, to: narrowed(whole, names) }, effect, guarded);
  const [http, streams] = [true, false].map((kind) =>
    guarded.ports.flatMap(({ name, http: carries }) => (carries === kind ? [name] : [])),
  );
  const requests = at(http ?? []);
  const condition = reading(verdict, effect);
  return joined([
    {
      ...requests,
      rules: requests.rules.map((one) => ({ ...one, when: [...(one.when ?? []), condition] })),
      verdicts: [...requests.verdicts, verdict],
    },
    ...(streams ?? []).map((name) => {
      const others = streamExceptions(except, name);
      if (others === undefined) return nothing;
      const lowered = at([name]);
      return { ...lowered, rules: lowered.rules.map((one) => withExceptions(one, others)) };
    }),
  ]);
}

/** Returns the operations of a rule at some ports only, by name. */
export function narrowed(
  { to, origin }: AccessRule,
  names: readonly string[],
): NonNullable<AccessRule['to']> {
  return (to ?? [{ origin }]).map((one) => ({
    ...one,
    ports: names.filter((name) => one.ports?.includes(name) ?? true),
  }));
}

const noExceptions =
  'an exception asks for an address, for what a waypoint changes later, for one of its ports, or for one of several ports that lead to one of the pods';

const noAddress =
  'a policy of Istio takes the proxy in front for the client when the address is not in its list';

/**
 * Returns groups of operations that can be in one rule. First those with only ports: on ports that aren't HTTP Istio
 * drops an allow if any part of it has more. Then the others without conditions on headers, which belong to a whole
 * rule.
 */
function groups(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const plain = operations.filter(({ when }) => when.length === 0);
  const ofPorts = plain.filter(({ operation }) => Object.keys(operation).every((field) => field === 'ports'));
  const ofRequests = plain.filter((one) => !ofPorts.includes(one));
  const others = operations.filter(({ when }) => when.length > 0).map((one) => [one]);
  return [ofPorts, ofRequests, ...others].filter((group) => group.length > 0);
}

function istioRule(
  callers: readonly Source[] | undefined,
  group: readonly Operation[],
  token: readonly PolicyCondition[],
): PolicyRule {
  const when = [...group.flatMap((one) => one.when), ...token];
  const any = group.some(({ operation }) => Object.keys(operation).length === 0);
  return {
    ...(callers && { from: callers.map((source) => ({ source })) }),
    ...(!any && { to: group.map(({ operation }) => ({ operation })) }),
    ...(when.length > 0 && { when }),
  };
}
