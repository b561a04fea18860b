import type { Protocol, ServiceSpec } from '../spec/types.gen.ts';
import type { Difference } from './fate.ts';
import type { Field } from './field.ts';

/** A port of a known service. */
export interface KnownPort {
  /** The name in the mesh language, a key of `ports`. */
  readonly name: string;
  /** The name in the Service object; empty if it has none. */
  readonly nativeName: string;
  readonly port: number;
  /** The port of the workload. */
  readonly targetPort: number;
  readonly protocol: Protocol;
  /** True if neither a name nor a field says the protocol: a mesh that looks at the first bytes may treat it as HTTP. */
  readonly isGuessed: boolean;
}

/** Pods of one template: a Deployment, a StatefulSet, a DaemonSet or a Pod. */
export interface KnownWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Numbers of the containers' ports by name; absent where nobody knows them. */
  readonly ports?: ReadonlyMap<string, number>;
}

/** A service of the mesh that the manifests give. */
export interface KnownService {
  readonly namespace: string;
  /** A DNS label, the name in the mesh language. */
  readonly name: string;
  readonly ports: readonly KnownPort[];
  /** Labels of its pods. Empty if the Service object has no selector. */
  readonly selector: Readonly<Record<string, string>>;
  readonly workloads: readonly KnownWorkload[];
  /** The document of the mesh language that the manifests give. */
  readonly spec: ServiceSpec;
  readonly from: readonly Field[];
}

/** A version of a known service. */
export interface KnownVersion {
  readonly service: KnownService;
  readonly version: string;
}

/** The services and workloads of the Kubernetes manifests among the input, found by host, labels or account. */
export class Inventory {
  readonly services: readonly KnownService[];
  readonly workloads: readonly KnownWorkload[];
  readonly #byId: ReadonlyMap<string, KnownService>;

  #byVersion: ReadonlyMap<string, KnownVersion> | undefined;

  constructor(services: readonly KnownService[] = [], workloads: readonly KnownWorkload[] = []) {
    this.services = services;
    this.workloads = workloads;
    this.#byId = new Map(services.map((service) => [serviceId(service), service]));
  }

  /** Returns the service of an id (`namespace/name`). */
  service(id: string): KnownService | undefined {
    return this.#byId.get(id);
  }

  /**
   * Returns the version that a Service of its own stands for, `NAMESPACE/NAME-VERSION`, where no service has this id; undefined if
   * no service has such a version.
   */
  versionOf(id: string): KnownVersion | undefined {
    if (this.#byId.has(id)) return undefined;
    return this.#versions().get(id);
  }

  /**
   * Returns the service that a host of Kubernetes' DNS names: `reviews`, `reviews.shop`, `reviews.shop.svc` or the whole
   * name; a name without a dot is of `namespace`.
   */
  serviceOfHost(host: string, namespace: string): KnownService | undefined {
    const id = idOfHost(host, namespace);
    return id === undefined ? undefined : this.service(id);
  }

  #versions(): ReadonlyMap<string, KnownVersion> {
    this.#byVersion ??= new Map(
      this.services.flatMap((service) =>
        Object.keys(service.spec.versions ?? {}).map((version) => [
          `${serviceId(service)}-${version}`,
          { service, version },
        ]),
      ),
    );
    return this.#byVersion;
  }

  /** Returns the services of a namespace with pods that have all these labels. */
  servicesWithPods(namespace: string, labels: Readonly<Record<string, string>>): readonly KnownService[] {
    return this.services.filter(
      (service) =>
        service.namespace === namespace &&
        (hasLabels(service.selector, labels) ||
          service.workloads.some((workload) => hasLabels(workload.labels, labels))),
    );
  }
}

/** Returns the difference of a Service that the input doesn't have and that is read as a version. */
export function versionTaken({ service, version }: KnownVersion): Difference {
  return {
    callers: `the Service is not among the input, and is taken to have the instances of the version ${version} of ${service.name}`,
  };
}

/** Returns the id of a service: `namespace/name`. */
export function serviceId({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${namespace}/${name}`;
}

/**
 * Returns the id of the service that a host of Kubernetes' DNS names, whether or not it exists; undefined for other hosts. The
 * cluster domain is `cluster.local`.
 */
export function idOfHost(host: string, namespace: string): string | undefined {
  const parts = host.toLowerCase().replace(/\.$/, '').split('.');
  const [name = '', ownNamespace = namespace, ...rest] = parts;
  const suffix = rest.join('.');
  if (name === '' || ownNamespace === '' || name.includes('*')) return undefined;
  if (suffix !== '' && suffix !== 'svc' && suffix !== 'svc.cluster' && suffix !== 'svc.cluster.local')
    return undefined;
  return `${ownNamespace}/${name}`;
}

/** Returns true if a map of labels has all the wanted ones. */
export function hasLabels(
  labels: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
