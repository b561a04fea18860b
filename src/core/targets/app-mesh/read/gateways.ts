import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels } from '../../../import/inventory.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Listener, Rewrite, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { readClientPolicy } from './backends.ts';
import { readPortMapping } from './listeners.ts';
import { readGrpcMatch, readHttpMatch } from './matches.ts';
import type { Objects } from './objects.ts';
import { nameFrom } from './references.ts';
import type { Resource } from './resource.ts';
import { readRewrite } from './rewrites.ts';
import { inOrder } from './route-order.ts';
import type { Routes } from './routers.ts';
import { readEmpty } from './rules.ts';
import type { ServiceDrafts } from './service-drafts.ts';

interface ReadGateway {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly routes: Readonly<Record<string, string>> | undefined;
  readonly ports: readonly number[];
}

/** Reads the virtual gateways with their routes: a Gateway for each, and a Route for each hostname. */
export function readGateways(
  objects: Objects,
  routes: Routes,
  drafts: ServiceDrafts,
  context: ReadContext,
): readonly ReadDocument[] {
  const gateways = objects.all('VirtualGateway').map((resource) => readGateway(resource, context));
  const made = gateways.map(({ read }) => read);
  const byHost = new Map<
    string,
    {
      head: ReadGateway;
      hostname: string | undefined;
      priority: number;
      rules: readonly RouteRule[];
      from: Field;
    }[]
  >();
  const order = new Map(
    inOrder(objects.all('GatewayRoute').map(({ spec }) => spec)).map((spec, at) => [spec, at]),
  );
  for (const route of objects.all('GatewayRoute')) {
    const head = gatewayOf(route, made);
    if (head === undefined) {
      context.refuse(route.document, 'no virtual gateway among the input takes this route');
      continue;
    }
    const one = readRoute(route, head, routes, drafts);
    if (one === undefined) continue;
    const key = `${head.namespace}/${head.name} ${one.hostname ?? '*'}`;
    byHost.set(key, [
      ...(byHost.get(key) ?? []),
      { head, from: route.root, priority: order.get(route.spec) ?? 0, ...one },
    ]);
  }
  const hostRoutes = [...byHost.values()].map((list): ReadDocument => {
    const sorted = list.toSorted((one, other) => one.priority - other.priority);
    const [first] = sorted as [(typeof sorted)[number]];
    const { head, hostname } = first;
    const label = hostname === undefined ? head.name : `${head.name}-${hostname.replace('*', 'any')}`;
    return {
      kind: 'Route',
      namespace: head.namespace,
      name: dnsLabel(label) ?? head.name,
      spec: {
        gateways: [head.name],
        ...(hostname !== undefined && { hostnames: [hostname] }),
        rules: sorted.flatMap(({ rules }) => rules),
      },
      from: sorted.map(({ from }) => from),
    };
  });
  return [...gateways.flatMap(({ documents }) => documents), ...hostRoutes];
}

function readGateway(
  resource: Resource,
  context: ReadContext,
): { readonly read: ReadGateway; readonly documents: readonly ReadDocument[] } {
  const { namespace, root, spec } = resource;
  const name = dnsLabel(resource.name) ?? resource.name;
  spec.at('namespaceSelector').withoutEffect('Routes name their Gateway');
  readClientPolicy(spec.along('backendDefaults', 'clientPolicy'));
  const selector = spec.at('podSelector');
  selector.at('matchExpressions').lost({ callers: 'a Gateway selects its pods by labels alone' });
  const labels = selector.at('matchLabels').labels();
  const routes = mapOf(spec.along('gatewayRouteSelector', 'matchLabels').value);
  spec.at('gatewayRouteSelector').withoutEffect('Routes name their Gateway');
  const file = spec.along('logging', 'accessLog', 'file');
  if (file.isPresent)
    spec.at('logging').differently({ callers: 'nothing; a gateway logs as the telemetry of the mesh says' });
  const listeners = spec
    .at('listeners')
    .items()
    .flatMap((item) => readListener(item) ?? []);
  const ports = listeners.map(({ port }) => port);
  const pods =
    labels &&
    context.inventory.workloads.find((one) => one.namespace === namespace && hasLabels(one.labels, labels));
  const isUsual = labels === undefined || (Object.keys(labels).length === 1 && labels['app'] === name);
  const account = pods?.serviceAccount;
  const workload = {
    ...(!isUsual && { labels }),
    ...(account !== undefined && account !== name && { serviceAccount: account }),
  };
  const gateway: ReadDocument = {
    kind: 'Gateway',
    namespace,
    name,
    spec: {
      ...(Object.keys(workload).length > 0 && { workload }),
      listeners: Object.fromEntries(
        listeners.map((listener) => [listenerName(listener.port, ports), listener]),
      ),
    },
    from: [root],
  };
  const access: ReadDocument = {
    kind: 'Access',
    namespace,
    name,
    spec: { gateway: name, rules: [{ allow: { from: [{ anyone: true }] } }] },
    from: [root],
  };
  const documents = listeners.length === 0 ? [] : [gateway, access];
  return { read: { resource, namespace, name, routes, ports }, documents };
}

