import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { gatewayPreflights } from './preflights.ts';
import { requestFilter } from './requests.ts';
import { ruleLimitFilters } from './rule-limits.ts';
import { serviceLimits } from './service-limits.ts';

/** What nothing but an EnvoyFilter can say; waypoints of ambient take none. */
export function filters(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return [
    requestFilter(ir, options),
    ...(options.mode === 'sidecar' ? serviceLimits(ir) : []),
    ...ruleLimitFilters(ir, options),
    ...gatewayPreflights(ir),
  ];
}
