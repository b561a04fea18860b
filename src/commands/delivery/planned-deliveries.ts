import type { Delivery } from '../../core/apply/delivery.ts';
import { observe } from '../../core/plan/observe.ts';
import { planTarget } from '../../core/plan/plan-target.ts';
import type { Directory } from '../../ports.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { DirectoryTarget } from './directory-targets.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** A target with what it is to become, compiled now or recorded before, and how it compiles what lies between. */
export interface Wanted extends Pick<Delivery, 'next' | 'lower'> {
  readonly config: DirectoryTarget;
  readonly directory: Directory;
}

/** A planned target for which no certificate was issued yet, and no lock may be held. */
export type PlannedDelivery = Omit<Delivery, 'materials' | 'epoch'>;

/** Looks at the output of each target and plans what it takes to get it there; nothing is written. */
export async function plannedDeliveries(
  mesh: { readonly name: string; readonly environment: string },
  wanted: readonly Wanted[],
  { roots }: TrustBundles,
  { clock }: Pick<ObservingParts, 'clock'>,
  adopt: readonly string[] = [],
): Promise<readonly PlannedDelivery[]> {
  const planned: PlannedDelivery[] = [];
  for (const { config, directory, next, lower } of wanted) {
    const { name, output } = config;
    const seenAs = output.seenAs ?? directory.path;
    const observed = await observe(directory, `${mesh.name}.${mesh.environment}.${name}`, seenAs, adopt);
    const plan = planTarget(observed, next, clock.now(), roots);
    planned.push({ name, directory, seenAs, observed, next, plan, lower, ...(roots && { roots }) });
  }
  return planned;
}
