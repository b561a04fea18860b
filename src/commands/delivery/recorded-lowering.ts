import type { Delivery } from '../../core/run/delivery.ts';
import type { CompiledTrust, Target } from '../../core/targets/target.ts';
import type { DeliveredTarget } from './open-output.ts';

/**
 * Returns the function that compiles the meshes between two recorded ones, with the target's present version and
 * options.
 */
export function recordedLowering(
  target: Target,
  { version, options }: DeliveredTarget,
  { bundles, distrusted }: CompiledTrust,
): Delivery['lower'] {
  const context = {
    version: version ?? target.versions.at(-1) ?? '',
    options,
    trust: bundles,
    ...(distrusted !== undefined && { distrusted }),
  };
  return (ir) => target.lower(ir, context);
}
