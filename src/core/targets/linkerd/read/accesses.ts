import type { KnownPort, KnownService, KnownWorkload } from '../../../import/inventory.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { AccessRule, AccessTo } from '../../../spec/types.gen.ts';
import { anyone, type Callers } from './callers.ts';
import type { DefaultCallers } from './pod-defaults.ts';
import { exceptionsOf, matchRules, type PortRule } from './port-rules.ts';
import { isAtPort, type KnownServer } from './servers.ts';

/** The Accesses of services, and the services whose ports nothing in the input closes or opens. */
export interface ReadAccesses {
  readonly documents: readonly ReadDocument[];
  /** True if the posture of the written mesh is open. */
  readonly isOpen: boolean;
}

/** A port with its rules. */
interface GuardedPort {
  readonly port: KnownPort;
  readonly servers: readonly KnownServer[];
  readonly rules: readonly PortRule[];
}

/** Writes an Access for each service that isn't open to everybody at all ports. */
export function readAccesses(
  servers: readonly KnownServer[],
  defaults: DefaultCallers,
  protocolOf: (service: KnownService, port: KnownPort) => string,
  context: ReadContext,
): ReadAccesses {
  const used = new Set<KnownServer>();
  const read = context.inventory.services
    .filter(({ ports }) => ports.length > 0)
    .map((service) => {
      const ports = service.ports.map((port): GuardedPort => {
        const own = servers.filter((server) => guards(server, service, port));
        for (const server of own) used.add(server);
        const isHttp = ['http', 'http2', 'grpc'].includes(protocolOf(service, port));
        return { port, servers: own, rules: portRules(service, port, own, { defaults, isHttp }) };
      });
      return { service, ports };
    });
  markUnused(
    servers.filter((server) => !used.has(server)),
    context,
  );
  const isOpen = read.some(({ service }) => defaults.of(service).length > 0) || read.length === 0;
  const documents = read
    .filter(({ ports }) => !(isOpen && ports.every(({ rules }) => isForAll(rules))))
    .map(({ service, ports }) => accessOf(service, ports));
  return { documents, isOpen };
}

/** Returns true if a Server guards a port of some pods of a service. */
function guards(server: KnownServer, service: KnownService, port: KnownPort): boolean {
  const isOwn = server.namespace === service.namespace && isAtPort(server, port, service.workloads);
  return isOwn && podsOf(service).some(({ labels }) => server.selects(labels));
}

function portRules(
  service: KnownService,
  port: KnownPort,
  servers: readonly KnownServer[],
  { defaults, isHttp }: { readonly defaults: DefaultCallers; readonly isHttp: boolean },
): readonly PortRule[] {
  const pods = podsOf(service);
  const read = pods.map((pod) => {
    if (defaults.isSkipped(pod, port.targetPort)) return rulesFor(anyone);
    const [own, ...others] = servers.filter(({ selects }) => selects(pod.labels));
    for (const other of others)
      other.selector.differently({
        callers:
          'two Servers are of one port of these pods, where Linkerd takes one: calls need the leave of the same callers at both',
        access: 'narrower',
      });
    if (own === undefined) return rulesFor(defaults.ofPod(service, pod));
    const all = [own, ...others].map((server) => serverRules(server, isHttp));
    return narrowest(all);
  });
  const rules = narrowest(read);
  if (new Set(read.map(textOf)).size > 1)
    for (const { selector } of servers)
      selector.differently({
        callers: 'pods of the service have different policies, and all get the stricter one',
        access: 'narrower',
      });
  return rules;
}

/** A service whose pods nobody knows has one pod, with the labels of its selector. */
function podsOf({ workloads, selector, namespace, name }: KnownService): readonly KnownWorkload[] {
  return workloads.length > 0 ? workloads : [{ namespace, name, labels: selector, serviceAccount: name }];
}

function serverRules({ matches, callers }: KnownServer, isHttp: boolean): readonly PortRule[] {
  if (matches !== undefined && isHttp) return matchRules(matches, callers);
  // Without requests the routes of a Server decide nothing.
  return rulesFor(callers);
}

function rulesFor(callers: Callers): readonly PortRule[] {
  return callers.length === 0 ? [] : [{ from: callers }];
}

/** Returns rules that let no call in which one of the lists refuses: nobody gets in if none of the lists is the narrowest. */
function narrowest(lists: readonly (readonly PortRule[])[]): readonly PortRule[] {
  const different = [...new Map(lists.map((list) => [textOf(list), list])).values()];
  const closed = different.filter((list) => !isForAll(list));
  const [first, ...others] = closed;
  if (first === undefined) return different[0] ?? [];
  return others.length === 0 ? first : [];
}

function isForAll(rules: readonly PortRule[]): boolean {
  return rules.some(
    ({ from, to, except }) =>
      to === undefined && except === undefined && from.some((one) => one.anyone !== undefined),
  );
}

function textOf(rules: readonly PortRule[]): string {
  return JSON.stringify(rules);
}

function accessOf(
  { namespace, name, ports: all }: KnownService,
  guarded: readonly GuardedPort[],
): ReadDocument {
  const groups = new Map<string, { readonly ports: string[]; readonly rule: PortRule }>();
  for (const { port, rules } of guarded)
    for (const rule of rules) {
      const key = JSON.stringify(rule);
      const known = groups.get(key) ?? { ports: [], rule };
      known.ports.push(port.name);
      groups.set(key, known);
    }
  const rules = [...groups.values()].map(({ ports, rule }) =>
    ruleOf(rule, ports.length === all.length ? {} : { ports }),
  );
  return {
    kind: 'Access',
    namespace,
    name,
    spec: { service: name, ...(rules.length > 0 && { rules }) },
    from: [...new Set(guarded.flatMap(({ servers }) => servers.map(({ document }) => document.root)))],
    beside: `${namespace}/${name}`,
  };
}

function ruleOf(rule: PortRule, ports: AccessTo): AccessRule {
  const to =
    rule.to?.map((one) => ({ ...ports, ...one })) ?? (Object.keys(ports).length > 0 ? [ports] : undefined);
  const except = exceptionsOf(rule, ports);
  return {
    allow: { from: rule.from, ...(to && { to }), ...(except.length > 0 && { except }) },
  };
}

/** Marks Servers of no port that the spec has. */
function markUnused(servers: readonly KnownServer[], { inventory }: ReadContext): void {
  for (const { namespace, selects, selector, portField, callers } of servers) {
    const isKnown = inventory.workloads.some((one) => one.namespace === namespace && selects(one.labels));
    if (isKnown)
      portField.lost({
        callers: 'the port is no port of a Service, and the spec has the ports of Services alone',
      });
    else if (selector.value !== undefined)
      selector.lost({
        callers: 'no Service of the input has these pods, so that the rules hold for nothing in the spec',
        ...(callers.some((one) => one.anyone !== undefined) ? {} : { access: 'wider' }),
      });
  }
}
