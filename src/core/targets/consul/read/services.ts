import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { type NamedPort, portNamed } from './port-names.ts';

/** A protocol of a service. */
export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp';

/** Returns a protocol that entries name; undefined for any other value. */
function readProtocol(value: unknown): Protocol | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'http' || text === 'http2' || text === 'grpc' || text === 'tcp' ? text : undefined;
}

/** Services by their name in Consul, which has no namespaces in its community edition. */
export class ServiceNames {
  readonly #context: ReadContext;
  readonly #byName = new Map<string, KnownService[]>();
  readonly #protocols = new Map<string, Protocol>();
  readonly #gateways = new Map<string, string>();
  readonly #ports = new Map<string, NamedPort>();
  /** The protocol of services without a ServiceDefaults that says one. */
  readonly #usual: Protocol | undefined;

  constructor(
    context: ReadContext,
    defaults: readonly NativeDocument[],
    proxyDefaults: readonly NativeDocument[],
  ) {
    this.#context = context;
    this.#usual = proxyDefaults
      .map(({ root }) => readProtocol(root.along('spec', 'config', 'protocol').value))
      .find((one) => one !== undefined);
    for (const service of context.inventory.services)
      this.#byName.set(service.name, [...(this.#byName.get(service.name) ?? []), service]);
    for (const { root, name } of defaults) {
      const protocol = readProtocol(root.along('spec', 'protocol').value);
      if (protocol !== undefined) this.#protocols.set(name, protocol);
    }
  }

  /** Returns the protocol of a service by its entries; undefined where no entry says one, which is TCP in Consul. */
  protocolOf(name: string): Protocol | undefined {
    return this.#protocols.get(name) ?? this.#usual;
  }

  /** Returns the services of the manifests whose protocol only the settings of all proxies say, and this protocol. */
  usualServices(): readonly (readonly [service: KnownService, protocol: Protocol])[] {
    const usual = this.#usual;
    if (usual === undefined) return [];
    return [...this.#byName].flatMap(([name, services]) =>
      this.#protocols.has(name) ? [] : services.map((service) => [service, usual] as const),
    );
  }

  /**
   * Returns the id of the service that a field names, near a namespace; undefined for a name that is no DNS label. A service
   * that no manifest gives is guessed, with the usual protocol where no ServiceDefaults says one.
   */
  idOf(name: string, namespace: string, field: Field, usual: 'http' | 'tcp' = 'http'): string | undefined {
    return this.idsOf(name, namespace, field, usual)[0];
  }

  /**
   * Returns the ids of all services that a name may mean: services of one name in several namespaces are one service in Consul
   * without namespaces. The nearest comes first.
   */
  idsOf(name: string, namespace: string, field: Field, usual: 'http' | 'tcp' = 'http'): readonly string[] {
    if (!isDnsLabel(name)) return [];
    const near = this.known(name, namespace);
    if (near !== undefined) {
      const others = (this.#byName.get(name) ?? []).filter((service) => service !== near);
      return [near, ...others].map(serviceId);
    }
    const port = this.portOf(name);
    if (port !== undefined) return [`${port.service.namespace}/${name}`];
    const id = `${namespace}/${name}`;
    // A TCP listener of a gateway takes services of no other protocol.
    const said = usual === 'tcp' ? this.#protocols.get(name) : this.protocolOf(name);
    const protocol = said ?? usual;
    this.#context.guess(id, { protocol: protocol === 'http2' ? 'http' : protocol }, field);
    return [id];
  }

  /** Returns the port of a service with several that a name is; undefined for the name of a service itself. */
  portOf(name: string): NamedPort | undefined {
    if (this.#byName.has(name)) return undefined;
    const port = portNamed(name, this.#context.inventory.services);
    if (port !== undefined) this.#ports.set(`${port.service.namespace}/${name}`, port);
    return port;
  }

  /** Returns the names of ports so far, by the ids of the services that they would be. */
  get ports(): ReadonlyMap<string, NamedPort> {
    return this.#ports;
  }

  /** Notes the gateways, which are callers of their own. */
  addGateway(name: string, id: string): void {
    this.#gateways.set(name, id);
  }

  /** Returns the id of the gateway of a name. */
  gateway(name: string): string | undefined {
    return this.#gateways.get(name);
  }

  /** Returns the service that manifests give for a name. */
  known(name: string, namespace: string): KnownService | undefined {
    const all = this.#byName.get(name) ?? [];
    return all.find((service) => service.namespace === namespace) ?? all[0];
  }
}
