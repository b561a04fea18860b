import { defined, unlessEmpty } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { type LeavesAnnotation, readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { arrivesElsewhere } from './arrival-ports.ts';
import type { RouteHome } from './backends.ts';
import type { Grants } from './grants.ts';
import type { KnownGateway } from './known-gateway.ts';
import { joinRules, type RankedRule, readBackends, readRouteRule } from './route-rules.ts';
import { inPrecedence } from './rule-order.ts';

/** The objects that routes refer to. */
export interface RouteWorld {
  readonly context: ReadContext;
  readonly gateways: readonly KnownGateway[];
  readonly grants: Grants;
  /** The ways in which one mesh reads routes otherwise. */
  readonly dialect?: RouteDialect;
}

/** The ways in which one mesh reads routes otherwise than the Gateway API says. */
export interface RouteDialect {
  /** Returns true for a route of the mesh's own API group. */
  readonly isRoute: (document: NativeDocument) => boolean;
  /** Returns true for an annotation that `settingsOf` accounts for. */
  readonly leaves: LeavesAnnotation;
  /** Returns settings of a whole route, which win over those of its rules. */
  readonly settingsOf: (document: NativeDocument) => Pick<RouteRule, 'timeout' | 'retries'>;
  /** Returns the rank of a match by its rank in the Gateway API. */
  readonly rankOf: (rank: readonly number[], kind: string) => readonly number[];
}

const protocols = { HTTPRoute: 'http', GRPCRoute: 'grpc', TLSRoute: 'tls', TCPRoute: 'tcp' } as const;

/** Rules of one route at one place: a host of a Gateway, or a Service. */
interface Part {
  readonly document: NativeDocument;
  readonly namespace: string;
  readonly kind: keyof typeof protocols;
  readonly rules: readonly RankedRule[];
  /** The listeners, or the port, of the parent reference; absent for all. */
  readonly ports?: readonly string[];
  /** The namespace of the callers that it holds for; absent for all. */
  readonly callers?: string;
}

/**
 * Reads routes. All routes at one host of a Gateway, and all of a Service, share one list of rules that goes by the rank of their
 * matches; each place so becomes one Route.
 */
export function readRoutes(documents: readonly NativeDocument[], world: RouteWorld): readonly ReadDocument[] {
  const atGateways = new Map<string, Part[]>();
  const ofServices = new Map<string, Part[]>();
  for (const document of documents) readRoute(document, world, atGateways, ofServices);
  return [
    ...gatewayRoutes(atGateways),
    ...[...ofServices].sort(byKey).map(([id, parts]) => serviceRoute(id, parts)),
  ];
}

function readRoute(
  document: NativeDocument,
  world: RouteWorld,
  atGateways: Map<string, Part[]>,
  ofServices: Map<string, Part[]>,
): void {
  const { root } = document;
  const kind = document.kind as keyof typeof protocols;
  const namespace = world.context.namespaceOf(document);
  readHeader(document, world.dialect?.leaves);
  const spec = root.at('spec');
  spec.entries();
  const hostnames = readHostnames(spec.at('hostnames'));
  spec.at('useDefaultGateways').lost({ callers: 'the route holds at the Gateways that it names alone' });
  const parents = spec
    .at('parentRefs')
    .items()
    .map((ref) => ({ ref, parent: readParent(ref, namespace, world) }));
  const isAtGateway = parents.some(({ parent }) => parent?.gateway !== undefined);
  const home: RouteHome = {
    kind,
    namespace,
    isAtGateway,
    protocol: protocols[kind],
    grants: world.grants,
    context: world.context,
    settings: world.dialect?.settingsOf(document) ?? {},
    namesPort: parents.some(({ parent }) => arrivesElsewhere(parent, world)),
  };
  const rules = spec
    .at('rules')
    .items()
    .flatMap((rule) => readRules(rule, home, hostnames))
    .map((rule) => ranked(rule, kind, world));
  if (rules.length === 0) return;
  for (const { ref, parent } of parents) {
    if (!isTaken(parent)) continue;
    const part: Part = { document, namespace, kind, rules, ...defined({ ports: parent.ports }) };
    if (parent.gateway !== undefined)
      for (const host of hostnames.length === 0 ? ['*'] : hostnames)
        push(atGateways, JSON.stringify([parent.gateway, host, isStream(kind) ? kind : 'http']), part);
    else if (parent.service !== undefined) {
      const [own = ''] = parent.service.split('/');
      if (own !== namespace) ref.at('namespace').text();
      push(ofServices, parent.service, own === namespace ? part : { ...part, callers: namespace });
    }
  }
}

/** Returns true for a parent that takes the route at some port. */
function isTaken(parent: Parent | undefined): parent is Parent {
  return parent !== undefined && parent.ports?.length !== 0;
}

/** Returns a rule with the rank that the mesh gives it. */
function ranked(rule: RankedRule, kind: string, { dialect }: RouteWorld): RankedRule {
  return dialect === undefined ? rule : { ...rule, rank: dialect.rankOf(rule.rank, kind) };
}

function isStream(kind: string): boolean {
  return kind === 'TLSRoute' || kind === 'TCPRoute';
}

function readRules(rule: Field, home: RouteHome, hostnames: readonly string[]): readonly RankedRule[] {
  if (!isStream(home.kind)) return readRouteRule(rule, home);
  rule.at('name').withoutEffect('names of rules stand in statuses alone');
  const backends = readBackends(rule.at('backendRefs'), home);
  if (home.isAtGateway) return backends.length === 0 ? [] : [{ rank: [0], match: {}, rule: { backends } }];
  // A share of nothing closes the connections, as a backend that is not there does.
  const action = { backends: backends.length === 0 ? [{ weight: 0 }] : backends };
  if (home.kind !== 'TLSRoute' || hostnames.length === 0) return [{ rank: [0], match: {}, rule: action }];
  return hostnames.map((sni) => ({
    rank: [sni.startsWith('*') ? 1 : 2, sni.length],
    match: { sni: [sni] },
    rule: action,
  }));
}

function readHostnames(list: Field): readonly string[] {
  return list.items().flatMap((item) => {
    const host = (item.text() ?? '').toLowerCase();
    if (!isHostPattern(host)) item.lost({ callers: 'this is no host name: nothing enters by it' });
    return isHostPattern(host) ? [host] : [];
  });
}

/** The object at which a route holds. */
export interface Parent {
  readonly gateway?: string;
  readonly service?: string;
  readonly ports?: readonly string[];
}

function readParent(ref: Field, namespace: string, { gateways, context }: RouteWorld): Parent | undefined {
  ref.at('group').text();
  const kind = ref.at('kind').text() ?? 'Gateway';
  const name = ref.at('name').text() ?? '';
  const own = ref.at('namespace').text() ?? namespace;
  const number = ref.at('port').port();
  const id = `${own}/${name}`;
  if (kind === 'Service') {
    const service = context.inventory.service(id);
    const port = service?.ports.find((one) => one.port === number)?.name;
    if (service === undefined)
      context.guess(id, { protocol: 'http', ...defined({ port: number }) }, ref.at('name'));
    ref.at('sectionName').text();
    const isSeveral = service !== undefined && service.ports.length > 1;
    return { service: id, ...(isSeveral && port !== undefined ? { ports: [port] } : {}) };
  }
  const gateway = kind === 'Gateway' ? gateways.find((one) => one.id === id) : undefined;
  if (gateway === undefined) {
    ref.lost({ callers: `this ${kind} is not among the input, so nothing enters by it` });
    return undefined;
  }
  return { gateway: id, ...listenersOf(ref, gateway, namespace) };
}

/** Returns the listeners of a reference that take routes of a namespace. */
function listenersOf(ref: Field, { listeners }: KnownGateway, namespace: string): Pick<Parent, 'ports'> {
  const [section, number] = [ref.at('sectionName').text(), ref.at('port').port()];
  const named = [...listeners].filter(
    ([native, one]) => (section ?? native) === native && (number ?? one.port) === one.port,
  );
  const taken = named.filter(([, { admits }]) => admits === 'all' || admits.includes(namespace));
  if (named.length === 0) ref.lost({ callers: 'the Gateway has no such listener, so nothing enters by it' });
  else if (taken.length === 0) ref.withoutEffect('no listener takes routes of this namespace');
  return taken.length === listeners.size ? {} : { ports: taken.map(([, { name }]) => name) };
}

function push(map: Map<string, Part[]>, key: string, part: Part): void {
  map.set(key, [...(map.get(key) ?? []), part]);
}

/** Hosts of one Gateway with the same routes become one Route. */
function gatewayRoutes(parts: ReadonlyMap<string, readonly Part[]>): readonly ReadDocument[] {
  const groups = new Map<
    string,
    { readonly hosts: string[]; readonly parts: readonly Part[]; readonly gateway: string }
  >();
  for (const [key, own] of [...parts].sort(byKey)) {
    const [gateway = '', host = '', protocol = ''] = JSON.parse(key) as readonly string[];
    const id = JSON.stringify([
      gateway,
      protocol,
      own.map(({ document: { kind, namespace, name }, ports }) => [kind, namespace, name, ports]),
      host === '*',
    ]);
    const known = groups.get(id) ?? { hosts: [], parts: own, gateway };
    groups.set(id, known);
    known.hosts.push(host);
  }
  const names = new Map<string, number>();
  return [...groups.values()].map(({ hosts, parts: own, gateway }): ReadDocument => {
    const [first] = own;
    const namespace = first?.namespace ?? 'default';
    const base = dnsLabel(first?.document.name ?? '') ?? 'route';
    const count = (names.get(`${namespace}/${base}`) ?? 0) + 1;
    names.set(`${namespace}/${base}`, count);
    const named = hosts.filter((host) => host !== '*');
    const isTls = first?.kind === 'TLSRoute';
    return {
      kind: 'Route',
      namespace,
      name: count === 1 ? base : `${base.slice(0, 58)}-${String(count)}`,
      spec: {
        gateways: [gateway.startsWith(`${namespace}/`) ? gateway.slice(namespace.length + 1) : gateway],
        ...defined({ hostnames: unlessEmpty(named) }),
        rules: rulesOf(own, true).map((rule) =>
          isTls && named.length > 0 ? withCondition(rule, { sni: named }) : rule,
        ),
      },
      from: own.map(({ document }) => document.root),
    };
  });
}

function serviceRoute(id: string, parts: readonly Part[]): ReadDocument {
  const [namespace = '', service = ''] = id.split('/');
  const isLimited = parts.every(({ ports }) => ports !== undefined);
  const ports = [...new Set(parts.flatMap((part) => part.ports ?? []))];
  const isConsumers = parts.every(({ callers }) => callers !== undefined);
  const rules = rulesOf(parts, ports.length > 1 || !isLimited);
  return {
    kind: 'Route',
    namespace,
    name: dnsLabel(parts[0]?.document.name ?? service) ?? service,
    spec: {
      service,
      ...(isLimited ? { ports } : {}),
      rules: [...rules, ...(isConsumers ? [{ backends: [{}] }] : [])],
    },
    from: parts.map(({ document }) => document.root),
    beside: id,
  };
}

/**
 * Rules of callers' own namespaces come first; within one owner matches go by their rank, then by the age of the route. `byPort`:
 * rules of a part with ports hold for these ports alone.
 */
function rulesOf(parts: readonly Part[], byPort: boolean): readonly RouteRule[] {
  const ordered = (own: readonly Part[]): readonly RouteRule[] =>
    joinRules(
      inPrecedence(
        own.flatMap(({ rules, ports }) =>
          rules.flatMap((one) =>
            byPort && ports !== undefined
              ? ports.map((port) => ({ ...one, match: { ...one.match, port } }))
              : [one],
          ),
        ),
      ),
    );
  const consumers = [
    ...new Set(parts.flatMap(({ callers }) => (callers === undefined ? [] : [callers]))),
  ].sort();
  return [
    ...consumers.flatMap((callers) =>
      ordered(parts.filter((part) => part.callers === callers)).map((rule) =>
        withCondition(rule, { from: [{ namespace: callers }] }),
      ),
    ),
    ...ordered(parts.filter(({ callers }) => callers === undefined)),
  ];
}

function withCondition(rule: RouteRule, condition: RouteMatch): RouteRule {
  return { ...rule, match: (rule.match ?? [{}]).map((match) => ({ ...match, ...condition })) };
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
