import type { Ir } from '../../ir/ir.ts';
import type { Port } from '../../ir/service.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import { type GatewayApiLowering, gatewayApiLowering } from '../gateway-api-objects/lowering.ts';
import { serviceRefs, versionServices } from '../gateway-api-objects/version-services.ts';
import { capabilities } from './capabilities.ts';
import type { LoweringOptions } from './options.ts';
import { mayPrecede } from './routes/precedence.ts';
import { routeParts } from './routes/route-parts.ts';
import { streamRule } from './routes/stream-rule.ts';

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
  nowhere: '500 (before Kuma 3.0 an answer of the service itself)',
  mayPrecede,
};

export function loweringOf(ir: Ir, options: LoweringOptions): Lowering {
  const versions = versionServices(writtenRoutes(ir));
  return { ...gatewayApiLowering(ir, options, dialect), versions, serviceOf: serviceRefs(ir, versions) };
}

/** Returns a mesh with the rules alone that are written: no Service is needed for a version that only others name. */
function writtenRoutes(ir: Ir): Ir {
  const written = (port: Port): Port => {
    const rules = port.http
      ? [
          ...new Set(
            routeParts(port, { dialect })
              .parts.filter(({ alternatives }) => alternatives.length > 0)
              .map(({ rule }) => rule),
          ),
        ]
      : [streamRule(port)].filter((rule) => rule !== undefined);
    return { ...port, route: { ...port.route, rules } };
  };
  return {
    ...ir,
    services: Object.fromEntries(
      Object.entries(ir.services).map(([id, service]) => [
        id,
        { ...service, ports: service.ports.map(written) },
      ]),
    ),
    gateways: Object.fromEntries(
      Object.entries(ir.gateways).map(([id, gateway]) => [id, { ...gateway, listeners: [] }]),
    ),
  };
}
