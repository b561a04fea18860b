import { prunedPercent } from '../../core/plan/prune-guards.ts';
import { writtenByRef } from '../../core/revision/object-ref.ts';
import type { Delivery } from '../../core/run/delivery.ts';
import type { Outcome } from '../../core/run/event.ts';

/**
 * Returns the options, each after a space, with which `mesh rollback` undoes a run: a rollback deletes the objects that
 * the run has created, which may be more than a plan may delete unasked. Undefined if nothing was applied before the run.
 */
export function wayBack(
  deliveries: readonly Pick<Delivery, 'observed' | 'next' | 'plan'>[],
  { result }: Outcome,
): string | undefined {
  const later = deliveries.filter(({ observed }) => observed.current !== undefined);
  if (later.length === 0 && result === 'succeeded') return undefined;
  const percents = later.map(({ next, plan }) => {
    const created = plan.objects.filter(({ op }) => op === 'create').length;
    return prunedPercent(created, writtenByRef(next.artifacts).size) ?? 0;
  });
  const percent = Math.max(0, ...percents);
  return percent === 0 ? '' : ` --allow-prune-percent ${String(percent)}`;
}
