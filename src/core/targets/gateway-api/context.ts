import type { Ir } from '../../ir/ir.ts';
import { type GatewayApiLowering, gatewayApiLowering } from '../gateway-api-objects/lowering.ts';
import { dialectOf } from './dialects.ts';
import type { LoweringOptions } from './options.ts';

/** Data that all objects of one mesh share. */
export type Lowering = GatewayApiLowering<LoweringOptions>;

export function loweringOf(ir: Ir, options: LoweringOptions): Lowering {
  return gatewayApiLowering(ir, options, dialectOf(options));
}
