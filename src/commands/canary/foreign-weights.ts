import { PortError } from '../../ports/port-error.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { planDeliveries } from '../delivery/plan-deliveries.ts';
import { refuseConflicts } from '../delivery/refuse-conflicts.ts';
import type { MovedOutputs } from './move-weights.ts';
import { recordedTarget } from './recorded-target.ts';
import { refusedBy } from './refused-by.ts';

/**
 * Returns a sentence about an output that differs from the records, with the author of the difference if the output
 * knows one. Returns undefined if all outputs match the records, or if one can't be read. Takes no lock.
 */
export async function foreignWeights(
  { outputs, ir, trust }: MovedOutputs,
  parts: Pick<ObservingParts, 'clock' | 'reader'>,
): Promise<string | undefined> {
  try {
    const wanted = await Promise.all(outputs.map((one) => recordedTarget(one, trust)));
    const planned = await planDeliveries(ir, wanted, trust, parts);
    const [conflict] = refuseConflicts(planned);
    if (conflict !== undefined) return refusedBy(conflict).message;
    const other = planned.find(({ plan }) => plan.objects.length > 0 || plan.files.length > 0);
    return (
      other &&
      `target ${other.name}: the configuration in force differs from the record (mesh drift shows the difference)`
    );
  } catch (error) {
    if (error instanceof PortError) return undefined;
    throw error;
  }
}
