import type { CurrentRevision } from '../../history/observed.ts';
import { type Onlooker, UnhealthyStep } from '../onlooker.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { healthOf } from './health.ts';
import { HealthWatch } from './health-watch.ts';
import { setOf } from './inventory-parent.ts';
import type { ObservedObjects } from './observe-objects.ts';
import { objectsByRef } from './plan-for.ts';

/**
 * Waits for the health of the revision in force, for a run that has nothing to write. Only names objects without a
 * status, since the run that wrote them has waited for them. Rejects with `UnhealthyStep` (9).
 */
export async function confirmHealth(
  place: ClusterPlace,
  { snapshot }: Pick<CurrentRevision, 'snapshot'>,
  { live }: Pick<ObservedObjects, 'live'>,
  onlooker: Onlooker,
): Promise<void> {
  const wanted = objectsByRef(snapshot.artifacts);
  const all = new Map([...live].filter(([ref]) => wanted.has(ref)));
  const told = new Map([...all].filter(([, one]) => healthOf(one).state !== 'unknown'));
  const watch = new HealthWatch(place, setOf(place), onlooker);
  try {
    await watch.until(told, true);
  } catch (error) {
    if (!(error instanceof UnhealthyStep)) throw error;
    const { count, first } = error.unhealthy;
    const said = `${count} of ${all.size} objects ${count === 1 ? 'is' : 'are'} not healthy`;
    throw new UnhealthyStep(`nothing changed, and ${said}: ${first}`, true, error.unhealthy);
  }
  watch.tellUnknown(all);
}
