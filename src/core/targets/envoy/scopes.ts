import type { External } from '../../ir/external.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Instance, Service, Version } from '../../ir/service.ts';
import { nowhere, type Place, placeName, placeOf, usesPlace } from './place.ts';

/** One proxy of a service. */
export interface Member {
  readonly service: Service;
  readonly version: Version;
  readonly instance: Instance;
}

/** Proxies that may call the same services from the same place, and therefore share clusters and routes. */
export interface Scope {
  readonly name: string;
  readonly members: readonly Member[];
  readonly place: Place;
  readonly services: readonly Service[];
  readonly externals: readonly External[];
  /** Services that `exposeTo` hides from these callers. */
  readonly hidden: readonly Service[];
}

/**
 * Returns the scopes of the mesh. A caller with declared calls has a scope for these. Callers without them have the
 * scope of their namespace if an `exposeTo` names it; all others share one scope, which exists if there is a proxy.
 * Rules with `from` don't divide scopes: routes check the identity (`callerCondition`).
 */
export function scopes(ir: Ir): readonly Scope[] {
  const view = viewOf(ir);
  const groups = new Map<string, Scope & { readonly members: Member[] }>();
  const placed = new Map<string, boolean>();
  for (const service of view.services) {
    for (const member of membersOf(service)) {
      const sight = sightOf(service, view);
      const asksPlace = placed.get(sight) ?? (view.placed && seesPlaced(ir, visibleTo(view, service)));
      placed.set(sight, asksPlace);
      const place = asksPlace ? placeOf(member.instance) : nowhere;
      const name = asksPlace ? `${sight}@${placeName(place)}` : sight;
      const scope = groups.get(name) ?? { ...sees(view, service), name, place, members: [] };
      groups.set(name, scope);
      scope.members.push(member);
    }
  }
  return [...groups.values()];
}

/** Returns every proxy of a service. */
export function membersOf(service: Service): readonly Member[] {
  return service.versions.flatMap((version) =>
    (version.instances ?? []).map((instance) => ({ service, version, instance })),
  );
}

interface View {
  readonly ir: Ir;
  readonly services: readonly Service[];
  /** Services with an `exposeTo`, and the namespaces that they name. */
  readonly limited: readonly Service[];
  readonly named: ReadonlySet<string>;
  /** True if a locality setting depends on places. */
  readonly placed: boolean;
}

function viewOf(ir: Ir): View {
  const services = Object.values(ir.services);
  const limited = services.filter(({ exposeTo }) => exposeTo !== 'all');
  const named = new Set(limited.flatMap(({ exposeTo }) => (exposeTo === 'all' ? [] : exposeTo)));
  return { ir, services, limited, named, placed: services.some(usesPlace) };
}

/**
 * Returns the key of the services that a caller may call. A namespace is a DNS label, so the three forms are distinct.
 */
function sightOf({ namespace, name, calls }: Service, { named }: View): string {
  if (calls !== undefined) return `${namespace}.${name}`;
  return named.has(namespace) ? namespace : '_all';
}

function sees(view: View, service: Service): Pick<Scope, 'services' | 'externals' | 'hidden'> {
  const called = new Set(service.calls?.map((call) => call.service));
  return {
    services: visibleTo(view, service),
    externals: Object.values(view.ir.externals).filter(
      ({ id }) => service.calls === undefined || called.has(id),
    ),
    hidden: view.limited.filter((candidate) => !isExposed(candidate, service.namespace)),
  };
}

function visibleTo({ ir, services }: View, { namespace, calls }: Service): readonly Service[] {
  const known =
    calls === undefined
      ? services
      : [...new Set(calls.map(({ service }) => service))].sort().flatMap((id) => ir.services[id] ?? []);
  return known.filter((service) => isExposed(service, namespace));
}

/** Returns true if the caller's place matters to a service that it may reach, including backends of other services. */
function seesPlaced(ir: Ir, services: readonly Service[]): boolean {
  const backends = services.flatMap(({ ports }) =>
    ports.flatMap(({ route }) =>
      route.rules.flatMap(({ action }) =>
        action.type === 'forward' ? [...action.backends, ...action.mirrors] : [],
      ),
    ),
  );
  return backends.some(({ service: id }) => {
    const backend = ir.services[id];
    return backend !== undefined && usesPlace(backend);
  });
}

function isExposed({ exposeTo }: Service, namespace: string): boolean {
  return exposeTo === 'all' || exposeTo.includes(namespace);
}
