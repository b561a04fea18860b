import type { Ir } from '../../core/ir/ir.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import type { Delivery } from '../../core/run/delivery.ts';
import { observeMaterial } from '../../core/run/observe-material.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { DeliveredTarget } from './open-output.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** A target with what it is to become, compiled now or recorded before, and how it compiles what lies between. */
export interface Wanted extends Pick<Delivery, 'next' | 'lower' | 'target'> {
  readonly config: DeliveredTarget;
  readonly output: OutputDriver;
}

/** A planned target for which no certificate was issued yet, and no lock may be held. */
export type PlannedDelivery = Omit<Delivery, 'materials' | 'epoch'>;

/** Looks at the output of each target and plans what it takes to get it there; nothing is written. */
export async function planDeliveries(
  mesh: Pick<Ir, 'name' | 'environment' | 'trustDomain'>,
  wanted: readonly Wanted[],
  { roots, bundles }: TrustBundles,
  { clock, reader }: Pick<ObservingParts, 'clock' | 'reader'>,
  adopt: readonly string[] = [],
): Promise<readonly PlannedDelivery[]> {
  const planned: PlannedDelivery[] = [];
  for (const { config, output, next, lower, target } of wanted) {
    const { name } = config;
    const inventory = `${mesh.name}.${mesh.environment}.${name}`;
    const now = clock.now();
    const observed = await observeMaterial(output, await output.observe(inventory, adopt), {
      reader,
      bundle: bundles[mesh.trustDomain],
      now,
    });
    const plan = await output.plan(observed, next, now, roots);
    planned.push({ name, output, observed, next, plan, lower, target, ...(roots && { roots }) });
  }
  return planned;
}
