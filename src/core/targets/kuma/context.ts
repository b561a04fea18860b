import type { Ir } from '../../ir/ir.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import { type GatewayApiLowering, gatewayApiLowering } from '../gateway-api-objects/lowering.ts';
import { serviceRefs, versionServices } from '../gateway-api-objects/version-services.ts';
import { capabilities } from './capabilities.ts';
import type { LoweringOptions } from './options.ts';
import { mayPrecede } from './routes/precedence.ts';

/** Data that all resources of one mesh share. */
export type Lowering = GatewayApiLowering<LoweringOptions>;

const dialect: Dialect = {
  lacks: (feature) => {
    const kept = capabilities[feature];
    return typeof kept === 'object' && 'none' in kept;
  },
  // Retries stand in policies of their own.
  retries: 'unsaid',
  // Kuma hands values of headers to Envoy as they are.
  doublesPercent: true,
  // Kuma exchanges a prefix together with the slash behind it.
  prefixSlashes: 'replaced',
  patterns: true,
  redirectPorts: 'as requested',
  mayPrecede,
};

export function loweringOf(ir: Ir, options: LoweringOptions): Lowering {
  // No rule of a gateway is written, so that no Service is needed for a version that only such a rule names.
  const gateways = Object.fromEntries(
    Object.entries(ir.gateways).map(([id, gateway]) => [id, { ...gateway, listeners: [] }]),
  );
  const versions = versionServices({ ...ir, gateways });
  return { ...gatewayApiLowering(ir, options, dialect), versions, serviceOf: serviceRefs(ir, versions) };
}
