import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Backend, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { isText, isVersionName, readConditions } from './conditions.ts';
import { readDuration } from './durations.ts';
import { actionsOf } from './route-actions.ts';
import type { ServiceNames } from './services.ts';

/** Objects that say where calls to a service go, by their name in Consul. */
export interface RouteObjects {
  readonly routers: ReadonlyMap<string, NativeDocument>;
  readonly splitters: ReadonlyMap<string, NativeDocument>;
  readonly resolvers: ReadonlyMap<string, NativeDocument>;
  readonly names: ServiceNames;
  readonly context: ReadContext;
}

/** Returns the Route of each service that has a router, a splitter, or a resolver that chooses instances. */
export function readRoutes(objects: RouteObjects): readonly ReadDocument[] {
  const { routers, splitters, resolvers } = objects;
  const names = new Set([
    ...routers.keys(),
    ...splitters.keys(),
    ...[...resolvers].filter(chooses).map(([name]) => name),
  ]);
  return [...names].sort().flatMap((name) => {
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
      router === undefined ? [] : routerRules(router.root.along('spec', 'routes'), id, home, objects);
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
        spec: { service, rules: isTotal ? written : [...written, rest] },
        from,
        beside: id,
      } satisfies ReadDocument,
    ];
  });
}

/** Returns true for a resolver that sends calls elsewhere than to all instances. */
function chooses([, { root }]: readonly [string, NativeDocument]): boolean {
  const spec = root.at('spec');
  return (
    spec.at('defaultSubset').isPresent ||
    spec.along('redirect', 'service').isPresent ||
    spec.along('redirect', 'serviceSubset').isPresent
  );
}

function routerRules(routes: Field, id: string, home: string, objects: RouteObjects): readonly RouteRule[] {
  return routes.items().flatMap((route) => {
    const destination = route.at('destination');
    const match = readMatch(route.along('match', 'http'));
    const [, own = ''] = id.split('/');
    const service = destination.at('service').text() ?? own;
    const subset = destination.at('serviceSubset').text();
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
  objects: RouteObjects,
  field?: Field,
  depth = 0,
): readonly Backend[] {
  const { splitters, resolvers } = objects;
  const resolver = resolvers.get(name)?.root.at('spec');
  const splitter = subset === undefined && depth < 8 ? splitters.get(name) : undefined;
  if (splitter !== undefined) {
    return splitter.root
      .along('spec', 'splits')
      .items()
      .flatMap((split): readonly Backend[] => {
        const weight = split.at('weight').number() ?? 0;
        const to = split.at('service').text() ?? name;
        const part = split.at('serviceSubset').text();
        for (const key of ['namespace', 'partition'])
          split.at(key).lost({ callers: 'the service of this name in the mesh gets the calls' });
        for (const key of ['requestHeaders', 'responseHeaders'])
          split.at(key).lost({ callers: 'headers of the requests of this share are not changed' });
        const below =
          to === name
            ? resolved(to, part, home, objects, split)
            : destinations(to, part, home, objects, split.at('service'), depth + 1);
        const sum = below.reduce((all, one) => all + (one.weight ?? 1), 0);
        return below.map((one) => ({ ...one, weight: Math.round(weight * 100) * ((one.weight ?? 1) / sum) }));
      });
  }
  const redirect = resolver?.at('redirect');
  const elsewhere = subset === undefined ? redirect?.at('service').text() : undefined;
  if (elsewhere !== undefined && elsewhere !== name && depth < 8)
    return destinations(
      elsewhere,
      redirect?.at('serviceSubset').text(),
      home,
      objects,
      redirect?.at('service'),
      depth + 1,
    );
  const whole = field ?? resolver;
  return resolved(name, subset, home, objects, whole);
}

function resolved(
  name: string,
  subset: string | undefined,
  home: string,
  { resolvers, names }: RouteObjects,
  field: Field | undefined,
): readonly Backend[] {
  const resolver = resolvers.get(name);
  const chosen = subset ?? resolver?.root.along('spec', 'defaultSubset').text();
  const at = field ?? resolver?.root;
  const id = at === undefined ? undefined : names.idOf(name, home, at);
  const version = chosen !== undefined && chosen !== '' && isVersionName(chosen) ? { version: chosen } : {};
  if (id === undefined) return [{ ...version }];
  const [namespace, service] = id.split('/');
  return [{ service: namespace === home ? (service ?? id) : id, ...version }];
}
