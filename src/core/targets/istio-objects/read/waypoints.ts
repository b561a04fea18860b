import type { Field } from '../../../import/field.ts';
import { serviceId } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';

/** A waypoint: the proxy of ambient mode that reads requests. It runs as an account of its own name. */
export interface Waypoint {
  readonly namespace: string;
  readonly name: string;
}

/** Returns true for a Gateway of the Gateway API that is a waypoint. */
export function isWaypoint({ group, kind, root }: NativeDocument): boolean {
  return (
    kind === 'Gateway' &&
    group === 'gateway.networking.k8s.io' &&
    root.along('spec', 'gatewayClassName').value === 'istio-waypoint'
  );
}

/** The waypoints of the input, and the services that have one. */
export class Waypoints {
  readonly all: readonly Waypoint[];
  /** Ids of services that an ALLOW at a waypoint guards. */
  readonly guarded: ReadonlySet<string>;
  readonly #context: ReadContext;
  /** Labels of namespaces by their names. */
  readonly #labels: ReadonlyMap<string, Labels>;

  constructor(documents: readonly NativeDocument[], context: ReadContext) {
    this.#context = context;
    this.all = documents.filter(isWaypoint).map((document) => {
      readHeader(document);
      const spec = document.root.at('spec');
      spec.at('gatewayClassName').carried();
      spec.at('addresses').withoutEffect('the address of the waypoint is the business of its controller');
      spec.at('listeners').withoutEffect('a waypoint takes the calls of its mesh at one port');
      return { namespace: context.namespaceOf(document), name: document.name };
    });
    this.#labels = new Map(
      documents
        .filter(({ group, kind }) => group === '' && kind === 'Namespace')
        .map(({ name, root }) => [name, labelsOf(root)]),
    );
    this.guarded = new Set(documents.flatMap((one) => this.#guardedBy(one)));
  }

  /** Returns the ids of the services whose calls go through a waypoint. */
  servicesOf({ namespace, name }: Waypoint): readonly string[] {
    return this.#context.inventory.services
      .filter((one) => {
        const used = this.#used(one.namespace, one.from[0]);
        return used === undefined
          ? one.namespace === namespace
          : used.name === name && used.namespace === namespace;
      })
      .map(serviceId);
  }

  /** Returns true if a waypoint of the input takes the calls of a service. */
  has(id: string): boolean {
    return this.all.some((one) => this.servicesOf(one).includes(id));
  }

  /** Returns the waypoint of a name. */
  find(namespace: string, name: string): Waypoint | undefined {
    return this.all.find((one) => one.namespace === namespace && one.name === name);
  }

  /** Returns true for an account (`namespace/name`) of a waypoint. */
  isAccount(account: string): boolean {
    return this.all.some(({ namespace, name }) => account === `${namespace}/${name}`);
  }

  /** Returns true for a namespace whose pods have no proxy of their own that reads requests. */
  isAmbient(namespace: string): boolean {
    return this.#labels.get(namespace)?.['istio.io/dataplane-mode'] === 'ambient';
  }

  /** Returns the waypoint that labels name; undefined without labels, and with a name that no waypoint has for `none`. */
  #used(namespace: string, service: Field | undefined): Waypoint | undefined {
    const labels = { ...this.#labels.get(namespace), ...(service === undefined ? {} : labelsOf(service)) };
    const name = labels['istio.io/use-waypoint'];
    if (name === undefined) return undefined;
    return { name, namespace: labels['istio.io/use-waypoint-namespace'] ?? namespace };
  }

  #guardedBy(document: NativeDocument): readonly string[] {
    if (document.kind !== 'AuthorizationPolicy') return [];
    const spec = document.root.at('spec');
    if ((spec.at('action').value ?? 'ALLOW') !== 'ALLOW') return [];
    const namespace = this.#context.namespaceOf(document);
    const list: unknown = spec.at('targetRefs').value;
    const refs: readonly unknown[] = Array.isArray(list) ? list : [spec.at('targetRef').value];
    return refs.flatMap((ref) => {
      const { kind, name } = (ref ?? {}) as { readonly kind?: unknown; readonly name?: unknown };
      if (typeof name !== 'string') return [];
      if (kind === 'Service') return [`${namespace}/${name}`];
      const waypoint = kind === 'Gateway' ? this.find(namespace, name) : undefined;
      return waypoint === undefined ? [] : this.servicesOf(waypoint);
    });
  }
}

type Labels = Readonly<Record<string, string>>;

/** Returns the labels of an object without marks: its other reader accounts for them. */
function labelsOf(root: Field): Labels {
  const { value } = root.along('metadata', 'labels');
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
