import type { Ir } from '../../ir/ir.ts';
import type { Limit } from '../target.ts';
import { ambientLimits } from './ambient/limits.ts';
import { engineLimits } from './engines/limits.ts';
import { applicationTlsLimits } from './filters/application-tls.ts';
import type { LoweringOptions } from './lowering-options.ts';
import { networkingLimits } from './networking/limits.ts';
import { securityLimits } from './security/limits.ts';
import { telemetryLimits } from './telemetry/limits.ts';

/** Returns the parts of a mesh that Istio can't support. */
export function istioLimits(ir: Ir, options: LoweringOptions): readonly Limit[] {
  return [
    ...networkingLimits(ir, options),
    ...securityLimits(ir, options),
    ...telemetryLimits(ir, options),
    ...applicationTlsLimits(ir),
    ...ambientLimits(ir, options),
    ...engineLimits(ir),
  ];
}
