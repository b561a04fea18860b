import type { AccessRule, CallerMatch } from '../ir/access.ts';
import type { Service } from '../ir/service.ts';
import type { Callers } from '../reach/callers.ts';
import { all, any, type Condition, not } from '../reach/condition.ts';
import { ruleCondition } from '../reach/meaning/access-condition.ts';
import type { SymbolicArrival } from '../reach/meaning/symbolic-arrival.ts';
import { arrivalsAt, readsHost } from './arrivals-at.ts';
import { isEmpty } from './empty-condition.ts';

/**
 * The use of a rule at a service. `decides`: without the rule some call is decided otherwise, or the comparison can't
 * know. `impossible`: exceptions take all that it takes. `idleDeny`: it refuses what no allow lets in. `coveredAllow` and
 * `coveredDeny`: other rules let in or refuse the same.
 */
export type RuleUse = 'decides' | 'impossible' | 'idleDeny' | 'coveredAllow' | 'coveredDeny';

/** The most rules of one service that are compared: each is asked about all others. */
const mostRules = 60;

/** Conditions of the calls that one rule takes: one for each kind of call. */
type Taken = readonly Condition[];

/**
 * Returns the use of each rule of a service; none if all decide. Of rules that cover each other only the later ones are
 * covered. An allow for anyone covers no other: it is often there for a time.
 */
export function usesOfRules(
  { access, ...service }: Service,
  callers: () => Callers,
): ReadonlyMap<AccessRule, RuleUse> {
  const { allow, deny, closed } = access;
  const isSuspect =
    (closed && deny.length > 0) ||
    [...allow, ...deny].some(({ except }) => except !== undefined) ||
    (closed && mayCover(allow)) ||
    mayCover(deny);
  const isLarge = allow.length + deny.length > mostRules;
  if (!isSuspect || isLarge || [...allow, ...deny].some(readsHost)) return new Map();
  return new RuleUses(access, arrivalsAt({ ...service, access }, callers())).find();
}

class RuleUses {
  private readonly uses = new Map<AccessRule, RuleUse>();
  private readonly allowed: ReadonlyMap<AccessRule, Taken>;
  private readonly denied: ReadonlyMap<AccessRule, Taken>;
  private readonly access: Service['access'];
  private readonly arrivals: readonly SymbolicArrival[];

  constructor(access: Service['access'], arrivals: readonly SymbolicArrival[]) {
    this.access = access;
    this.arrivals = arrivals;
    this.allowed = new Map(access.allow.map((rule) => [rule, takenBy(rule, 'allow', arrivals)]));
    this.denied = new Map(access.deny.map((rule) => [rule, takenBy(rule, 'deny', arrivals)]));
  }

  find(): ReadonlyMap<AccessRule, RuleUse> {
    const allow = this.possible(this.allowed);
    const deny = this.possible(this.denied);
    if (this.access.closed) this.judge(deny, 'idleDeny', (_, kind) => anyOf(allow, kind));
    const refusing = new Map([...deny].filter(([rule]) => this.uses.get(rule) !== 'idleDeny'));
    this.judgeCovered(refusing, 'coveredDeny', () => true);
    if (this.access.closed) this.judgeCovered(allow, 'coveredAllow', isForSome);
    return this.uses;
  }

  /** Returns the rules that take some call. Wrong paths and values, and ports without requests, have their own findings. */
  private possible(rules: ReadonlyMap<AccessRule, Taken>): ReadonlyMap<AccessRule, Taken> {
    const possible = new Map<AccessRule, Taken>();
    for (const [rule, taken] of rules) {
      if (!isEmpty(taken)) possible.set(rule, taken);
      else this.uses.set(rule, isExcepted(rule, this.arrivals) ? 'impossible' : 'decides');
    }
    return possible;
  }

  private judge(
    rules: ReadonlyMap<AccessRule, Taken>,
    use: RuleUse,
    needed: (rule: AccessRule, kind: number) => Condition,
  ): void {
    for (const [rule, taken] of rules) {
      const left = taken.map((one, kind) => (one === false ? false : all([one, needed(rule, kind)])));
      this.uses.set(rule, isEmpty(left) ? use : 'decides');
    }
  }

  private judgeCovered(
    rules: ReadonlyMap<AccessRule, Taken>,
    use: RuleUse,
    mayCoverOthers: (rule: AccessRule) => boolean,
  ): void {
    const kept = new Map(rules);
    for (const [rule, taken] of [...rules].reverse()) {
      const others = new Map([...kept].filter(([one]) => one !== rule && mayCoverOthers(one)));
      if (!isCoverable(rule, [...others.keys()])) {
        this.uses.set(rule, 'decides');
        continue;
      }
      this.judge(new Map([[rule, taken]]), use, (_, kind) => not(anyOf(others, kind)));
      if (this.uses.get(rule) === use) kept.delete(rule);
    }
  }
}

function anyOf(rules: ReadonlyMap<AccessRule, Taken>, kind: number): Condition {
  return any([...rules.values()].map((taken) => taken[kind] ?? false));
}

function takenBy(rule: AccessRule, effect: 'allow' | 'deny', arrivals: readonly SymbolicArrival[]): Taken {
  return arrivals.flatMap((arrival) =>
    [false, true].map((hasToken) => ruleCondition(rule, effect, arrival, hasToken)),
  );
}

/** Returns true if a rule takes calls but for its exceptions. */
function isExcepted(rule: AccessRule, arrivals: readonly SymbolicArrival[]): boolean {
  const { except, ...whole } = rule;
  return except !== undefined && !isEmpty(takenBy(whole, 'deny', arrivals));
}

function mayCover(rules: readonly AccessRule[]): boolean {
  return rules.some((rule) =>
    isCoverable(
      rule,
      rules.filter((one) => one !== rule),
    ),
  );
}

/** Returns true if each caller that a rule names is among the callers of others. */
function isCoverable({ from }: AccessRule, others: readonly AccessRule[]): boolean {
  const taken = others.flatMap((one) => one.from ?? [anyone]);
  return (from ?? [anyone]).every((caller) => taken.some((one) => includes(one, caller)));
}

const anyone: CallerMatch = { type: 'anyone' };

function isForSome({ from = [anyone] }: AccessRule): boolean {
  return !from.some(({ type }) => type === 'anyone');
}

/** Returns true if callers may include others; addresses and identities are compared as a whole. */
function includes(wide: CallerMatch, narrow: CallerMatch): boolean {
  if (wide.type === 'anyone') return true;
  if (wide.type === 'authenticated') return narrow.type !== 'anyone' && narrow.type !== 'address';
  if (wide.type === 'spiffe') return narrow.type === 'spiffe' && narrow.id === wide.id;
  if (wide.type === 'address') return narrow.type === 'address';
  const prefix = `spiffe://${wide.trustDomain}/ns/${wide.namespace}/`;
  if (narrow.type === 'spiffe') return narrow.id.startsWith(prefix);
  return (
    narrow.type === 'namespace' &&
    narrow.trustDomain === wide.trustDomain &&
    narrow.namespace === wide.namespace
  );
}
