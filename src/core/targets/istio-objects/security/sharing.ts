import type { Service } from '../../../ir/service.ts';
import type { ServiceId } from '../../../ir/service-id.ts';

/** Other services on the pods of a service: Istio's policies guard pods, while the spec guards services. */
export interface Sharing {
  /** Target ports of which a policy also guards others than this service. */
  readonly shared: ReadonlyMap<number, SharedWith>;
  /** Target ports of open services, which stay open. */
  readonly passing: readonly number[];
  /** Services on the same pods. */
  readonly others: readonly Service[];
}

/**
 * `service`: another service, with other rules, has the port of the pods. `mesh`: the service lies in Istio's root
 * namespace, whose policies guard the pods of all namespaces with these labels.
 */
export type SharedWith = 'service' | 'mesh';

type Services = Readonly<Record<ServiceId, Service>>;

/**
 * Returns a function that finds the services on the same pods: services of one namespace, of which one has all labels
 * of the other.
 */
export function sharings(services: Services): (service: Service) => Sharing {
  const byLabel = new Map<string, Service[]>();
  for (const service of Object.values(services)) {
    for (const key of [...labelKeys(service), service.namespace]) {
      const list = byLabel.get(key);
      if (list === undefined) byLabel.set(key, [service]);
      else list.push(service);
    }
  }
  const known = new Map<ServiceId, Service[]>();
  for (const service of Object.values(services)) {
    // A workload on some of these pods has all of these labels: search the list of the rarest label.
    const lists = labelKeys(service).map((key) => byLabel.get(key) ?? []);
    // A service without labels selects all pods of the namespace.
    const all = byLabel.get(service.namespace) ?? [];
    const rarest = lists.reduce<readonly Service[]>(
      (best, list) => (list.length < best.length ? list : best),
      all,
    );
    for (const other of rarest) {
      if (other.id === service.id || !isPartOf(service, other)) continue;
      note(known, service.id, other);
      note(known, other.id, service);
    }
  }
  return (service) => sharing(service, known.get(service.id) ?? []);
}

function labelKeys({ namespace, workload }: Service): readonly string[] {
  return Object.entries(workload.labels).map(([name, value]) => JSON.stringify([namespace, name, value]));
}

/** Returns true if all pods of another service have the labels of a service. */
export function isPartOf({ workload }: Service, other: Service): boolean {
  return Object.entries(workload.labels).every(([name, value]) => other.workload.labels[name] === value);
}

function note(known: Map<ServiceId, Service[]>, id: ServiceId, other: Service): void {
  const list = known.get(id) ?? [];
  if (!list.includes(other)) list.push(other);
  known.set(id, list);
}

function sharing(service: Service, others: readonly Service[]): Sharing {
  const own = new Set(service.ports.map(({ targetPort }) => targetPort));
  const different = others.filter((other) => rulesText(other) !== rulesText(service));
  const shared = different.flatMap(({ ports }) => ports.map(({ targetPort }) => targetPort));
  const open = others.filter(({ access }) => !access.closed);
  const passing = open.flatMap(({ ports }) => ports.map(({ targetPort }) => targetPort));
  return {
    shared: new Map(shared.filter((port) => own.has(port)).map((port) => [port, 'service'])),
    passing: [...new Set(passing.filter((port) => !own.has(port)))].sort((a, b) => a - b),
    others,
  };
}

/** Returns all settings that refuse calls, as a text to compare. */
export function rulesText({ access, authentication }: Service): string {
  return JSON.stringify([access, authentication ?? null]);
}
