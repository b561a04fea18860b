import type { Ir } from '../../src/core/ir/ir.ts';
import { featuresUsed } from '../../src/core/targets/features-used.ts';
import type { Target } from '../../src/core/targets/target.ts';

/** Whether a target keeps, at least in part, all that a mesh asks for. */
export function keeps(target: Target, ir: Ir): boolean {
  return [...featuresUsed(ir).keys()].every((feature) => {
    const capability = target.capabilities[feature];
    return capability === 'full' || 'partial' in capability;
  });
}
