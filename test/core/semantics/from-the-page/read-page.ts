import { parseAllDocuments, stringify } from 'yaml';
import type { SourceSet } from '../../../../src/core/source/source.ts';

/** A request and its outcome according to the page. */
export interface Ask {
  /** A service `namespace/name`, a SPIFFE ID, or `anonymous`. */
  readonly from: string;
  /** The gateway at which the request enters; if absent, it is a call inside the mesh. */
  readonly at?: string;
  /**
   * The address: `http://` and `https://` with the host as sent, `tcp://` and `tls://` with the called service or
   * gateway.
   */
  readonly url: string;
  /** The service that a caller without a proxy of the mesh connects to. */
  readonly to?: string;
  readonly method: string;
  /** The server name; `none` if the client sends none; if absent, the host. */
  readonly sni?: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly claims?: Readonly<Record<string, unknown>> | 'invalid';
  /** The outcome in a line: `forwarded v1 25, v2 75`, `refused 403`, `redirected 301 https://a.example/`. */
  readonly gives: string;
  /** Other parts of the outcome that the page determines, by the names of `summaryOf`. */
  readonly with: Readonly<Record<string, unknown>>;
}

/** A statement of the page, quoted (`says`) or in other words (`means`), and the requests that it decides. */
export interface Group {
  readonly says?: string;
  readonly means?: string;
  readonly asks: readonly Ask[];
}

/**
 * Reads a file of this folder: a document with the requests, then the documents of the mesh. Throws if a group has no
 * statement.
 */
export function readPage(text: string): { readonly groups: readonly Group[]; readonly sources: SourceSet } {
  const [first, ...documents] = parseAllDocuments(text).map((document) => document.toJS() as Json);
  const defaults = first?.['defaults'] as Partial<Ask>;
  const written = first?.['requests'] as readonly WrittenGroup[];
  const groups = written.map(({ says, means, asks }): Group => {
    if ((says === undefined) === (means === undefined)) throw new Error(JSON.stringify(asks));
    const complete = asks.map((ask) => ({
      ...{ from: 'anonymous', method: 'GET', headers: [], with: {} },
      ...defaults,
      ...ask,
    }));
    return { ...(says === undefined ? { means: means ?? '' } : { says }), asks: complete };
  });
  const file = (name: string, wanted: (document: Json) => boolean): { file: string; bytes: Uint8Array } => ({
    file: name,
    bytes: new TextEncoder().encode(
      documents
        .filter(wanted)
        .map((document) => stringify(document))
        .join('---\n'),
    ),
  });
  const isMesh = ({ kind }: Json): boolean => kind === 'Mesh';
  const sources = [file('mesh.yaml', isMesh), file('rest.yaml', (document) => !isMesh(document))];
  return { groups, sources: { sources, unreadable: [] } };
}

type WrittenGroup = Omit<Group, 'asks'> & {
  readonly asks: readonly (Pick<Ask, 'url' | 'gives'> & Partial<Ask>)[];
};

type Json = Readonly<Record<string, unknown>>;
