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

/** Begins a port whose name isn't known yet; no name of a port has a colon. */
const mark = 'guess:';

/** Services that native configuration refers to and no manifest defines. */
export class ServiceGuesses {
  readonly #byId = new Map<string, Guess>();

  /** Notes a service and a port of it; the first protocol of a port holds. */
  add(id: string, { port, protocol }: GuessedPort, field: Field): string | undefined {
    if (!id.split('/').every(isDnsLabel)) return undefined;
    const known = this.#byId.get(id) ?? { ports: new Map(), usual: protocol, field };
    this.#byId.set(id, known);
    if (port === undefined) return undefined;
    if (!known.ports.has(port)) known.ports.set(port, protocol);
    return `${mark}${id}:${String(port)}`;
  }

  /** Returns the ids of the services so far. */
  ids(): readonly string[] {
    return [...this.#byId.keys()];
  }

  /** Returns documents with the names of ports in place of what `add` returned; the only port of a service needs no name. */
  named(documents: readonly ReadDocument[]): readonly ReadDocument[] {
    return documents.map((document) => ({ ...document, spec: this.#named(document.spec) }) as ReadDocument);
  }

  #named(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.#named(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, entry]: [string, unknown]) => {
        if (key !== 'port' || typeof entry !== 'string' || !entry.startsWith(mark))
          return [[key, this.#named(entry)]];
        const [id = '', port = ''] = entry.slice(mark.length).split(':');
        const ports = [...(this.#byId.get(id)?.ports ?? [])];
        return ports.length < 2 ? [] : [[key, nameOf(ports, Number(port))]];
      }),
    );
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
