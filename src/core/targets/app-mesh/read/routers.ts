import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Protocol, RouteRule } from '../../../spec/types.gen.ts';
import { readPortMapping } from './listeners.ts';
import type { Nodes } from './nodes.ts';
import type { Objects } from './objects.ts';
import { idOfHost, nameFrom } from './references.ts';
import type { Resource } from './resource.ts';
import { inOrder, routeKinds } from './route-order.ts';
import { backendOf, type Lookup, type ReadService, ruleOf } from './rules.ts';
import type { ServiceDrafts } from './service-drafts.ts';

/** The virtual services of a mesh. */
export interface Routes {
  /** Returns the service or External of a virtual service, and the host by which it is called. */
  serviceOf(virtualService: string): { readonly id: string; readonly host: string } | undefined;
  /**
   * Returns the rules of a port of a virtual service, by default its first one, as a Route of another namespace says them;
   * empty without a router.
   */
  rulesOf(virtualService: string, namespace: string, port?: number): readonly RouteRule[];
  /** Returns the ids of services that a virtual service leads to. */
  leadsTo(virtualService: string): ReadonlySet<string>;
  documents(): readonly ReadDocument[];
}

interface Listener {
  readonly port: number;
  readonly protocol: Protocol;
}

/** Reads the virtual services with their routers. */
export function readRouters(
  objects: Objects,
  nodes: Nodes,
  drafts: ServiceDrafts,
  context: ReadContext,
): Routes {
  const services = new Map<string, ReadService>();
  const used = new Set<Resource>();
  const routes: ReadDocument[] = [];
  const entered = targetsOfGateways(objects);
  for (const service of objects.all('VirtualService')) {
    const { namespace, refers } = service;
    const provider = service.spec.at('provider');
    const node = refers.toNode(provider.at('virtualNode'));
    const router = refers.toRouter(provider.at('virtualRouter'));
    const read: ReadService = {
      ...placeOf(service, node, objects, nodes),
      leadsTo: new Set(),
      rules: new Map(),
    };
    services.set(service.id, read);
    const isOfGateways = entered.has(service.id) && isUncalled(service, read, nodes, objects);
    if (isOfGateways) drafts.of(read.id).isOfGateways = true;
    const lookup = { nodes, drafts, context, used, objects, namespace: read.id.split('/')[0] ?? namespace };
    const made =
      router !== undefined
        ? routedDocuments(router, service, read, lookup, provider)
        : node !== undefined
          ? nodeDocuments(node, service, read, lookup, provider)
          : [];
    if (isOfGateways) continue;
    routes.push(...made);
    const isExternal = node !== undefined && nodes.isOutside(node);
    if (!isExternal) guessUnknown(service, read, made, lookup);
  }
  for (const [virtualService, read] of services)
    for (const caller of nodes.callersOf(virtualService)) admit(caller, read, drafts);
  for (const router of objects.all('VirtualRouter'))
    if (!used.has(router))
      for (const spec of [router.spec, ...objects.routesOf(router).map(({ route }) => route)])
        spec.withoutEffect('no virtual service leads to this router');
  return {
    serviceOf: (virtualService) => services.get(virtualService),
    rulesOf: (virtualService, namespace, port) => {
      const read = services.get(virtualService);
      const rules = port === undefined ? [...(read?.rules.values() ?? [])][0] : read?.rules.get(port);
      return (rules ?? []).map((rule) => relocated(rule, read?.id ?? '', namespace));
    },
    leadsTo: (virtualService) => services.get(virtualService)?.leadsTo ?? new Set(),
    documents: () => routes,
  };
}

/** Guesses the service of routes or calls that nothing describes, such as that of a router whose nodes are not there. */
function guessUnknown(
  { id, spec }: Resource,
  read: ReadService,
  routes: readonly ReadDocument[],
  { nodes, drafts, context }: Lookup,
): void {
  const isNamed = routes.length > 0 || nodes.callersOf(id).length > 0;
  if (isNamed && !drafts.isKnown(read.id)) context.guess(read.id, { protocol: 'http' }, spec.at('provider'));
}

/** Returns true for a virtual service that no node calls, and that no name of Kubernetes leads to. */
function isUncalled(
  { id, namespace }: Resource,
  { host }: ReadService,
  nodes: Nodes,
  { namespaces }: Objects,
): boolean {
  return nodes.callersOf(id).length === 0 && idOfHost(host, namespace, namespaces) === undefined;
}

/** Returns the Routes of a virtual service by the id of its router. */
function routedDocuments(
  router: string,
  service: Resource,
  read: ReadService,
  lookup: Lookup,
  provider: Field,
): readonly ReadDocument[] {
  const found = lookup.objects.find('VirtualRouter', router);
  if (found !== undefined) return routerDocuments(found, service, read, lookup);
  provider.lost({ callers: 'the virtual router is not among the input, so calls get nowhere' });
  return [];
}

/** Returns the ids of the virtual services that routes of gateways lead to. */
function targetsOfGateways(objects: Objects): ReadonlySet<string> {
  const all = objects
    .all('GatewayRoute')
    .flatMap(({ spec, refers }) =>
      routeKinds.map((kind) => refers.toService(spec.along(kind, 'action', 'target', 'virtualService'))),
    );
  return new Set(all.filter((id) => id !== undefined));
}

