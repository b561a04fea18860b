import type { Ir } from '../../../ir/ir.ts';
import { uncountedSplits } from '../../envoy-filters/uncounted-splits.ts';
import type { Limit } from '../../target.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { externalLimits } from './external-limits.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { routeLimits } from './route-limits.ts';
import { settingLimits } from './setting-limits.ts';

/** Returns the limits of Istio in routes, settings, gateways and external hosts. */
export function networkingLimits(ir: Ir, { mode }: LoweringOptions): readonly Limit[] {
  const all = [
    ...routeLimits(ir, mode),
    ...settingLimits(ir),
    ...externalLimits(ir),
    ...gatewayLimits(ir),
    ...uncountedSplits(ir),
  ];
  // The limits of a service's settings are found again at each rule of the service.
  return [...new Map(all.map((limit) => [JSON.stringify(limit), limit])).values()];
}