function readListener(item: Field): Listener | undefined {
  const mapping = readPortMapping(item.at('portMapping'));
  item.at('connectionPool').lost({ callers: 'a gateway takes any number of requests' });
  item.at('healthCheck').withoutEffect('App Mesh asked the gateway itself');
  const tls = item.at('tls');
  const mode = tls.at('mode').text();
  if (mapping === undefined) return undefined;
  if (mode === undefined || mode === 'DISABLED') {
    tls.at('certificate').withoutEffect('TLS is off');
    tls.at('validation').withoutEffect('TLS is off');
    return { port: mapping.port, protocol: 'http' };
  }
  const validation = tls.at('validation');
  if (validation.isPresent) {
    validation.lost({
      callers: 'clients without a certificate could not call, so that the listener is left out',
      access: 'narrower',
    });
    tls.at('certificate').withoutEffect('the listener is left out');
    return undefined;
  }
  if (mode === 'PERMISSIVE')
    tls.at('mode').differently({ callers: 'plain text is refused on this port', access: 'narrower' });
  const chain = tls.along('certificate', 'file', 'certificateChain').text();
  const key = tls.along('certificate', 'file', 'privateKey').text();
  if (chain !== undefined && key !== undefined)
    return {
      port: mapping.port,
      protocol: 'https',
      tls: { certificate: { files: { certificate: chain, key } } },
    };
  tls.at('certificate').differently({
    callers:
      'nothing, once the Secret `gateway-certificate` is there: the language has no certificates of ACM or SDS',
  });
  return { port: mapping.port, protocol: 'https', tls: { certificate: { secret: 'gateway-certificate' } } };
}

function gatewayOf(
  { spec, root, owner, namespace: own }: Resource,
  gateways: readonly ReadGateway[],
): ReadGateway | undefined {
  if (owner !== undefined) return gateways.find(({ resource }) => resource.id === owner);
  const reference = spec.at('virtualGatewayRef');
  reference.withoutEffect('the controller fills it in by the selectors');
  const name = reference.at('name').value;
  const labels = mapOf(root.along('metadata', 'labels').value) ?? {};
  return (
    gateways.find(({ resource }) => resource.name === name) ??
    gateways.find(({ routes }) => routes !== undefined && hasLabels(labels, routes)) ??
    gateways.find(({ routes, namespace }) => routes === undefined && namespace === own) ??
    gateways.find(({ routes }) => routes === undefined)
  );
}

function readRoute(
  { spec, root, refers }: Resource,
  head: ReadGateway,
  routes: Routes,
  drafts: ServiceDrafts,
): { readonly hostname: string | undefined; readonly rules: readonly RouteRule[] } | undefined {
  const kind = ['httpRoute', 'http2Route', 'grpcRoute'].find((one) => spec.at(one).isPresent);
  if (kind === undefined) return undefined;
  const route = spec.at(kind);
  const match = route.at('match');
  const conditions = kind === 'grpcRoute' ? readGrpcMatch(match) : readHttpMatch(match);
  readEmpty(match);
  const hostname = readHostname(match.at('hostname'));
  const arrival = match.at('port').port();
  const target = route.along('action', 'target');
  const asked = target.at('port').port();
  const virtualService = refers.toService(target.at('virtualService'));
  const found = virtualService === undefined ? undefined : routes.serviceOf(virtualService);
  const rewrite = readRewrite(route, match, found?.host);
  if (virtualService === undefined || found === undefined) {
    target.lost({ callers: 'the virtual service is not among the input, so such requests get 404' });
    return undefined;
  }
  for (const server of routes.leadsTo(virtualService)) admit(server, head, root, drafts);
  if (conditions === 'lost') return undefined;
  const listener =
    arrival === undefined || head.ports.length < 2 ? undefined : listenerName(arrival, head.ports);
  const own = routes.rulesOf(virtualService, head.namespace, asked);
  const inner = own.length > 0 ? own : [{ backends: [{ service: nameFrom(found.id, head.namespace) }] }];
  const rules = inner
    .flatMap((rule) => joined(conditions, rule, rewrite) ?? [])
    .map((rule) => (listener === undefined ? rule : atListener(rule, listener)));
  if (rules.length < inner.length)
    (match.at('prefix').isPresent ? match.at('prefix') : match).differently({
      callers:
        'rules of the virtual service with conditions of their own are left out: such requests go by its later rules',
    });
  return { hostname, rules };
}

/** Lets a gateway call a service. */
function admit(server: string, head: ReadGateway, root: Field, drafts: ServiceDrafts): void {
  const draft = drafts.of(server);
  const [own = ''] = server.split('/');
  const id = `${head.namespace}/${head.name}`;
  draft.callers.set(`gateway ${id}`, { gateway: nameFrom(id, own) });
  if (!draft.accessFrom.includes(root)) draft.accessFrom.push(root);
}

/** Reads the host of a route; undefined for any host. */
function readHostname(hostname: Field): string | undefined {
  const exact = hostname.at('exact').text();
  const suffix = hostname.at('suffix').text();
  if (exact !== undefined || suffix === undefined) return exact?.toLowerCase();
  if (suffix.startsWith('.')) return `*${suffix.toLowerCase()}`;
  hostname.at('suffix').differently({ callers: 'a host ends in a dot and this suffix, in whole labels' });
  return `*.${suffix.toLowerCase()}`;
}

/** Returns the rule of a gateway that leads to a rule of a service; undefined if both have conditions. */
function joined(
  conditions: RouteMatch,
  rule: RouteRule,
  rewrite: Rewrite | undefined,
): RouteRule | undefined {
  const isAny = Object.keys(conditions).length === 0;
  if (!isAny && rule.match !== undefined) return undefined;
  const { match = isAny ? undefined : [conditions], ...rest } = rule;
  return { ...(match && { match }), ...rest, ...(rewrite && { rewrite }) };
}

/** Returns a rule for the requests that come in on one listener. */
function atListener(rule: RouteRule, port: string): RouteRule {
  return { ...rule, match: (rule.match ?? [{}]).map((match) => ({ ...match, port })) };
}

function listenerName(port: number, all: readonly number[]): string {
  return all.length === 1 ? 'web' : `web-${String(port)}`;
}

function mapOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? (value as Readonly<Record<string, string>>) : undefined;
}
