import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownWorkload, serviceId } from '../../../import/inventory.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Principal, Protocol, ServiceSpec } from '../../../spec/types.gen.ts';
import { type Admission, accessRules, bothAdmissions } from './admissions.ts';
import { added, addedName, portNameOf } from './draft-ports.ts';
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
  /** The callers that listeners let in, by their ports. */
  readonly admissions: Map<number, Admission>;
  /** True for a service that a node stands for. */
  isNode: boolean;
  /** True for a virtual service that gateways alone lead to, whose rules are those of the gateways. */
  isOfGateways: boolean;
  declaresCalls: boolean;
  readonly from: Field[];
  readonly accessFrom: Field[];
}

type MtlsMode = 'strict' | 'disabled';

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
      admissions: new Map(),
      isNode: false,
      isOfGateways: false,
      declaresCalls: false,
      from: [],
      accessFrom: [],
    };
    this.#byId.set(id, draft);
    if (from !== undefined && !draft.from.includes(from)) draft.from.push(from);
    return draft;
  }

  /** Notes the callers that a listener of a service lets in. */
  admit(id: string, port: number, admission: Admission): void {
    const { admissions } = this.of(id);
    admissions.set(port, bothAdmissions(admissions.get(port), admission));
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

  /** Returns true for a service of the Kubernetes manifests, or one that objects of App Mesh describe. */
  isKnown(id: string): boolean {
    const draft = this.#byId.get(id);
    return (
      this.#context.inventory.service(id) !== undefined ||
      (draft !== undefined && (draft.isNode || draft.ports.size > 0))
    );
  }

  /** Returns the number of ports of a service. */
  portCount(id: string): number {
    const ports = this.#byId.get(id)?.ports ?? new Map<number, Protocol>();
    const known = this.#context.inventory.service(id);
    return known === undefined ? ports.size : known.ports.length + added(known, ports).length;
  }

  /** Returns the Services with their settings, and their Access unless every caller gets in. */
  documents(isOpen: boolean): readonly ReadDocument[] {
    const sorted = [...this.#byId]
      .filter(([, one]) => one.isNode || !one.isOfGateways)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return sorted.flatMap(([id, draft]) => {
      const [namespace = '', name = ''] = id.split('/');
      const spec: ServiceSpec = {
        ...(this.#context.inventory.service(id) === undefined
          ? this.#written(id, draft)
          : this.#corrected(id, draft)),
        ...(isStrict(draft) && { mtls: 'strict' as const }),
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
  #corrected(id: string, draft: Draft): Partial<ServiceSpec> {
    const { ports } = draft;
    const known = this.#context.inventory.service(id);
    if (known === undefined) return {};
    const modes = this.#modes(id, draft);
    const wrong = known.ports.flatMap(({ name, port, targetPort, protocol }) => {
      const said = ports.get(port) ?? ports.get(targetPort) ?? protocol;
      const mtls = modes.get(port) ?? modes.get(targetPort);
      if (said === protocol && mtls === undefined) return [];
      return [[name, { port, protocol: said, ...(mtls && { mtls }) }] as const];
    });
    const more = added(known, ports).map(
      ([port, protocol]) => [addedName(protocol, port), { port, protocol, ...modeAt(modes, port) }] as const,
    );
    return wrong.length + more.length > 0 ? { ports: Object.fromEntries([...wrong, ...more]) } : {};
  }

  #written(id: string, draft: Draft): Partial<ServiceSpec> {
    const { ports, labels } = draft;
    const modes = this.#modes(id, draft);
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
            return [
              key,
              {
                port,
                ...(key !== protocol && { protocol }),
                ...modeAt(modes, port),
              },
            ];
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
    const { accessFrom, admissions, ports } = draft;
    const callers = isOpen ? draft.callers : this.#alone(draft);
    const isNamed = [...admissions.values()].some((one) => one.names !== undefined);
    const isVerified = [...admissions.values()].some(
      (one) => one.isVerified || this.#context.isExact === true,
    );
    if (!isNamed && (isOpen || (callers.size === 0 && !isVerified))) return undefined;
    const [namespace = '', name = ''] = id.split('/');
    const byName = new Map(
      [...ports.keys()].flatMap((port): readonly (readonly [string, Admission])[] => {
        const own = this.portName(id, port);
        const known = this.#context.inventory.service(id);
        const admission =
          admissions.get(port) ??
          admissions.get(known?.ports.find((one) => one.port === port)?.targetPort ?? 0) ??
          unverified;
        return own === undefined ? [] : [[own, admission]];
      }),
    );
    const rules = accessRules(byName.size === 0 ? new Map([['', unverified]]) : byName, {
      isOpen,
      isExact: this.#context.isExact === true,
      callers: sortedValues(callers),
      others: this.#others(id, callers),
      mayCall: (principal) => this.#mayCall(principal, callers),
    });
    if (rules === undefined) return undefined;
    return { kind: 'Access', namespace, name, spec: { service: name, rules }, from: accessFrom, beside: id };
  }

  /**
   * Returns the modes of ports that differ from those of the service and of the mesh. A port without TLS knows no caller, which only a
   * proof says: the import takes proxies of the new mesh for callers with certificates.
   */
  #modes(id: string, draft: Draft): ReadonlyMap<number, MtlsMode> {
    if (isStrict(draft)) return new Map();
    const isAnonymous = this.#context.isExact === true && this.#others(id, draft.callers).length === 0;
    return new Map(
      [...draft.admissions].flatMap(([port, one]): readonly (readonly [number, MtlsMode])[] => {
        if (one.isStrict) return [[port, 'strict']];
        return one.isPlain && isAnonymous ? [[port, 'disabled']] : [];
      }),
    );
  }

  /** Returns the nodes that have a service as no backend. */
  #others(id: string, callers: ReadonlyMap<string, Principal>): readonly Principal[] {
    const [namespace = ''] = id.split('/');
    const ids = [...this.#byId].filter(([other, { isNode }]) => isNode && !callers.has(other));
    return ids.map(([other]) => ({ service: nameFrom(other, namespace) })).sort(byService);
  }
}

/** A listener without certificates of callers. */
const unverified: Admission = { isStrict: false, isPlain: false, isVerified: false };

function sortedValues(callers: ReadonlyMap<string, Principal>): readonly Principal[] {
  return [...callers].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, caller]) => caller);
}

function byService(one: { readonly service: string }, other: { readonly service: string }): number {
  return one.service < other.service ? -1 : 1;
}

/** Returns true if no listener of a service takes plain text. */
function isStrict({ admissions }: Draft): boolean {
  return admissions.size > 0 && [...admissions.values()].every((one) => one.isStrict);
}

/** Returns the mode of mTLS of a port, where it has one of its own. */
function modeAt(modes: ReadonlyMap<number, MtlsMode>, port: number): { readonly mtls?: MtlsMode } {
  const mtls = modes.get(port);
  return mtls === undefined ? {} : { mtls };
}
