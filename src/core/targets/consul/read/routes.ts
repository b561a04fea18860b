import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { absoluteId } from '../../../spec/absolute-id.ts';
import type { Backend, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { isText, isVersionName, readConditions } from './conditions.ts';
import { readDuration } from './durations.ts';
import { withElements } from './rewritten-prefixes.ts';
import { actionsOf } from './route-actions.ts';
import type { ServiceNames } from './services.ts';
import { isEmptySubset, leadsNowhere, readSubsets } from './subsets.ts';

/** Objects that say where calls to a service go, by their name in Consul. */
export interface RouteObjects {
  readonly routers: ReadonlyMap<string, NativeDocument>;
  readonly splitters: ReadonlyMap<string, NativeDocument>;
  readonly resolvers: ReadonlyMap<string, NativeDocument>;
  /** Names of splitters that only divide the requests of routes, see `dividers`. */
  readonly dividers: ReadonlySet<string>;
  readonly names: ServiceNames;
  readonly context: ReadContext;
}

interface RouteWorld extends RouteObjects {
  /** Versions that routes name, and that no resolver of the input has, by the ids of their services. */
  readonly missing: Map<string, Set<string>>;
}

/** Returns the Route of each service that has a router, a splitter, or a resolver that chooses instances. */
export function readRoutes(given: RouteObjects): readonly ReadDocument[] {
  const objects: RouteWorld = { ...given, missing: new Map() };
  const routes = routesOf(objects);
  const versions = [...objects.missing].map(([id, subsets]): ReadDocument => {
    const [namespace = '', name = ''] = id.split('/');
    const labels = [...subsets].map((subset) => [subset, { labels: { 'consul-subset': subset } }] as const);
    const known = given.resolvers.get(name)?.root;
    const spec = {
      versions: { ...readSubsets(known?.along('spec', 'subsets')), ...Object.fromEntries(labels) },
    };
    return { kind: 'Service', namespace, name, spec, from: known === undefined ? [] : [known], beside: id };
  });
  return [...routes, ...versions];
}

function routesOf(objects: RouteWorld): readonly ReadDocument[] {
  const { routers, splitters, resolvers } = objects;
  const names = new Set([
    ...routers.keys(),
    ...splitters.keys(),
    ...[...resolvers].filter(chooses).map(([name]) => name),
  ]);
  return [...names].sort().flatMap((name) => {
    if (objects.dividers.has(name)) return [];
    const head = routers.get(name) ?? splitters.get(name) ?? resolvers.get(name);
    if (head === undefined) return [];
    const namespace = objects.context.namespaceOf(head);
    const id = objects.names.idOf(name, namespace, head.root.along('metadata', 'name'));
    if (id === undefined) {
      objects.context.refuse(head, 'its name is no DNS label');
      return [];
    }
    const [home = namespace, service = name] = id.split('/');
    const router = routers.get(name);
    const written =
      router === undefined
        ? []
        : withElements(routerRules(router.root.along('spec', 'routes'), id, home, objects));
    const rest: RouteRule = { backends: destinations(name, undefined, home, objects) };
    const from = [routers.get(name), splitters.get(name), resolvers.get(name)].flatMap(
      (one) => one?.root ?? [],
    );
    // The implicit route of a router sends the rest to the service itself.
    const isTotal = written.some(({ match }) => match === undefined);
    return [
      {
        kind: 'Route',
        namespace: home,
        name: service,
        spec: { service, rules: isTotal ? withoutClosing(written, router) : [...written, rest] },
        from,
        beside: id,
      } satisfies ReadDocument,
    ];
  });
}

/** A last route of all other requests to a subset without instances is what the language does without it. */
function withoutClosing(
  rules: readonly RouteRule[],
  router: NativeDocument | undefined,
): readonly RouteRule[] {
  const { match, backends } = rules.at(-1) ?? {};
  const closes = match === undefined && backends?.every(({ weight }) => weight === 0) === true;
  if (!closes || rules.length < 2) return rules;
  const routes = router?.root.along('spec', 'routes').items() ?? [];
  routes
    .at(-1)
    ?.at('destination')
    .differently({ callers: 'requests that no other route takes get 404, and 503 in Consul' });
  return rules.slice(0, -1);
}

/** Returns true for a resolver that sends calls elsewhere than to all instances. */
function chooses([, { root }]: readonly [string, NativeDocument]): boolean {
  const spec = root.at('spec');
  return [spec.at('defaultSubset'), spec.along('redirect', 'service')].some(
    (field) => textOf(field) !== undefined,
  );
}

function routerRules(routes: Field, id: string, home: string, objects: RouteWorld): readonly RouteRule[] {
  return routes.items().flatMap((route) => {
    const destination = route.at('destination');
    const match = readMatch(route.along('match', 'http'));
    const [, own = ''] = id.split('/');
    const service = textOf(destination.at('service')) ?? own;
    const subset = textOf(destination.at('serviceSubset'));
    for (const name of ['namespace', 'partition'])
      destination.at(name).lost({ callers: 'the service of this name in the mesh gets the calls' });
    destination
      .at('idleTimeout')
      .lost({ callers: 'a request on which nothing moves is not ended by this time' });
    const rule = {
      ...(service === own && subset === undefined && !divides(own, objects)
        ? {}
        : { backends: destinations(service, subset, home, objects, destination.at('service')) }),
      ...actionsOf(destination, match),
    };
    if (match === 'unsayable') {
      route
        .at('match')
        .lost({ callers: 'the route is left out: such requests go by the next one that takes them' });
      return [];
    }
    const timeout = readDuration(destination.at('requestTimeout'));
    const isBare = timeout === undefined && Object.keys(rule).every((key) => key === 'backends');
    if (match !== undefined && isBare && leadsNowhere(objects.resolvers.get(service), subset))
      return [{ match: [match], respond: { status: 503 } }];
    return [{ ...(match && { match: [match] }), ...rule, ...(timeout !== undefined && { timeout }) }];
  });
}

function readMatch(http: Field): RouteMatch | undefined | 'unsayable' {
  if (!http.isPresent) return undefined;
  const conditions = readConditions(http, 'widen');
  const query = readQuery(http.at('queryParam'));
  if (conditions === undefined || query === undefined) return 'unsayable';
  const match: RouteMatch = { ...conditions, ...(Object.keys(query).length > 0 && { query }) };
  return Object.keys(match).length === 0 ? undefined : match;
}

function readQuery(list: Field): NonNullable<RouteMatch['query']> | undefined {
  const all: Record<string, NonNullable<RouteMatch['query']>[string]> = {};
  for (const item of list.items()) {
    const name = item.at('name').text() ?? '';
    const [exact, regex, present] = [
      item.at('exact').text(),
      item.at('regex').text(),
      item.at('present').boolean(),
    ];
    if (name === '' || !isText(name) || Object.hasOwn(all, name)) return undefined;
    if (exact !== undefined && exact !== '') all[name] = { exact };
    else if (regex !== undefined && regex !== '') all[name] = { regex };
    else if (present === true) all[name] = { present: true };
    else return undefined;
  }
  return all;
}

/** Returns true if calls to a service are divided or sent elsewhere. */
function divides(name: string, { splitters, resolvers }: RouteObjects): boolean {
  const resolver = resolvers.get(name);
  return splitters.has(name) || (resolver !== undefined && chooses([name, resolver]));
}

/** Returns the backends of a destination, by its splitter and its resolver. A subset ends the way. */
function destinations(
  name: string,
  subset: string | undefined,
  home: string,
  objects: RouteWorld,
  field?: Field,
  depth = 0,
): readonly Backend[] {
  const { splitters, resolvers } = objects;
  const resolver = resolvers.get(name)?.root.at('spec');
  const splitter = subset === undefined && depth < 8 ? splitters.get(name) : undefined;
  if (splitter !== undefined && splitter.root.along('spec', 'splits').items().length > 0) {
    const splits = splitter.root.along('spec', 'splits');
    markSum(splits);
    return splits.items().flatMap((split): readonly Backend[] => {
      const weight = split.at('weight').number() ?? 0;
      const to = textOf(split.at('service')) ?? name;
      const part = textOf(split.at('serviceSubset'));
      for (const key of ['namespace', 'partition'])
        split.at(key).lost({ callers: 'the service of this name in the mesh gets the calls' });
      for (const key of ['requestHeaders', 'responseHeaders'])
        split.at(key).lost({ callers: 'headers of the requests of this share are not changed' });
      const below =
        to === name
          ? afterSplit(to, part, home, objects, split)
          : destinations(to, part, home, objects, split.at('service'), depth + 1);
      const known = part === undefined ? undefined : resolvers.get(to)?.root.along('spec', 'subsets', part);
      if (part !== undefined && known !== undefined && isEmptySubset(known))
        return lostShare(part, weight, below, home, objects);
      const sum = below.reduce((all, one) => all + (one.weight ?? 1), 0);
      const share = (one: Backend): number =>
        sum === 0 ? 0 : Math.round(Math.round(weight * 100) * ((one.weight ?? 1) / sum));
      return below.map((one) => ({ ...one, weight: share(one) }));
    });
  }
  return afterSplit(name, subset, home, objects, field ?? resolver);
}

/** Consul refuses shares with another sum than 100. */
function markSum(splits: Field): void {
  const sum = splits
    .items()
    .reduce((all, one) => all + Math.round((one.at('weight').number() ?? 0) * 100), 0);
  if (sum !== 10_000)
    splits.differently({
      callers: 'Consul refuses shares that do not add up to 100; they are parts of their sum here',
    });
}

/** Returns the text of a field; an empty one is a field that is left out. */
function textOf(field: Field | undefined): string | undefined {
  const text = field?.text();
  return text === '' ? undefined : text;
}

/** Returns the instances that a resolver gives: a redirect leads to the resolver of another service, past its splitter. */
function afterSplit(
  name: string,
  subset: string | undefined,
  home: string,
  objects: RouteWorld,
  field: Field | undefined,
  depth = 0,
): readonly Backend[] {
  const redirect = objects.resolvers.get(name)?.root.along('spec', 'redirect');
  const elsewhere = textOf(redirect?.at('service'));
  if (redirect === undefined || elsewhere === undefined || elsewhere === name || depth >= 8)
    return resolved(name, subset, home, objects, field);
  const part = textOf(redirect.at('serviceSubset'));
  return afterSplit(elsewhere, part, home, objects, redirect.at('service'), depth + 1);
}

function resolved(
  name: string,
  subset: string | undefined,
  home: string,
  objects: RouteWorld,
  field: Field | undefined,
): readonly Backend[] {
  const resolver = objects.resolvers.get(name)?.root.at('spec');
  const chosen = subset ?? textOf(resolver?.at('defaultSubset'));
  const at = field ?? resolver;
  const id = at === undefined ? undefined : objects.names.idOf(name, home, at);
  const version = chosen !== undefined && isVersionName(chosen) ? { version: chosen } : {};
  if (id === undefined) return [version];
  const service = nameFrom(id, home);
  if (chosen === undefined) return [{ service }];
  const known = resolver?.at('subsets').at(chosen);
  if (known !== undefined && isEmptySubset(known)) return [{ service, weight: 0 }];
  if (known?.isPresent !== true) markMissing(chosen, id, at, objects);
  return [{ service, ...version }];
}

/** Returns the name of a service as a document of a namespace says it. */
function nameFrom(id: string, namespace: string): string {
  const [own, name = id] = id.split('/');
  return own === namespace ? name : id;
}

/** A share of the calls for a subset without instances is one of a version without instances. */
function lostShare(
  subset: string,
  weight: number,
  [backend]: readonly Backend[],
  home: string,
  { missing }: RouteWorld,
): readonly Backend[] {
  const service = backend?.service ?? '';
  const id = absoluteId(service, home);
  missing.set(id, (missing.get(id) ?? new Set()).add(subset));
  return [{ ...backend, version: subset, weight: Math.round(weight * 100) }];
}

/** Says that a subset is none of its resolver, and notes it as a version that the spec needs. */
function markMissing(subset: string, id: string, at: Field | undefined, { missing }: RouteWorld): void {
  const isName = isVersionName(subset);
  const to = isName ? 'pods with the label `consul-subset`' : 'all instances';
  at?.differently({
    callers: `no ServiceResolver of the input has the subset ${subset}, so that Consul refuses this entry: calls go to ${to}`,
  });
  if (isName) missing.set(id, (missing.get(id) ?? new Set()).add(subset));
}
