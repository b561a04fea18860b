import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { AccessRule, AccessTo, Principal } from '../../../spec/types.gen.ts';
import { type Callees, everything, nothing, readCallees } from './callees.ts';
import type { Pods } from './pods.ts';
import { type PolicyRule, selects } from './policies.ts';
import { callsTo, type PortRule, readPorts } from './ports.ts';

/** A rule about calls that pods make. */
export interface EgressEntry {
  readonly effect: 'allow' | 'deny';
  readonly field: Field;
  readonly callees: Callees;
  readonly ports: readonly PortRule[] | undefined;
}

/** The rules about the calls of one account. */
export interface Caller {
  /** `namespace/account`. */
  readonly id: string;
  /** True if it calls what policies allow, and nothing else. */
  readonly isClosed: boolean;
  /** The rules that close it. */
  readonly closing: readonly Field[];
  readonly allowed: readonly EgressEntry[];
  readonly denied: readonly EgressEntry[];
}

/** Returns the accounts for whose calls there are rules. */
export function readEgress(
  rules: readonly PolicyRule[],
  pods: Pods,
  services: readonly KnownService[],
): readonly Caller[] {
  const entries = new Map(rules.map((rule) => [rule, readEntries(rule, pods, services)]));
  return [...pods.byAccount()].flatMap(([id, own]): readonly Caller[] => {
    const fits = rules.map((rule) => ({ rule, fit: selects(rule, own) }));
    const whole = fits.flatMap(({ rule, fit }) => (fit === 'yes' ? [rule] : []));
    const partly = fits.flatMap(({ rule, fit }) => (fit === 'unknown' ? [rule] : []));
    const closing = [...whole, ...partly].filter(({ closes }) => closes.egress);
    const of = (list: readonly PolicyRule[], effect: EgressEntry['effect']): readonly EgressEntry[] =>
      list.flatMap((rule) => (entries.get(rule) ?? []).filter((one) => one.effect === effect));
    const denied = of([...whole, ...partly], 'deny');
    if (closing.length === 0 && denied.length === 0) return [];
    for (const { field, closes } of partly)
      if (closes.egress || field.at('egressDeny').isPresent)
        field.at('endpointSelector').differently({
          callers: `other pods have the account ${id}, too: they are closed like these, and nothing that the rule allows is open to them`,
          access: 'narrower',
        });
    return [
      {
        id,
        isClosed: closing.length > 0,
        closing: closing.map(({ field }) => field.at('egress')),
        allowed: of(whole, 'allow'),
        denied,
      },
    ];
  });
}

function readEntries(
  { field, home }: PolicyRule,
  pods: Pods,
  services: readonly KnownService[],
): readonly EgressEntry[] {
  return (['allow', 'deny'] as const).flatMap((effect) =>
    field
      .at(effect === 'allow' ? 'egress' : 'egressDeny')
      .items()
      .map((item): EgressEntry => {
        item.entries();
        const ports = readPorts(item.at('toPorts'), effect);
        const named = readCallees(item, { home, pods, services, effect });
        const isOfPings = item.at('icmps').isPresent;
        item.at('icmps').lost({ callers: 'the language has no ICMP: pings are the business of the network' });
        const mode = item.along('authentication', 'mode');
        const isImpossible = mode.text() === 'test-always-fail';
        const usual = ports === undefined || isOfPings ? nothing : everything;
        const callees = isImpossible || (isOfPings && ports === undefined) ? nothing : (named ?? usual);
        return { effect, field: item, callees, ports };
      }),
  );
}

/** Returns the Accesses by which services refuse callers that may not call them. */
export function refusals(
  callers: readonly Caller[],
  services: readonly KnownService[],
): readonly ReadDocument[] {
  return services.flatMap((service) => {
    const rules = refusingRules(callers, service);
    if (rules.length === 0) return [];
    const { namespace, name } = service;
    return [
      {
        kind: 'Access',
        namespace,
        name: `${name.slice(0, 55)}-callers`,
        spec: { service: name, rules },
        from: [
          ...new Set(
            callers.flatMap(({ closing, denied }) => [...closing, ...denied.map(({ field }) => field)]),
          ),
        ],
        beside: serviceId(service),
      } satisfies ReadDocument,
    ];
  });
}

function refusingRules(callers: readonly Caller[], service: KnownService): readonly AccessRule[] {
  const byCalls = new Map<string, { readonly from: Principal[]; readonly rule: RuleParts }>();
  for (const { id, isClosed, allowed, denied } of callers) {
    const parts = [
      ...denied
        .filter(({ callees }) => callees.fit(service) !== 'no')
        .map(({ ports }): RuleParts | undefined => {
          const to = callsTo(ports, service, 'deny');
          return to?.length === 0 ? undefined : { ...(to && { to }) };
        }),
      isClosed ? withoutCalls(allowedCalls(allowed, service)) : undefined,
    ];
    for (const rule of parts) {
      if (rule === undefined) continue;
      const key = JSON.stringify(rule);
      const known = byCalls.get(key) ?? { from: [], rule };
      byCalls.set(key, known);
      known.from.push({ serviceAccount: id });
    }
  }
  return [...byCalls.values()].map(({ from, rule }) => ({ deny: { from, ...rule } }));
}

interface RuleParts {
  readonly to?: readonly AccessTo[];
  readonly except?: readonly [{ readonly to: readonly AccessTo[] }];
}

/** Returns a deny of all calls but some; undefined if all are allowed. */
function withoutCalls(calls: readonly AccessTo[] | undefined): RuleParts | undefined {
  if (calls === undefined) return undefined;
  return calls.length === 0 ? {} : { except: [{ to: calls }] };
}

/** Returns the calls to a service that rules allow: undefined for all, an empty list for none. */
function allowedCalls(
  allowed: readonly EgressEntry[],
  service: KnownService,
): readonly AccessTo[] | undefined {
  const lists = allowed
    .filter(({ callees }) => callees.fit(service) === 'yes')
    .map(({ ports }) => callsTo(ports, service, 'allow'));
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}
