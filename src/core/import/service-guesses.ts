import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { isDnsLabel } from './dns-label.ts';
import type { Field } from './field.ts';
import { messages } from './messages.ts';
import type { ReadDocument } from './read-document.ts';
import type { GuessedPort } from './reader.ts';

/** Services that native configuration refers to and no manifest defines. */
export class ServiceGuesses {
  readonly #byId = new Map<
    string,
    { readonly ports: Map<number, GuessedPort['protocol']>; readonly field: Field }
  >();

  /** Notes a service and a port of it; the first protocol of a port holds. */
  add(id: string, { port = 80, protocol }: GuessedPort, field: Field): void {
    if (!id.split('/').every(isDnsLabel)) return;
    const known = this.#byId.get(id) ?? { ports: new Map<number, GuessedPort['protocol']>(), field };
    this.#byId.set(id, known);
    if (!known.ports.has(port)) known.ports.set(port, protocol);
  }

  /** Returns the name of a guessed port; `http`, or with the number if the service has several. */
  portName(id: string, port: number): string | undefined {
    const ports = this.#byId.get(id)?.ports;
    return ports === undefined ? undefined : nameOf([...ports], port);
  }

  /** Returns the Services, and a warning about each at the field that named it first. */
  result(): { readonly documents: readonly ReadDocument[]; readonly diagnostics: readonly Diagnostic[] } {
    const known = [...this.#byId].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      documents: known.map(([id, { ports, field }]) => {
        const [namespace = '', name = ''] = id.split('/');
        const entries = [...ports].map(([port, protocol]) => {
          const key = nameOf([...ports], port);
          return [key, { port, ...(key === protocol ? {} : { protocol }) }] as const;
        });
        return {
          kind: 'Service',
          namespace,
          name,
          spec: { ports: Object.fromEntries(entries) },
          from: [field],
          beside: id,
        };
      }),
      diagnostics: known.map(([service, { field }]) =>
        finding(messages, 'MESH7007', field.location, { service }),
      ),
    };
  }
}

function nameOf(ports: readonly (readonly [port: number, protocol: string])[], port: number): string {
  const protocol = ports.find(([number]) => number === port)?.[1] ?? 'tcp';
  const isOnly = ports.filter(([, other]) => other === protocol).length === 1;
  return isOnly ? protocol : `${protocol}-${String(port)}`;
}
