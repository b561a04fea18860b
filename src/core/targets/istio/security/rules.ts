import type { AccessException, AccessRule } from '../../../ir/access.ts';
import type { Limit } from '../../target.ts';
import type { PolicyCondition, PolicyRule } from '../crds/parts.ts';
import { claimConditions } from './claim-conditions.ts';
import { sayExceptions, withExceptions } from './exceptions.ts';
import type { Guarded } from './guarded.ts';
import { lost } from './lost.ts';
import { lowerOperation, type Operation } from './operations.ts';
import type { Effect } from './said.ts';
import { type Source, sources } from './sources.ts';

/** Rules of an AuthorizationPolicy, and what of the spec's they don't say. */
export interface LoweredRules {
  readonly rules: readonly PolicyRule[];
  readonly lost: readonly Limit[];
}

/**
 * Rules of an Access as Istio's. What Istio can't say is lost on the safe side: a rule that allows takes fewer calls, one
 * that denies takes more. On ports that aren't HTTP, where Istio would widen a deny, only rules without such conditions hold.
 */
export function lowerRules(rules: readonly AccessRule[], effect: Effect, guarded: Guarded): LoweredRules {
  const all = rules.map((rule) => lowerRule(rule, effect, guarded));
  return { rules: all.flatMap((one) => one.rules), lost: all.flatMap((one) => one.lost) };
}

function lowerRule(rule: AccessRule, effect: Effect, guarded: Guarded): LoweredRules {
  const knowsAddresses = guarded.hidesAddresses !== true;
  const callers = sources(rule.from, effect, knowsAddresses);
  const hidden = !knowsAddresses && rule.from?.some(({ type }) => type === 'address') === true;
  const unknown = hidden ? [lost('access.address', noAddress, effect, rule)] : [];
  if (callers?.length === 0) return { rules: [], lost: unknown };
  const { except, ...whole } = rule;
  if (except !== undefined) return lowerExcepting(whole, except, effect, guarded);
  const asked = rule.to ?? [{ origin: rule.origin }];
  const operations = asked.map((one) => lowerOperation(one, effect, guarded, rule.when !== undefined));
  const tokens = rule.when?.map((condition) => ({ condition, ...claimConditions(condition, effect) }));
  const missing = (tokens ?? [])
    .filter(({ whole }) => !whole)
    .map(({ condition }) => lost('access.jwt', claimsAreText, effect, condition));
  const alternatives = tokens === undefined ? [[]] : tokens.flatMap(({ when }) => (when ? [when] : []));
  const kept = operations.flatMap(({ operation }) => operation ?? []);
  return {
    rules: alternatives.flatMap((when) => groups(kept).map((group) => istioRule(callers, group, when))),
    lost: [...unknown, ...operations.flatMap((one) => one.lost), ...missing],
  };
}

/** An allow whose exceptions Istio can't say lets nobody in, a deny then has none. */
function lowerExcepting(
  whole: AccessRule,
  except: readonly AccessException[],
  effect: Effect,
  guarded: Guarded,
): LoweredRules {
  const said = sayExceptions(except, guarded);
  const lowered = lowerRule(whole, effect, guarded);
  if (said !== undefined) return { ...lowered, rules: lowered.rules.map((one) => withExceptions(one, said)) };
  const missing = except.map((exception) => lost('access.except', noExceptions, effect, exception));
  return effect === 'allow'
    ? { rules: [], lost: missing }
    : { ...lowered, lost: [...lowered.lost, ...missing] };
}

const noExceptions =
  'an exception of a policy of Istio is about callers, or about one of methods, paths and hosts, where all ports carry requests';

const noAddress =
  'a policy of Istio takes the proxy in front for the client when the address is not in its list';

const claimsAreText =
  'a policy of Istio compares claims as text, so no number or truth value of a token fits, and reads a star at their end as a wildcard';

/**
 * Operations that can stand in one rule: those that ask for ports alone, since Istio drops a rule that allows on ports that
 * aren't HTTP if any part of it asks for more; then the others without conditions on headers, which belong to a whole rule.
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
