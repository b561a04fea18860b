import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { applicationTls } from './application-tls.ts';
import { gatewayPreflights } from './preflights.ts';
import { requestFilters } from './requests.ts';
import { ruleLimitFilters } from './rule-limits.ts';
import { serverGreetings } from './server-greetings.ts';
import { serviceLimits } from './service-limits.ts';
import { verdictFilters } from './verdict-filters.ts';

/** Returns the EnvoyFilters of a mesh, for features that no other object can express. */
export function filters(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return [
    ...requestFilters(ir, options),
    ...serviceLimits(ir, options),
    ...ruleLimitFilters(ir, options),
    ...gatewayPreflights(ir),
    ...verdictFilters(ir, options),
    ...applicationTls(ir, options),
    ...serverGreetings(ir, options),
  ];
}
