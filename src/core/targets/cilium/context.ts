import type { Ir } from '../../ir/ir.ts';
import { ciliumReading } from '../gateway-api-objects/cilium-reading.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import { type GatewayApiLowering, gatewayApiLowering } from '../gateway-api-objects/lowering.ts';
import { capabilities } from './capabilities.ts';
import type { LoweringOptions } from './options.ts';

/** Data that all objects of one mesh share. */
export type Lowering = GatewayApiLowering<LoweringOptions>;

const dialect: Dialect = {
  lacks: (feature) => {
    const kept = capabilities[feature];
    return typeof kept === 'object' && 'none' in kept;
  },
  retries: 'unsaid',
  patterns: true,
  ...ciliumReading,
};

export function loweringOf(ir: Ir, options: LoweringOptions): Lowering {
  return gatewayApiLowering(ir, options, dialect);
}
