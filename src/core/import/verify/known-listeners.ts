import type { ServiceSpec } from '../../spec/types.gen.ts';
import type { ReadDocument } from '../read-document.ts';

/**
 * Returns documents whose instances listen for calls to known services alone: an output without an External has no place for
 * calls to it, and what it lacks is found by its requests.
 */
export function withKnownListeners(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  const known = new Set(
    documents
      .filter(({ kind }) => kind === 'Service' || kind === 'External')
      .map(({ namespace, name }) => `${namespace}/${name}`),
  );
  return documents.map((document) => {
    if (document.kind !== 'Service' || document.spec.endpoints === undefined) return document;
    const endpoints = endpointsTo(document.spec.endpoints, (name) =>
      known.has(name.includes('/') ? name : `${document.namespace}/${name}`),
    );
    return { ...document, spec: { ...document.spec, endpoints } };
  });
}

type Endpoints = NonNullable<ServiceSpec['endpoints']>;

function endpointsTo(endpoints: Endpoints, isKnown: (service: string) => boolean): Endpoints {
  return Object.fromEntries(
    Object.entries(endpoints).map(([version, list]) => [
      version,
      list.map((written) => {
        if (typeof written === 'string') return written;
        const { tcp, ...endpoint } = written;
        const kept = Object.entries(tcp ?? {}).filter(([target]) =>
          isKnown(target.slice(0, target.lastIndexOf(':'))),
        );
        return { ...endpoint, ...(kept.length > 0 && { tcp: Object.fromEntries(kept) }) };
      }),
    ]),
  );
}
