import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownPort, type KnownService, serviceId } from '../../../import/inventory.ts';
import type { ReadContext } from '../../../import/reader.ts';

/** A service that a policy holds for. */
export interface AppliedService {
  readonly id: string;
  readonly service: KnownService;
  /** The ports that the policy holds for. */
  readonly ports: readonly KnownPort[];
}

/** Reads `applyToDestinations`: services by name or labels, perhaps at one port. */
export function readAppliedServices(
  list: Field,
  namespace: string,
  { inventory }: ReadContext,
): readonly AppliedService[] {
  const found = new Map<string, AppliedService>();
  for (const item of list.items()) {
    const kind = item.at('kind').text() ?? 'SERVICE';
    const selector = item.at('selector');
    const name = selector.at('name').text();
    const home = selector.at('namespace').text() ?? (name === undefined ? undefined : namespace);
    const labels = selector.at('labels').textMap() ?? {};
    for (const key of ['cluster', 'workspace'])
      selector.at(key).differently({ callers: 'services of all clusters with this name have it' });
    const number = item.along('port', 'number').port();
    item.along('port', 'name').lost({ callers: 'the port of the service is known by its number' });
    const services = inventory.services.filter(
      (one) =>
        kind === 'SERVICE' &&
        (name === undefined || one.name === name) &&
        (home === undefined || one.namespace === home) &&
        hasLabels(one.selector, labels),
    );
    if (services.length === 0)
      item.lost({ callers: 'no Service of the input is meant, so the policy holds for nothing' });
    for (const service of services) {
      const id = serviceId(service);
      const ports = service.ports.filter(({ port }) => number === undefined || port === number);
      const known = found.get(id)?.ports ?? [];
      found.set(id, { id, service, ports: [...new Set([...known, ...ports])] });
    }
  }
  return [...found.values()];
}
