import { absoluteId } from '../../spec/absolute-id.ts';
import type { Endpoint, ServiceSpec } from '../../spec/types.gen.ts';
import type { ReadDocument } from '../read-document.ts';

/**
 * Returns Services without the addresses at which their proxies take calls to what no document defines: a registry's endpoints name
 * such a destination, and the output of a target may have none of it.
 */
export function withKnownListeners(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  const known = new Set(
    documents.flatMap(({ kind, namespace, name }) =>
      kind === 'Service' || kind === 'External' ? [`${namespace}/${name}`] : [],
    ),
  );
  return documents.map((document) => {
    if (document.kind !== 'Service' || document.spec.endpoints === undefined) return document;
    const { namespace, spec } = document;
    const isKnown = (listener: string): boolean =>
      known.has(absoluteId(listener.slice(0, listener.lastIndexOf(':')), namespace));
    return { ...document, spec: { ...spec, endpoints: keptEndpoints(document.spec.endpoints, isKnown) } };
  });
}

function keptEndpoints(
  endpoints: NonNullable<ServiceSpec['endpoints']>,
  isKnown: (listener: string) => boolean,
): NonNullable<ServiceSpec['endpoints']> {
  return Object.fromEntries(
    Object.entries(endpoints).map(([version, instances]) => [
      version,
      instances.map((instance): Endpoint => {
        if (typeof instance === 'string' || instance.tcp === undefined) return instance;
        const { tcp, ...rest } = instance;
        const kept = Object.entries(tcp).filter(([listener]) => isKnown(listener));
        return { ...rest, ...(kept.length > 0 && { tcp: Object.fromEntries(kept) }) };
      }),
    ]),
  );
}