/** Lets a node call what a virtual service leads to. */
function admit(
  { id: caller, from }: { readonly id: string; readonly from: Field },
  { id, leadsTo }: ReadService,
  drafts: ServiceDrafts,
): void {
  drafts.of(caller).calls.add(id);
  for (const server of leadsTo) {
    const draft = drafts.of(server);
    const [namespace = ''] = server.split('/');
    draft.callers.set(caller, { service: nameFrom(caller, namespace) });
    if (!draft.backends.has(caller)) draft.backends.set(caller, from);
    if (!draft.accessFrom.includes(from)) draft.accessFrom.push(from);
  }
}

/** Returns a rule of the service `owner` as a Route of another namespace says it. */
function relocated(rule: RouteRule, owner: string, namespace: string): RouteRule {
  const [own = ''] = owner.split('/');
  return {
    ...rule,
    ...(rule.backends && {
      backends: rule.backends.map(({ service = owner, ...backend }) => ({
        service: nameFrom(service.includes('/') ? service : `${own}/${service}`, namespace),
        ...backend,
      })),
    }),
  };
}

/** Returns the service of a virtual service: that of its host, or one of its own name. */
function placeOf(
  { name, namespace, host: called }: Resource,
  node: string | undefined,
  objects: Objects,
  nodes: Nodes,
): { readonly id: string; readonly host: string } {
  const host = called?.name ?? name;
  const id = idOfHost(host, namespace, objects.namespaces);
  if (id !== undefined) return { id, host };
  if (node !== undefined && nodes.isOutside(node)) return { id: nodes.serviceOf(node) ?? node, host };
  const own = `${namespace}/${dnsLabel(name) ?? name}`;
  called?.field.differently({
    callers: `the service is called ${own.split('/').reverse().join('.')} now`,
    witness: `a call to ${host} finds no service`,
  });
  return { id: own, host };
}

function nodeDocuments(
  node: string,
  { root }: Resource,
  read: ReadService,
  lookup: Lookup,
  provider: Field,
): readonly ReadDocument[] {
  const { nodes, drafts, context, namespace } = lookup;
  const server = nodes.serviceOf(node);
  if (server === undefined) {
    provider.lost({ callers: 'the virtual node is not among the input, so calls get nowhere' });
    return [];
  }
  if (!nodes.isOutside(node)) read.leadsTo.add(server);
  if (server === read.id) return [];
  const port = nodes.portOf(node);
  if (port !== undefined && context.inventory.service(read.id) === undefined)
    drafts.of(read.id).ports.set(port, 'http');
  const [, name = ''] = read.id.split('/');
  return [
    routeDocument(
      read.id,
      name,
      [{ backends: [backendOf(server, port, undefined, { drafts, namespace })] }],
      [root],
    ),
  ];
}

function routerDocuments(
  router: Resource,
  { root }: Resource,
  read: ReadService,
  lookup: Lookup,
): readonly ReadDocument[] {
  const { drafts, used, objects } = lookup;
  used.add(router);
  const listeners = router.spec
    .at('listeners')
    .items()
    .flatMap((item): Listener | readonly Listener[] => readPortMapping(item.at('portMapping')) ?? []);
  for (const { port, protocol } of listeners) drafts.of(read.id, root).ports.set(port, protocol);
  const routes = objects.routesOf(router);
  const sorted = inOrder(routes.map(({ route }) => route));
  for (const field of sorted) field.at('name').withoutEffect('names of routes say nothing to callers');
  const [, name = ''] = read.id.split('/');
  const from = [root, router.root, ...routes.flatMap(({ from: own }) => own ?? [])];
  if (listeners.length <= 1) {
    const rules = sorted.flatMap(
      (field) => ruleOf(field, router.refers, listeners[0]?.port, read, lookup) ?? [],
    );
    const [only] = listeners;
    if (only !== undefined && only.protocol !== 'tcp') read.rules.set(only.port, rules);
    return rules.length === 0
      ? []
      : [routeDocument(read.id, name, rules, from, portsOf(listeners, read.id, drafts))];
  }
  return listeners.flatMap((listener) => {
    const rules = sorted.flatMap(
      (field) => ruleOf(field, router.refers, listener.port, read, lookup, true) ?? [],
    );
    if (listener.protocol !== 'tcp') read.rules.set(listener.port, rules);
    const port = drafts.portName(read.id, listener.port);
    if (rules.length === 0 || port === undefined) return [];
    return [routeDocument(read.id, dnsLabel(`${name}-${port}`) ?? name, rules, from, [port])];
  });
}

/** Returns the ports of a Route for a port without HTTP; a Route without ports is for those with HTTP. */
function portsOf(
  listeners: readonly Listener[],
  id: string,
  drafts: ServiceDrafts,
): readonly string[] | undefined {
  const [listener] = listeners;
  if (listener?.protocol !== 'tcp') return undefined;
  const name = drafts.portName(id, listener.port);
  return name === undefined ? undefined : [name];
}

function routeDocument(
  id: string,
  name: string,
  rules: readonly RouteRule[],
  from: readonly Field[],
  ports?: readonly string[],
): ReadDocument {
  const [namespace = '', service = ''] = id.split('/');
  return {
    kind: 'Route',
    namespace,
    name,
    spec: { service, ...(ports && { ports }), rules },
    from,
    beside: id,
  };
}
