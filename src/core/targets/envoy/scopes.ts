import type { External } from '../../ir/external.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Instance, Service, Version } from '../../ir/service.ts';
import { type Place, nowhere, placeName, placeOf, usesPlace } from './place.ts';

/** One proxy of a service. */
export interface Member {
  readonly service: Service;
  readonly version: Version;
  readonly instance: Instance;
}

/** Proxies that see the same services from the same place, and so share clusters and routes. */
export interface Scope {
  /** That of its first member; unique, and the same as long as that member is in it. */
  readonly name: string;
  readonly members: readonly Member[];
  readonly place: Place;
  readonly services: readonly Service[];
  readonly externals: readonly External[];
  /** Services that are kept from these callers by `exposeTo`. */
  readonly hidden: readonly Service[];
}

/**
 * Who sees what depends on the caller's namespace and on the calls that it declares; so callers without declared calls
 * share by namespace, namespaces that no `exposeTo` names share one scope, and callers with the same calls share too.
 * Rules with `from` don't part scopes: routes ask for the identity (`callerCondition`).
 */
export function scopes(ir: Ir): readonly Scope[] {
  const everything = Object.values(ir.services);
  const limited = everything.filter(({ exposeTo }) => exposeTo !== 'all');
  const guests = new Set(limited.flatMap(({ exposeTo }) => (exposeTo === 'all' ? [] : exposeTo)));
  const groups = new Map<string, Member[]>();
  const placed = new Map<string, boolean>();
  for (const service of everything) {
    if (service.versions.every(({ instances = [] }) => instances.length === 0)) continue;
    const sight = sightOf(service, guests);
    const asksPlace = placed.get(sight) ?? seesPlaced(ir, visibleTo(ir, everything, service));
    placed.set(sight, asksPlace);
    for (const member of membersOf(service)) {
      const key = asksPlace ? `${sight} ${placeName(placeOf(member.instance))}` : sight;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [member]);
      else group.push(member);
    }
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const asksPlace = placed.get(sightOf(first.service, guests)) === true;
    return [scopeOf(ir, everything, limited, members, first, asksPlace)];
  });
}

/** Every proxy of a service. */
export function membersOf(service: Service): readonly Member[] {
  return service.versions.flatMap((version) =>
    (version.instances ?? []).map((instance) => ({ service, version, instance })),
  );
}

function scopeOf(
  ir: Ir,
  everything: readonly Service[],
  limited: readonly Service[],
  members: readonly Member[],
  { service, instance }: Member,
  asksPlace: boolean,
): Scope {
  const { namespace, calls } = service;
  const name = `${namespace}.${service.name}`;
  const called = new Set(calls?.map((call) => call.service));
  return {
    name: asksPlace ? `${name}@${placeName(placeOf(instance))}` : name,
    members,
    place: asksPlace ? placeOf(instance) : nowhere,
    services: visibleTo(ir, everything, service),
    externals: Object.values(ir.externals).filter(({ id }) => calls === undefined || called.has(id)),
    hidden: limited.filter((candidate) => !isExposed(candidate, namespace)),
  };
}

/** What decides which services a caller sees: its calls, or its namespace where an `exposeTo` names it. */
function sightOf({ namespace, calls }: Service, guests: ReadonlySet<string>): string {
  const around = guests.has(namespace) ? namespace : '';
  if (calls === undefined) return `all ${around}`;
  return `calls ${around} ${[...new Set(calls.map(({ service }) => service))].sort().join(' ')}`;
}

function visibleTo(ir: Ir, everything: readonly Service[], { namespace, calls }: Service): readonly Service[] {
  const seen =
    calls === undefined
      ? everything
      : [...new Set(calls.map(({ service }) => service))].sort().flatMap((id) => ir.services[id] ?? []);
  return seen.filter((service) => isExposed(service, namespace));
}

/** Whether where the caller is decides something about what it may reach, backends of other services included. */
function seesPlaced(ir: Ir, services: readonly Service[]): boolean {
  return services.some(
    (service) =>
      usesPlace(service) ||
      service.ports.some(({ route }) =>
        route.rules.some(
          ({ action }) =>
            action.type === 'forward' &&
            [...action.backends, ...action.mirrors].some(({ service: id }) => {
              const backend = ir.services[id];
              return backend !== undefined && usesPlace(backend);
            }),
        ),
      ),
  );
}

function isExposed({ exposeTo }: Service, namespace: string): boolean {
  return exposeTo === 'all' || exposeTo.includes(namespace);
}
