import type { TargetConfig } from '../ir/target-config.ts';
import { own } from '../lib/own.ts';
import type { Observed } from '../outputs/observed.ts';

/**
 * The rules that a delivery to a target is bound by: those that the last apply recorded, so that no commit lifts them for
 * itself; before the first apply, those of the spec.
 */
export function deliveryRules(
  { current }: Pick<Observed, 'current'>,
  config: TargetConfig,
): TargetConfig['delivery'] {
  const recorded = current && own(current.snapshot.ir.targets, config.name);
  return recorded?.delivery ?? config.delivery;
}
