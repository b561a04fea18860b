import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { isDnsLabel } from './dns-label.ts';
import type { Field } from './field.ts';
import { messages } from './messages.ts';
import type { ReadDocument } from './read-document.ts';
import type { GuessedPort } from './reader.ts';

interface Guess {
  readonly ports: Map<number, GuessedPort['protocol']>;
  /** The protocol of port 80, if no port is named. */
  readonly usual: GuessedPort['protocol'];
  readonly field: Field;
}

/** Services that native configuration refers to and no manifest defines. */
export class ServiceGuesses {
  readonly #byId = new Map<string, Guess>();

  /** Notes a service and a port of it; the first protocol of a port holds. */
  add(id: string, { port, protocol }: GuessedPort, field: Field): void {
    if (!id.split('/').every(isDnsLabel)) return;
    const known = this.#byId.get(id) ?? { ports: new Map(), usual: protocol, field };
    this.#byId.set(id, known);
    if (port !== undefined && !known.ports.has(port)) known.ports.set(port, protocol);
  }

  /** Returns the Services, and a warning about each at the field that named it first. */
  result(): { readonly documents: readonly ReadDocument[]; readonly diagnostics: readonly Diagnostic[] } {
    const known = [...this.#byId].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      documents: known.map(([id, { ports, usual, field }]) => {
        const [namespace = '', name = ''] = id.split('/');
        const named = ports.size > 0 ? [...ports] : ([[80, usual]] as const);
        const entries = named.map(([port, protocol]) => {
          const key = nameOf(named, port);
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
