import type { Delivery } from '../../core/run/delivery.ts';
import type { Target } from '../../core/targets/target.ts';
import type { DeliveredTarget } from './open-output.ts';
import type { TrustBundles } from './trust-bundles.ts';

/**
 * Returns the function that compiles the meshes between two recorded ones, with the target's present version and
 * options.
 */
export function recordedLowering(
  target: Target,
  { version, options }: DeliveredTarget,
  { bundles }: TrustBundles,
): Delivery['lower'] {
  const context = { version: version ?? target.versions.at(-1) ?? '', options, trust: bundles };
  return (ir) => target.lower(ir, context);
}
