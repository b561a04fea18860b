import type { Observed } from '../history/observed.ts';
import type { TargetConfig } from '../ir/target-config.ts';
import { own } from '../lib/own.ts';

/**
 * Returns the rules for a delivery to a target. They are the rules that the last apply recorded, so that a commit can't
 * lift its own rules; before the first apply, the rules of the spec.
 */
export function deliveryRules(
  { current }: Pick<Observed, 'current'>,
  config: TargetConfig,
): TargetConfig['delivery'] {
  const recorded = current && own(current.snapshot.ir.targets, config.name);
  return recorded?.delivery ?? config.delivery;
}
