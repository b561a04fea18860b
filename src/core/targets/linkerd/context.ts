import type { Ir } from '../../ir/ir.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import { mayPrecede } from '../gateway-api-objects/linkerd-precedence.ts';
import { type GatewayApiLowering, gatewayApiLowering } from '../gateway-api-objects/lowering.ts';
import { capabilities } from './capabilities.ts';
import type { LoweringOptions } from './options.ts';

/** Data that all objects of one mesh share. */
export type Lowering = GatewayApiLowering<LoweringOptions>;

/** The most matches of a rule (`maxItems` of the CRDs that Linkerd brings). */
export const mostMatches = 8;

const dialect: Dialect = {
  lacks: (feature) => {
    const kept = capabilities[feature];
    return typeof kept === 'object' && 'none' in kept;
  },
  retries: 'annotations',
  doublesPercent: false,
  patterns: true,
  mostMatches,
  redirectPorts: 'as requested',
  mayPrecede,
};

export function loweringOf(ir: Ir, options: LoweringOptions): Lowering {
  return gatewayApiLowering(ir, options, dialect);
}
