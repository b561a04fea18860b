import type { GatewayOptions } from '../gateway-api-objects/gateways.ts';
import { versionOptionSchemas, versionOptions } from '../gateway-api-objects/version-options.ts';
import type { LowerContext } from '../target.ts';

/** Versions of Cilium whose policy engine, CRDs and sources the output follows. */
export const versions = ['1.20'] as const;

/** Settings of a lowering, by the options of a target. */
export type LoweringOptions = GatewayOptions & { readonly gatewayClass: string };

/** Schema of the options of a target. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...versionOptionSchemas,
    gatewayClass: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$',
      default: 'cilium',
      description: 'The GatewayClass of Gateways.',
    },
  },
};

/** Options as `optionsSchema` accepts them; what is left out is its default. */
export function loweringOptions({ options }: Pick<LowerContext, 'options'>): LoweringOptions {
  const { gatewayClass } = options;
  return {
    ...versionOptions(options),
    gatewayClass: typeof gatewayClass === 'string' ? gatewayClass : 'cilium',
  };
}
