import type { Field } from '../../../import/field.ts';
import type { Backend } from '../../../spec/types.gen.ts';
import type { Surroundings } from './surroundings.ts';

/** A destination whose host nobody has: its share of the calls fails. */
export interface FailedShare {
  readonly item: Field;
  readonly weight: number;
}

/** The version of a service that gets the shares of unknown hosts. */
const version = 'unknown-host';

/**
 * Returns a backend without instances that takes the share of an unknown host: a version of a service beside it that no pod
 * has. Marks the share as lost if no service is beside it.
 */
export function withoutInstances(
  { item, weight }: FailedShare,
  beside: readonly Backend[],
  { context, missing }: Surroundings,
): readonly Backend[] {
  const backend = beside.find(({ service }) => context.inventory.service(service ?? '') !== undefined);
  const id = backend?.service;
  if (weight === 0) {
    item.withoutEffect('a destination with weight 0 gets no calls');
    return [];
  }
  if (beside.length === 0) return [];
  if (id === undefined) {
    item.lost({
      callers:
        'no service and no ServiceEntry has this host: its share of calls failed, and goes to the others',
    });
    return [];
  }
  item.differently({
    callers: `no service and no ServiceEntry has this host: its share of calls goes to a version of ${id} without instances`,
  });
  missing.set(id, new Set([...(missing.get(id) ?? []), version]));
  return [{ ...backend, version, weight }];
}
