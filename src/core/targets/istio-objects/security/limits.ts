import type { Ir } from '../../../ir/ir.ts';
import type { Limit } from '../../target.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { accessLimits } from './access-limits.ts';
import { authenticationLimits } from './authentication-limits.ts';

/** Returns the limits of Istio in identity, tokens and access. */
export function securityLimits(ir: Ir, options: LoweringOptions): readonly Limit[] {
  return [...accessLimits(ir, options), ...authenticationLimits(ir, options)];
}
