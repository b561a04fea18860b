import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { gatewayPreflights } from './preflights.ts';
import { requestFilters } from './requests.ts';
import { ruleLimitFilters } from './rule-limits.ts';
import { serviceLimits } from './service-limits.ts';
import { verdictFilters } from './verdict-filters.ts';

/** What nothing but an EnvoyFilter can say. */
export function filters(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return [
    ...requestFilters(ir, options),
    ...serviceLimits(ir, options),
    ...ruleLimitFilters(ir, options),
    ...gatewayPreflights(ir),
    ...verdictFilters(ir, options),
  ];
}
