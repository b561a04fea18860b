import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownService, type KnownWorkload, serviceId } from '../../../import/inventory.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Principal, Protocol, ServiceSpec } from '../../../spec/types.gen.ts';
import { nameFrom } from './references.ts';

interface Draft {
  readonly ports: Map<number, Protocol>;
  labels?: Readonly<Record<string, string>>;
  readonly calls: Set<string>;
  settings: Partial<ServiceSpec>;
  /** Callers by their word in Access; absent if nobody named any. */
  readonly callers: Map<string, Principal>;
  /** The backends by which services are callers. */
  readonly backends: Map<string, Field>;
  /** Names in certificates, of which a caller has to have one. */
  principals?: readonly string[];
  declaresCalls: boolean;
  readonly from: Field[];
  readonly accessFrom: Field[];
}

/** Services that objects of App Mesh describe, while these are read. */
export class ServiceDrafts {
  readonly #byId = new Map<string, Draft>();
  readonly #context: ReadContext;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  /** Returns the draft of a service (`namespace/name`), which `from` describes. */
  of(id: string, from?: Field): Draft {
    const draft: Draft = this.#byId.get(id) ?? {
      ports: new Map(),
      calls: new Set(),
      settings: {},
      callers: new Map(),
      backends: new Map(),
      declaresCalls: false,
      from: [],
      accessFrom: [],
    };
    this.#byId.set(id, draft);
    if (from !== undefined && !draft.from.includes(from)) draft.from.push(from);
    return draft;
  }

  /** Returns the name of a port of a service by its number, or by the number of the pods' port. */
  portName(id: string, number: number): string | undefined {
    const known = this.#context.inventory.service(id);
    const ports = this.#byId.get(id)?.ports;
    const said = ports?.get(number);
    if (known === undefined)
      return ports === undefined || said === undefined ? undefined : portNameOf(ports, number);
    const port =
      known.ports.find(({ port: own }) => own === number) ??
      known.ports.find(({ targetPort }) => targetPort === number);
    return port?.name ?? (said === undefined ? undefined : addedName(said, number));
  }

  /** Returns the services that may call another one or a host, by their ids. */
  callersOf(id: string): readonly string[] {
    return [...this.#byId].flatMap(([caller, { calls }]) => (calls.has(id) ? [caller] : [])).sort();
  }

  /** Returns the number of ports of a service. */
  portCount(id: string): number {
    const ports = this.#byId.get(id)?.ports ?? new Map<number, Protocol>();
    const known = this.#context.inventory.service(id);
    return known === undefined ? ports.size : known.ports.length + added(known, ports).length;
  }

  /** Returns the Services with their settings, and their Access unless every caller gets in. */
  documents(isOpen: boolean): readonly ReadDocument[] {
    const sorted = [...this.#byId].sort(([one], [other]) => (one < other ? -1 : 1));
    return sorted.flatMap(([id, draft]) => {
      const [namespace = '', name = ''] = id.split('/');
      const spec: ServiceSpec = {
        ...(this.#context.inventory.service(id) === undefined
          ? this.#written(id, draft)
          : this.#corrected(id, draft)),
        ...draft.settings,
        ...(draft.declaresCalls && {
          calls: [...draft.calls].sort().map((other) => nameFrom(other, namespace)),
        }),
      };
      const service: ReadDocument = { kind: 'Service', namespace, name, spec, from: draft.from, beside: id };
      const access = this.#access(id, draft, isOpen);
      return [...(Object.keys(spec).length > 0 ? [service] : []), ...(access === undefined ? [] : [access])];
    });
  }

  /** Returns the ports of a known Service whose protocol App Mesh says otherwise, and those that its manifest lacks. */
  #corrected(id: string, { ports }: Draft): Partial<ServiceSpec> {
    const known = this.#context.inventory.service(id);
    if (known === undefined) return {};
    const wrong = known.ports.flatMap(({ name, port, targetPort, protocol }) => {
      const said = ports.get(port) ?? ports.get(targetPort);
      return said === undefined || said === protocol ? [] : [[name, { port, protocol: said }] as const];
    });
    const more = added(known, ports).map(
      ([port, protocol]) => [addedName(protocol, port), { port, protocol }] as const,
    );
    return wrong.length + more.length > 0 ? { ports: Object.fromEntries([...wrong, ...more]) } : {};
  }

  #written(id: string, { ports, labels }: Draft): Partial<ServiceSpec> {
    const [namespace = '', name = ''] = id.split('/');
    const pods =
      labels &&
      this.#context.inventory.workloads.find(
        (one) => one.namespace === namespace && hasLabels(one.labels, labels),
      );
    const isUsual = labels === undefined || (Object.keys(labels).length === 1 && labels['app'] === name);
    const account = pods?.serviceAccount;
    const workload = {
      ...(!isUsual && { labels }),
      ...(account !== undefined && account !== name && { serviceAccount: account }),
    };
    const entries = [...ports].sort(([one], [other]) => one - other);
    return {
      ...(entries.length > 0 && {
        ports: Object.fromEntries(
          entries.map(([port, protocol]) => {
            const key = portNameOf(ports, port);
            return [key, { port, ...(key !== protocol && { protocol }) }];
          }),
        ),
      }),
      ...(Object.keys(workload).length > 0 && { workload }),
    };
  }

  /** Returns false for the account of known services of which none has the backend. */
  #mayCall(principal: string, callers: ReadonlyMap<string, Principal>): boolean {
    const ids = [...this.#byId.keys()].filter((id) => {
      const [namespace = '', name = ''] = id.split('/');
      const labels = this.#byId.get(id)?.labels;
      const pods =
        labels &&
        this.#context.inventory.workloads.find(
          (one) => one.namespace === namespace && hasLabels(one.labels, labels),
        );
      return principal.endsWith(`/ns/${namespace}/sa/${pods?.serviceAccount ?? name}`);
    });
    return ids.length === 0 || ids.some((id) => callers.has(id));
  }

  /** Returns the pods of a service. */
  #podsOf(id: string): readonly KnownWorkload[] {
    const { inventory } = this.#context;
    const known = inventory.service(id)?.workloads;
    const labels = this.#byId.get(id)?.labels;
    if (known !== undefined || labels === undefined) return known ?? [];
    const [namespace = ''] = id.split('/');
    return inventory.workloads.filter((one) => one.namespace === namespace && hasLabels(one.labels, labels));
  }

  /** Leaves out callers whose account pods of others have, too, which have no such backend: rules name accounts. */
  #alone({ callers, backends }: Draft): ReadonlyMap<string, Principal> {
    const admitted = new Set([...callers.keys()].flatMap((id) => this.#podsOf(id)));
    return new Map(
      [...callers].filter(([id]) => {
        const [own] = this.#podsOf(id);
        const others = this.#context.inventory.workloads.filter(
          (one) =>
            one.namespace === own?.namespace &&
            one.serviceAccount === own.serviceAccount &&
            !admitted.has(one),
        );
        if (own === undefined || others.length === 0) return true;
        const names = others.map(serviceId).join(', ');
        backends.get(id)?.differently({
          callers: `the pods ${names} have the account of ${id}, too, and no such backend: none of them is let in, so give the caller an account of its own`,
          access: 'narrower',
        });
        return false;
      }),
    );
  }

  #access(id: string, draft: Draft, isOpen: boolean): ReadDocument | undefined {
    const { principals, accessFrom } = draft;
    const callers = isOpen ? draft.callers : this.#alone(draft);
    const [namespace = '', name = ''] = id.split('/');
    const named = principals
      ?.filter((principal) => isOpen || this.#mayCall(principal, callers))
      .map((principal): Principal => ({ principal }));
    const sorted = [...callers].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, caller]) => caller);
    const from = named ?? (isOpen ? undefined : sorted);
    if (from === undefined || (from.length === 0 && named === undefined)) return undefined;
    return {
      kind: 'Access',
      namespace,
      name,
      spec: { service: name, rules: from.length === 0 ? [] : [{ allow: { from } }] },
      from: accessFrom,
      beside: id,
    };
  }
}

function portNameOf(ports: ReadonlyMap<number, Protocol>, number: number): string {
  const protocol = ports.get(number) ?? 'tcp';
  const isOnly = [...ports.values()].filter((other) => other === protocol).length === 1;
  return isOnly ? protocol : `${protocol}-${String(number)}`;
}

function addedName(protocol: Protocol, number: number): string {
  return `${protocol}-${String(number)}`;
}

/** Returns the ports that a Service object lacks: proxies of App Mesh take calls to them without it. */
function added(
  { ports }: KnownService,
  said: ReadonlyMap<number, Protocol>,
): readonly (readonly [number, Protocol])[] {
  return [...said].filter(
    ([number]) => !ports.some(({ port, targetPort }) => port === number || targetPort === number),
  );
}
