import type { ReadDocument } from '../../../../import/read-document.ts';
import type { GatewayEndpoint, GatewaySpec, Listener, RouteRule } from '../../../../spec/types.gen.ts';
import { rulesOf } from './access-documents.ts';
import type { FindBackend } from './actions.ts';
import { type ReadGatewayListener, readGatewayListener } from './gateway-listeners.ts';
import type { ReadProxy } from './proxies.ts';
import type { Reading } from './reading.ts';

/** Reads the proxies of gateways as Gateways, with their Routes and their Access. */
export function readGateways(
  reading: Reading,
  proxies: readonly ReadProxy[],
  find: FindBackend,
): readonly ReadDocument[] {
  const known = new Set(reading.inventory.services.map(({ namespace, name }) => `${namespace}/${name}`));
  const groups = new Map<string, ReadProxy[]>();
  for (const proxy of proxies)
    if (!known.has(proxy.owner)) groups.set(proxy.owner, [...(groups.get(proxy.owner) ?? []), proxy]);
  return [...groups].flatMap(([id, own]) => readGateway(reading, id, own, find));
}

function readGateway(
  reading: Reading,
  id: string,
  proxies: readonly ReadProxy[],
  find: FindBackend,
): readonly ReadDocument[] {
  const [namespace = '', name = ''] = id.split('/');
  const start = reading.httpsPorts.length;
  const read = proxies.map((proxy) => ({
    proxy,
    listeners: proxy.listeners.flatMap((listener) => readGatewayListener(reading, listener, find)),
  }));
  const [first] = read;
  if (first === undefined) return [];
  const keyOf = (listeners: readonly ReadGatewayListener[]): string =>
    JSON.stringify(listeners.map(({ name: one, listener, routes }) => [one, listener, routes]).sort());
  for (const other of read.slice(1))
    if (keyOf(other.listeners) !== keyOf(first.listeners))
      reading.disagree(`the gateway ${id}`, first.proxy.field.at('node'), other.proxy.field.at('node'));
  for (const { host, port, field } of reading.httpsPorts.slice(start))
    if (httpsPort(first.listeners, host) !== port)
      reading.report(field, 'the port of the listener for https');
  const workload = reading.inventory.workloads.find(
    (one) => one.namespace === namespace && one.labels['gateway.networking.k8s.io/gateway-name'] === name,
  );
  const spec: GatewaySpec = {
    type: 'ingress',
    ...(workload && { workload: { serviceAccount: workload.serviceAccount } }),
    endpoints: read.map(({ proxy, listeners }): GatewayEndpoint => {
      const base = `${namespace}-${name}-`;
      const suffix = proxy.id.startsWith(base) ? proxy.id.slice(base.length) : '0';
      return {
        ...(!/^\d+$/.test(suffix) && { name: suffix }),
        address: listeners[0]?.address ?? '127.0.0.1',
        admin: proxy.admin,
      };
    }),
    listeners: Object.fromEntries(first.listeners.map(({ name: one, listener }) => [one, listener])),
  };
  const rules = rulesOf(
    first.listeners.map((one) => [one.name, one.access] as const),
    first.listeners.some(({ access }) => access.closed),
  );
  return [
    { kind: 'Gateway', namespace, name, spec, from: [] },
    ...(rules.length > 0
      ? [{ kind: 'Access' as const, namespace, name, spec: { gateway: name, rules }, from: [] }]
      : []),
    ...routesOf(reading, namespace, name, first.listeners),
  ];
}

/** Returns the Routes of a gateway, one for each host. */
function routesOf(
  reading: Reading,
  namespace: string,
  gateway: string,
  listeners: readonly ReadGatewayListener[],
): readonly ReadDocument[] {
  const hosts = new Set(listeners.flatMap((one) => [...one.hosts.keys()]));
  return [...hosts].flatMap((host, index): readonly ReadDocument[] => {
    const own = listeners.flatMap((one) => {
      const rules = one.hosts.get(host) ?? closest(one.hosts, host);
      return rules.length === 0 ? [] : [{ name: one.name, rules }];
    });
    if (own.length === 0) return [];
    const texts = new Set(own.map(({ rules }) => JSON.stringify(rules)));
    const isEverywhere = texts.size === 1 && own.length === listeners.length;
    const rules = isEverywhere
      ? (own[0]?.rules ?? [])
      : own.flatMap((one) => one.rules.map((rule) => atListener(rule, one.name)));
    return [
      {
        kind: 'Route',
        namespace,
        name: freeName(reading, namespace, [
          ...listeners.flatMap((one) => one.names.get(host) ?? []).slice(0, 1),
          `${gateway.slice(0, 50)}-${String(index + 1)}`,
        ]),
        spec: {
          gateways: [gateway],
          ...(host !== '*' && { hostnames: [host] }),
          rules: named(rules),
        },
        from: [],
      },
    ];
  });
}

/** Names of rules are unique in a Route. */
function named(rules: readonly RouteRule[]): readonly RouteRule[] {
  const taken = new Set<string>();
  return rules.map((rule) => {
    const { name, ...rest } = rule;
    if (name === undefined || taken.has(name)) return rest;
    taken.add(name);
    return rule;
  });
}

function atListener(rule: RouteRule, port: string): RouteRule {
  return { ...rule, match: (rule.match ?? [{}]).map((match) => ({ ...match, port })) };
}

/** Returns the port of the https listener with the most specific hostname for a host. */
function httpsPort(listeners: readonly ReadGatewayListener[], host: string): number {
  const asked = host.replace(/^\*(?=\.|$)/, '-');
  const rank = ({ hostnames = ['*'] }: Listener): number =>
    Math.max(
      ...hostnames.map((one) => {
        if (one === asked || one === host) return 10_000;
        if (one.startsWith('*.') && asked.endsWith(one.slice(1))) return one.length;
        return one === '*' ? 0 : -1;
      }),
    );
  const served = listeners
    .map(({ listener }) => listener)
    .filter(({ protocol }) => protocol === 'https')
    .map((listener) => ({ listener, rank: rank(listener) }))
    .filter((one) => one.rank >= 0)
    .sort((one, other) => other.rank - one.rank);
  return served[0]?.listener.port ?? 443;
}

/** Returns the rules of the most specific other host that covers a host: where another listener names it, these are still its rules. */
function closest(hosts: ReadonlyMap<string, readonly RouteRule[]>, host: string): readonly RouteRule[] {
  const asked = host.replace(/^\*(?=\.)/, '-');
  const covering = [...hosts.keys()]
    .filter((one) => one === '*' || (one.startsWith('*.') && asked.endsWith(one.slice(1))))
    .sort((one, other) => other.length - one.length);
  return hosts.get(covering[0] ?? '') ?? [];
}

/** Returns the first of some names that no other Route of the namespace has, or one that is made of the last. */
function freeName({ routeNames }: Reading, namespace: string, names: readonly string[]): string {
  const own =
    names.find((name) => !routeNames.has(`${namespace}/${name}`)) ?? `${names.at(-1) ?? ''}-gateway`;
  routeNames.add(`${namespace}/${own}`);
  return own;
}
