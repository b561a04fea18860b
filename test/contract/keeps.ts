import { baseFeatures } from '../../src/core/ir/feature.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { featuresUsed } from '../../src/core/targets/features-used.ts';
import { type Column, levelOf } from '../../src/core/targets/matrix.ts';

/**
 * Returns true if a column supports, at least in part, every feature that a mesh uses, except base features, which
 * every mesh has.
 */
export function keeps({ capabilities }: Pick<Column, 'capabilities'>, ir: Ir): boolean {
  const asked = [...featuresUsed(ir).keys()].filter((feature) => !(feature in baseFeatures));
  return asked.every((feature) => levelOf(capabilities[feature]) !== 'none');
}
