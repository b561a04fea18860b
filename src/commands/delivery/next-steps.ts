import type { Delivery } from '../../core/run/delivery.ts';
import type { Event } from '../../core/run/event.ts';

type End = Event & { readonly type: 'end' };

/** Returns, for each folder of objects that a run has written, the command that takes the objects to a cluster. */
export function nextSteps(
  deliveries: readonly Delivery[],
  { outcome: { result } }: Pick<End, 'outcome'>,
): readonly Event[] {
  if (result !== 'succeeded') return [];
  return deliveries.flatMap(({ name, next, output: { objectsFolder } }): readonly Event[] => {
    if (objectsFolder === undefined || !next.artifacts.some(({ type }) => type === 'object')) return [];
    const message = `the objects are not in a cluster yet: kubectl apply --recursive -f ${JSON.stringify(objectsFolder)}`;
    return [{ type: 'notice', target: name, message }];
  });
}
