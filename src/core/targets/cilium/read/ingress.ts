import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { AccessException, AccessRule, AccessTo, ServicePort } from '../../../spec/types.gen.ts';
import { type Callers, everybody, type KnownGateway, nobody, ruleCallers, union } from './callers.ts';
import { readCallers } from './peers.ts';
import type { Pods } from './pods.ts';
import type { Governed, PolicyRule } from './policies.ts';
import { callsTo, type PortRule, readPorts, requestPorts } from './ports.ts';

/** A rule about calls that pods receive. */
interface Entry {
  readonly effect: 'allow' | 'deny';
  readonly field: Field;
  readonly callers: Callers;
  readonly ports: readonly PortRule[] | undefined;
}

/** The rules about calls that pods receive. */
export class IngressRules {
  readonly #entries = new Map<PolicyRule, readonly Entry[]>();
  readonly #gateways: readonly KnownGateway[];

  constructor(rules: readonly PolicyRule[], pods: Pods, gateways: readonly KnownGateway[]) {
    this.#gateways = gateways;
    for (const rule of rules)
      this.#entries.set(
        rule,
        (['allow', 'deny'] as const).flatMap((effect) =>
          rule.field
            .at(effect === 'allow' ? 'ingress' : 'ingressDeny')
            .items()
            .map((field) => readEntry(field, effect, { home: rule.home, pods, gateways, effect })),
        ),
      );
  }

  /** Returns the documents of a service: an Access if policies hold for it, and the protocols that they tell. */
  documents(governed: Governed): readonly ReadDocument[] {
    const { service, whole, partly } = governed;
    const closing = [...whole, ...partly].filter(({ closes }) => closes.ingress);
    markParts(governed, closing);
    const of = (rules: readonly PolicyRule[], effect: Entry['effect']): readonly Entry[] =>
      rules.flatMap((rule) => (this.#entries.get(rule) ?? []).filter((one) => one.effect === effect));
    const allowed = of(whole, 'allow');
    const isClosed = closing.length > 0;
    if (!isClosed)
      for (const { field } of allowed)
        field.withoutEffect('the rule closes nothing, and no other policy closes these pods');
    const allows = isClosed ? accessRules(allowed, service, this.#gateways) : [];
    const denies = accessRules(of([...whole, ...partly], 'deny'), service, this.#gateways);
    const from = [...new Set([...whole, ...partly].map(({ field }) => field))];
    return [
      ...protocols(allowed, service),
      ...(isClosed ? [access(service, '', allows, from)] : []),
      ...(denies.length > 0 ? [access(service, isClosed ? '-deny' : '', denies, from)] : []),
    ];
  }

  /** Marks ports that no Service of the selected pods has. */
  markUnknownPorts(all: readonly Governed[]): void {
    for (const [rule, entries] of this.#entries) {
      const services = all
        .filter(({ whole, partly }) => whole.includes(rule) || partly.includes(rule))
        .map(({ service }) => service);
      if (services.length > 0) for (const entry of entries) markPorts(entry, services);
    }
  }
}

function markPorts({ ports, effect }: Entry, services: readonly KnownService[]): void {
  for (const one of ports ?? []) {
    const isKnown = services.some((service) => callsTo([one], service, effect)?.length !== 0);
    const callers =
      'no Service of these pods has a port with this number, so that nobody calls it by the spec';
    if (!isKnown && one.ranges.length > 0)
      one.field.at('ports').lost({ callers, ...(effect === 'allow' && { access: 'narrower' }) });
  }
}

function readEntry(field: Field, effect: Entry['effect'], context: Parameters<typeof readCallers>[1]): Entry {
  field.entries();
  const ports = readPorts(field.at('toPorts'), effect);
  const named = readCallers(field, context);
  if (field.at('icmps').isPresent)
    field.at('icmps').lost({ callers: 'the language has no ICMP: pings are the business of the network' });
  const mode = field.along('authentication', 'mode');
  const authentication = mode.text();
  if (authentication === 'required')
    mode.differently({
      callers: 'the identity of the caller is verified by its certificate, not by a handshake of Cilium',
    });
  if (authentication === 'test-always-fail') return { effect, field, callers: nobody, ports };
  const isOfPings = field.at('icmps').isPresent && ports === undefined;
  // Without callers a rule is about everybody, but only at ports.
  const callers = isOfPings ? nobody : (named ?? (ports === undefined ? nobody : everybody));
  return { effect, field, callers, ports };
}

/** Says that rules for some pods of a service hold for all of them, or for none. */
function markParts({ service, partly }: Governed, closing: readonly PolicyRule[]): void {
  for (const rule of partly)
    rule.field.at('endpointSelector').differently({
      callers: `not all pods of ${serviceId(service)} are known to be selected: it is closed as a whole, and lets nobody in by this rule`,
      ...((closing.includes(rule) || rule.field.at('ingressDeny').isPresent) && { access: 'narrower' }),
    });
}

function accessRules(
  entries: readonly Entry[],
  service: KnownService,
  gateways: readonly KnownGateway[],
): readonly AccessRule[] {
  const byCalls = new Map<
    string,
    { readonly to: readonly AccessTo[] | undefined; callers: Callers; effect: Entry['effect'] }
  >();
  for (const { callers, ports, effect } of entries) {
    const to = callsTo(ports, service, effect);
    if (to?.length === 0) continue;
    const key = JSON.stringify([effect, to]);
    const known = byCalls.get(key);
    if (known === undefined) byCalls.set(key, { to, callers, effect });
    else known.callers = union(known.callers, callers);
  }
  return [...byCalls.values()].flatMap(({ to, callers, effect }) =>
    ruleCallers(callers, gateways).map(({ from, except }): AccessRule => {
      const rest: { readonly to?: readonly AccessTo[]; readonly except?: readonly AccessException[] } = {
        ...(to && { to }),
        ...(except && { except }),
      };
      return effect === 'allow' ? { allow: { from, ...rest } } : { deny: { from, ...rest } };
    }),
  );
}

function access(
  { namespace, name }: KnownService,
  suffix: string,
  rules: readonly AccessRule[],
  from: readonly Field[],
): ReadDocument {
  return {
    kind: 'Access',
    namespace,
    name: `${name}${suffix}`,
    // An Access without rules closes.
    spec: { service: name, ...(rules.length > 0 && { rules }) },
    from,
    beside: `${namespace}/${name}`,
  };
}

/** A rule about requests says that a port takes requests, even if the Service doesn't. */
function protocols(entries: readonly Entry[], service: KnownService): readonly ReadDocument[] {
  const { namespace, name, ports } = service;
  const asked = new Set(entries.flatMap((one) => requestPorts(one.ports, service)));
  const told = ports.filter((port) => asked.has(port.name) && !isHttp(port.protocol));
  if (told.length === 0) return [];
  const written = told.map((port): readonly [string, ServicePort] => [
    port.name,
    { port: port.port, protocol: 'http' },
  ]);
  return [
    {
      kind: 'Service',
      namespace,
      name,
      spec: { ports: Object.fromEntries(written) },
      from: entries.map(({ field }) => field),
      beside: `${namespace}/${name}`,
    },
  ];
}

function isHttp(protocol: string): boolean {
  return ['http', 'http2', 'grpc'].includes(protocol);
}
