import type { Rule } from '../../../ir/route.ts';
import type { Port, Service } from '../../../ir/service.ts';
import { emptySubset } from '../empty-subset.ts';

/** The instances that take the connections to a port; with `lost` Consul can't express its Route. */
export interface StreamSubset {
  /** If absent, all instances. */
  readonly subset?: string;
  /** The rule that Consul can't express; nothing is reached then. */
  readonly lost?: Rule;
}

/**
 * Returns the instances that take the connections to a port without HTTP: Consul divides requests alone, so that one
 * place takes all connections.
 */
export function streamSubset(service: Service, port: Port): StreamSubset {
  const [first] = port.route.rules;
  if (first === undefined) return { subset: emptySubset(service) };
  const closed = { subset: emptySubset(service), lost: first };
  const { matches, action } = first;
  const isTotal =
    matches.length === 0 ||
    matches.some(
      ({ from, sni, port: number }) =>
        from === undefined && sni === undefined && (number === undefined || number === port.number),
    );
  if (!isTotal || action.type !== 'forward') return closed;
  const backends = action.backends.filter(({ weight }) => weight > 0);
  const [only] = backends;
  if (only === undefined) return { subset: emptySubset(service) };
  if (backends.length > 1 || only.service !== service.id || only.port !== port.name) return closed;
  return only.version === undefined ? {} : { subset: only.version };
}
