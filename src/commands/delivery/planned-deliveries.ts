import type { Delivery } from '../../core/apply/delivery.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { observe } from '../../core/plan/observe.ts';
import { observeMaterial } from '../../core/plan/observe-material.ts';
import { planTarget } from '../../core/plan/plan-target.ts';
import type { Directory } from '../../ports/directory.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { DirectoryTarget } from './directory-targets.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** A target with what it is to become, compiled now or recorded before, and how it compiles what lies between. */
export interface Wanted extends Pick<Delivery, 'next' | 'lower' | 'target'> {
  readonly config: DirectoryTarget;
  readonly directory: Directory;
}

/** A planned target for which no certificate was issued yet, and no lock may be held. */
export type PlannedDelivery = Omit<Delivery, 'materials' | 'epoch'>;

/** Looks at the output of each target and plans what it takes to get it there; nothing is written. */
export async function plannedDeliveries(
  mesh: Pick<Ir, 'name' | 'environment' | 'trustDomain'>,
  wanted: readonly Wanted[],
  { roots, bundles }: TrustBundles,
  { clock, reader }: Pick<ObservingParts, 'clock' | 'reader'>,
  adopt: readonly string[] = [],
): Promise<readonly PlannedDelivery[]> {
  const planned: PlannedDelivery[] = [];
  for (const { config, directory, next, lower, target } of wanted) {
    const { name, output } = config;
    const seenAs = output.seenAs ?? directory.path;
    const inventory = `${mesh.name}.${mesh.environment}.${name}`;
    const now = clock.now();
    const observed = await observeMaterial(directory, await observe(directory, inventory, seenAs, adopt), {
      reader,
      bundle: bundles[mesh.trustDomain],
      now,
    });
    const plan = planTarget(observed, next, now, roots);
    planned.push({ name, directory, seenAs, observed, next, plan, lower, target, ...(roots && { roots }) });
  }
  return planned;
}
