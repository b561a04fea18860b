import type { AccessException, Principal } from '../../../spec/types.gen.ts';

/** Callers of some namespaces and accounts, without some of them. */
export interface CallerGroup {
  readonly from: readonly Principal[];
  readonly but: readonly Principal[];
}

/** Callers as Cilium tells them apart. */
export interface Callers {
  /** True for the pods of all namespaces. */
  readonly everyPod: boolean;
  readonly groups: readonly CallerGroup[];
  /** True for the gateways of the cluster, which are one caller. */
  readonly gateways: boolean;
  /** True for all callers that are neither pods nor gateways. */
  readonly others: boolean;
}

export const nobody: Callers = { everyPod: false, groups: [], gateways: false, others: false };
export const everybody: Callers = { everyPod: true, groups: [], gateways: true, others: true };

/** Returns callers of one list without exceptions. */
export function callersOf(from: readonly Principal[], but: readonly Principal[] = []): Callers {
  return from.length === 0 ? nobody : { ...nobody, groups: [{ from, but }] };
}

export function union(one: Callers, other: Callers): Callers {
  return {
    everyPod: one.everyPod || other.everyPod,
    groups: [...one.groups, ...other.groups],
    gateways: one.gateways || other.gateways,
    others: one.others || other.others,
  };
}

/** The callers of a rule. */
export interface RuleCallers {
  readonly from: readonly Principal[];
  readonly except?: readonly AccessException[];
}

/** A gateway of the input. */
export interface KnownGateway {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
}

/** Returns the callers in the words of rules; `authenticated` and the namespaces of the language have gateways, too. */
export function ruleCallers(callers: Callers, gateways: readonly KnownGateway[]): readonly RuleCallers[] {
  const { everyPod, others } = callers;
  const entrances = gateways.map(({ id }): Principal => ({ gateway: id }));
  const hasGateways = callers.gateways || entrances.length === 0;
  if (everyPod && others && hasGateways) return [{ from: [{ anyone: true }] }];
  const outside: readonly RuleCallers[] = others
    ? [{ from: [{ anyone: true }], except: [{ from: [{ authenticated: true }] }] }]
    : [];
  if (everyPod)
    return [
      { from: [{ authenticated: true }], ...(!hasGateways && { except: [{ from: entrances }] }) },
      ...outside,
    ];
  const whole = callers.groups.filter(({ but }) => but.length === 0).flatMap(({ from }) => from);
  const named = distinct([...whole, ...(callers.gateways ? entrances : [])]);
  const parts = callers.groups.filter(({ but }) => but.length > 0);
  const excepted = (from: readonly Principal[]): readonly Principal[] =>
    callers.gateways ? [] : gatewaysWithin(from, gateways);
  return [
    ...(named.length > 0 ? [ruleOf(named, excepted(named))] : []),
    ...parts.map(({ from, but }) => ruleOf(from, [...but, ...excepted(from)])),
    ...outside,
  ];
}

function ruleOf(from: readonly Principal[], but: readonly Principal[]): RuleCallers {
  return { from, ...(but.length > 0 && { except: [{ from: but }] }) };
}

function gatewaysWithin(from: readonly Principal[], gateways: readonly KnownGateway[]): readonly Principal[] {
  const isIn = ({ namespace }: KnownGateway): boolean =>
    from.some(
      (one) => typeof one !== 'string' && (one.namespace === namespace || one.authenticated === true),
    );
  return gateways.filter(isIn).map(({ id }) => ({ gateway: id }));
}

function distinct(list: readonly Principal[]): readonly Principal[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
