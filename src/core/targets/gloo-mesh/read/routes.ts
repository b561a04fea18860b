import { defined } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { idOfHost, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isHostPattern, isPath } from '../../../import/written-values.ts';
import type { Redirect, Rewrite, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { type DestinationWorld, readBackends } from './destinations.ts';
import { readMatcher } from './matchers.ts';
import type { RoutePolicies } from './route-policies.ts';

/** The objects that routes refer to. */
export interface RouteWorld extends DestinationWorld {
  /** Ids (`namespace/name`) of gateways. */
  readonly gateways: ReadonlySet<string>;
  /** RouteTables by `namespace/name`. */
  readonly tables: ReadonlyMap<string, NativeDocument>;
  readonly policies: RoutePolicies;
}

const deepest = 4;

/** Reads RouteTables that have hosts; tables without any are read where others delegate to them. */
export function readRouteTables(world: RouteWorld): readonly ReadDocument[] {
  const delegates = new Set<NativeDocument>();
  // Of the tables of one host those with a greater weight come first.
  const documents = joined(
    [...world.tables.values()]
      .filter(({ root }) => root.along('spec', 'hosts').isPresent)
      .toSorted((one, other) => weightOf(other) - weightOf(one))
      .flatMap((document) => readTable(document, world, delegates)),
  );
  for (const document of world.tables.values())
    if (!document.root.along('spec', 'hosts').isPresent && !delegates.has(document))
      document.root.at('spec').lost({ callers: 'no table delegates to this one, so nothing goes by it' });
  return documents;
}

function weightOf({ root }: NativeDocument): number {
  const { value } = root.along('spec', 'weight');
  return typeof value === 'number' ? value : 0;
}

/** Joins the rules of tables for one service, in their order. */
function joined(routes: readonly ReadDocument[]): readonly ReadDocument[] {
  const byService = new Map<string, ReadDocument>();
  for (const route of routes) {
    const key = `${route.namespace}/${route.name} ${route.beside ?? ''}`;
    const known = byService.get(key);
    if (known?.kind !== 'Route' || route.kind !== 'Route' || route.beside === undefined)
      byService.set(route.beside === undefined ? `${key} ${String(byService.size)}` : key, route);
    else
      byService.set(key, {
        ...known,
        spec: { ...known.spec, rules: [...(known.spec.rules ?? []), ...(route.spec.rules ?? [])] },
        from: [...known.from, ...route.from],
      });
  }
  return [...byService.values()];
}

function readTable(
  document: NativeDocument,
  world: RouteWorld,
  delegates: Set<NativeDocument>,
): readonly ReadDocument[] {
  const { root } = document;
  const { context, gateways } = world;
  const spec = root.at('spec');
  const namespace = context.namespaceOf(document);
  readRest(spec);
  const rules = rulesOf(document, world, delegates, 0);
  const hosts = spec.at('hosts').texts() ?? [];
  const entrances = spec
    .at('virtualGateways')
    .items()
    .flatMap((ref) => {
      const id = `${ref.at('namespace').text() ?? namespace}/${ref.at('name').text() ?? ''}`;
      ref.at('cluster').withoutEffect('a Gateway of the spec is in all clusters that it says');
      if (gateways.has(id)) return [id];
      ref.lost({ callers: 'no such gateway is among the input, so nothing enters by it' });
      return [];
    });
  const name = dnsLabel(document.name) ?? 'routes';
  if (rules.length === 0) {
    context.refuse(document, 'none of its rules has a form in the language');
    return [];
  }
  if (spec.at('virtualGateways').isPresent && !spec.at('workloadSelectors').isPresent) {
    const known = hosts.filter(isHostPattern);
    if (known.length < hosts.length && !hosts.includes('*'))
      spec.at('hosts').differently({ callers: 'a host with a port is not taken' });
    if (entrances.length === 0 || (known.length === 0 && !hosts.includes('*'))) return [];
    return [
      {
        kind: 'Route',
        namespace,
        name,
        spec: { gateways: entrances, ...(!hosts.includes('*') && { hostnames: known }), rules },
        from: [root],
      },
    ];
  }
  for (const entrance of spec.at('virtualGateways').items())
    entrance.lost({
      callers: 'the table is read for callers in the mesh: write a Route with the gateway, too',
    });
  return serviceRoutes(spec.at('hosts'), rules, document, world);
}

/** Accounts for fields that say nothing about where calls go. */
function readRest(spec: Field): void {
  spec.at('portalMetadata').withoutEffect('a portal shows it to people');
  spec
    .at('virtualServiceAnnotations')
    .withoutEffect('annotations of made objects change nothing for callers');
  spec.at('failureMode').withoutEffect('it is about objects that refer to nothing');
  spec.at('weight').number();
  spec.at('defaultDestination').lost({ callers: 'a rule without a destination goes to the service itself' });
  spec.at('applyToDestinations').lost({ callers: 'the rules hold for the hosts of the table alone' });
  for (const selector of spec.at('workloadSelectors').items())
    if (Object.keys(selector.value as object).length > 0)
      selector.differently({ callers: 'the rules hold for all callers in the mesh' });
    else selector.carried();
}

function serviceRoutes(
  list: Field,
  rules: readonly RouteRule[],
  document: NativeDocument,
  { context }: RouteWorld,
): readonly ReadDocument[] {
  return list.items().flatMap((item): readonly ReadDocument[] => {
    const id = idOfHost(item.text() ?? '', context.namespaceOf(document));
    const service = id === undefined ? undefined : context.inventory.service(id);
    if (service === undefined) {
      item.lost({ callers: 'no Service of the input has this host, so nobody calls it in the mesh' });
      return [];
    }
    return [
      {
        kind: 'Route',
        namespace: service.namespace,
        name: service.name,
        spec: { service: service.name, rules },
        from: [document.root],
        beside: serviceId(service),
      },
    ];
  });
}

function rulesOf(
  document: NativeDocument,
  world: RouteWorld,
  delegates: Set<NativeDocument>,
  depth: number,
): readonly RouteRule[] {
  const spec = document.root.at('spec');
  const namespace = world.context.namespaceOf(document);
  return [
    ...spec
      .at('http')
      .items()
      .flatMap((item) => {
        const delegate = item.at('delegate');
        return delegate.isPresent
          ? delegated(item, namespace, world, delegates, depth)
          : (readHttp(item, namespace, world) ?? []);
      }),
    ...[...spec.at('tcp').items(), ...spec.at('tls').items()].flatMap((item): readonly RouteRule[] => {
      const backends = readBackends(item.along('forwardTo', 'destinations'), namespace, world);
      const sni = item
        .at('matchers')
        .items()
        .flatMap((matcher) => {
          matcher.at('port').differently({ callers: 'the rule holds for all ports' });
          return matcher.at('sniHosts').texts() ?? [];
        });
      for (const key of ['hostRewrite', 'pathRewrite', 'regexRewrite', 'autoHostRewrite'])
        item.along('forwardTo', key).withoutEffect('there are no requests to rewrite');
      return backends.length === 0 ? [] : [{ ...(sni.length > 0 && { match: [{ sni }] }), backends }];
    }),
  ];
}

/** Returns the rules of the tables that a rule delegates to, if the rule itself takes every request. */
function delegated(
  item: Field,
  namespace: string,
  world: RouteWorld,
  delegates: Set<NativeDocument>,
  depth: number,
): readonly RouteRule[] {
  const matches = item
    .at('matchers')
    .items()
    .map((matcher) => readMatcher(matcher));
  item.at('name').withoutEffect('names of rules stand in logs alone');
  item.at('labels').withoutEffect('policies select the rules of the other tables');
  const delegate = item.at('delegate');
  delegate.at('sortMethod').differently({ callers: 'rules of the tables go in the order of the tables' });
  delegate.at('allowedRoutes').lost({ callers: 'routes to functions of a cloud are not in the language' });
  const found = delegate
    .at('routeTables')
    .items()
    .flatMap((ref) => {
      const id = `${ref.at('namespace').text() ?? namespace}/${ref.at('name').text() ?? ''}`;
      ref.at('cluster').withoutEffect('tables of all clusters are among the input');
      const table = world.tables.get(id);
      if (table === undefined) ref.lost({ callers: 'no table of this name is among the input' });
      return table ?? [];
    });
  const isAll = matches.every((match) => match !== undefined && Object.keys(match).length === 0);
  if (!isAll || depth >= deepest) {
    item.lost({
      callers:
        'conditions of two tables do not hold together in the language, so that such requests go by the next rule',
    });
    return [];
  }
  return found.flatMap((table) => {
    delegates.add(table);
    readRest(table.root.at('spec'));
    return rulesOf(table, world, delegates, depth + 1);
  });
}

function readHttp(item: Field, namespace: string, world: RouteWorld): RouteRule | undefined {
  item.at('name').withoutEffect('names of rules stand in logs alone');
  const labels = item.at('labels').labels() ?? {};
  item.at('graphql').lost({ callers: 'the language has no GraphQL' });
  const matchers = item.at('matchers').items();
  const matches = matchers.flatMap((matcher) => readMatcher(matcher) ?? []);
  if (matches.length === 0 && matchers.length > 0) return undefined;
  const isAny = matches.length === 0 || matches.some((match) => Object.keys(match).length === 0);
  const match = isAny ? {} : { match: matches };
  const redirect = item.at('redirect');
  if (redirect.isPresent) return { ...match, redirect: readRedirect(redirect) };
  const direct = item.at('directResponse');
  if (direct.isPresent) {
    const [status, body] = [direct.at('status').number() ?? 200, direct.at('body').text()];
    return { ...match, respond: { status, ...defined({ body }) } };
  }
  const forward = item.at('forwardTo');
  const backends = readBackends(forward.at('destinations'), namespace, world);
  const rewrite = readRewrite(forward, matches);
  forward.at('regexRewrite').lost({ callers: 'the path is passed on as it is' });
  forward.at('autoHostRewrite').lost({ callers: 'the host is passed on as it is' });
  if (backends.length === 0 && forward.at('destinations').isPresent) {
    item.lost({ callers: 'no destination is a service of the mesh: such requests go by the next rule' });
    return undefined;
  }
  return {
    ...match,
    ...(backends.length > 0 && { backends }),
    ...(rewrite && { rewrite }),
    ...world.policies.ofRoute(labels, namespace),
  };
}

function readRewrite(forward: Field, matches: readonly RouteMatch[]): Rewrite | undefined {
  const [path, host] = [forward.at('pathRewrite').text(), forward.at('hostRewrite').text()];
  const isExact = matches.length > 0 && matches.every((match) => match.path?.exact !== undefined);
  const isPrefix = matches.length > 0 && matches.every((match) => match.path?.startsWith !== undefined);
  const isSaid = path !== undefined && isPath(path) && (isExact || isPrefix);
  if (path !== undefined && !isSaid)
    forward.at('pathRewrite').lost({ callers: 'the path is passed on as it is' });
  const rewrite = {
    ...(isSaid && { path: isExact ? { replaceFull: path } : { replacePrefix: path } }),
    ...(host !== undefined && isHostPattern(host) && { host }),
  };
  return Object.keys(rewrite).length === 0 ? undefined : rewrite;
}

const statuses = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
} as const;

function readRedirect(field: Field): Redirect {
  const [host, path] = [field.at('hostRedirect').text(), field.at('pathRedirect').text()];
  for (const key of ['httpsRedirect', 'stripQuery'])
    field.at(key).withoutEffect('the API has no such field, and drops it');
  const word = field.at('responseCode').text() ?? 'MOVED_PERMANENTLY';
  return {
    ...(host !== undefined && isHostPattern(host) && { host }),
    ...(path !== undefined && isPath(path) && { path }),
    status: Object.hasOwn(statuses, word) ? statuses[word as keyof typeof statuses] : 301,
  };
}
