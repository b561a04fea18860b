import { specDrift } from '../../core/drift/spec-drift.ts';
import type { Observed } from '../../core/history/observed.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { findDrift } from '../../core/status/find-drift.ts';
import { proxyStatuses } from '../../core/status/proxy-statuses.ts';
import type { TargetDrift } from '../../ui/drift-json.ts';
import type { WatchingParts } from './delivery-parts.ts';
import type { MeantOutputs } from './meant-outputs.ts';
import { observeOutput } from './observe-output.ts';
import { targetOf } from './target-of.ts';

/** Drift, by name of the target, in the order of the mesh. */
export type FoundDrift = readonly (readonly [string, TargetDrift])[];

/** Looks for drift at every chosen output and at its proxies. */
export async function lookForDrift(
  meant: Pick<MeantOutputs, 'ir' | 'outputs' | 'trust'>,
  parts: Pick<WatchingParts, 'admin' | 'clock' | 'reader'>,
  onLook: (output: OutputDriver, observed: Observed) => void = () => undefined,
): Promise<FoundDrift> {
  const found: (readonly [string, TargetDrift])[] = [];
  for (const one of meant.outputs) {
    const { config, output } = one;
    const observed = await observeOutput(meant, one, parts);
    onLook(output, observed);
    const { state, current } = observed;
    const drift = await findDrift(
      output,
      observed,
      await proxyStatuses(output, await targetOf(config), observed, parts),
    );
    const spec = current && specDrift(drift, current.snapshot);
    found.push([
      config.name,
      {
        ...(state.applied !== undefined && { applied: state.applied }),
        ...(current && { revision: current.name }),
        ...(spec && { spec }),
        drift,
      },
    ]);
  }
  return found;
}
