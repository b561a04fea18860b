import { findDrift } from '../../core/drift/find-drift.ts';
import { proxyStatuses } from '../../core/status/proxy-statuses.ts';
import type { TargetDrift } from '../../ui/drift-json.ts';
import type { WatchingParts } from './delivery-parts.ts';
import type { MeantOutputs } from './meant-outputs.ts';
import { observedOutput } from './observed-output.ts';

/** Drift by name of the target, in the order of the mesh. */
export type FoundDrift = readonly (readonly [string, TargetDrift])[];

/** Looks at every output that is meant, and at its proxies. */
export async function foundDrift(
  { ir, outputs }: Pick<MeantOutputs, 'ir' | 'outputs'>,
  { admin, clock }: Pick<WatchingParts, 'admin' | 'clock'>,
): Promise<FoundDrift> {
  const found: (readonly [string, TargetDrift])[] = [];
  for (const output of outputs) {
    const observed = await observedOutput(ir, output);
    const { state, current } = observed;
    const drift = await findDrift(
      output.directory,
      observed,
      await proxyStatuses(observed, { admin, clock }),
    );
    found.push([
      output.config.name,
      {
        ...(state.applied !== undefined && { applied: state.applied }),
        ...(current && { revision: current.name }),
        drift,
      },
    ]);
  }
  return found;
}
