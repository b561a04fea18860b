import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';

/** Services by their name in Consul, which has no namespaces in its community edition. */
export class ServiceNames {
  readonly #context: ReadContext;
  readonly #byName = new Map<string, KnownService[]>();
  readonly #protocols = new Map<string, 'http' | 'grpc' | 'tcp'>();

  readonly #gateways = new Map<string, string>();

  constructor(context: ReadContext, defaults: readonly NativeDocument[]) {
    this.#context = context;
    for (const service of context.inventory.services)
      this.#byName.set(service.name, [...(this.#byName.get(service.name) ?? []), service]);
    for (const { root, name } of defaults) {
      const protocol = root.along('spec', 'protocol').value;
      if (protocol === 'grpc') this.#protocols.set(name, 'grpc');
      else if (protocol === 'http' || protocol === 'http2') this.#protocols.set(name, 'http');
      else if (protocol === 'tcp') this.#protocols.set(name, 'tcp');
    }
  }

  /**
   * Returns the id of the service that a field names, near a namespace; undefined for a name that is no DNS label. A service
   * that no manifest gives is guessed, with the usual protocol where no ServiceDefaults says one.
   */
  idOf(name: string, namespace: string, field: Field, usual: 'http' | 'tcp' = 'http'): string | undefined {
    if (!isDnsLabel(name)) return undefined;
    const known = this.#byName.get(name) ?? [];
    const near = known.find((service) => service.namespace === namespace) ?? known[0];
    if (near !== undefined) return serviceId(near);
    const id = `${namespace}/${name}`;
    this.#context.guess(id, { protocol: this.#protocols.get(name) ?? usual }, field);
    return id;
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
