import { versionOptionSchemas, versionOptions } from '../gateway-api-objects/version-options.ts';
import type { VersionServiceOptions } from '../gateway-api-objects/version-services.ts';
import type { LowerContext } from '../target.ts';

/** Implementations whose promises are known. */
export const implementations = ['istio', 'cilium', 'kuma', 'linkerd'] as const;
export type Implementation = (typeof implementations)[number];

/** The options of the target, defaults applied. */
export interface LoweringOptions extends VersionServiceOptions {
  readonly channel: 'standard' | 'experimental';
  readonly implementation?: Implementation;
  /** Absent: no Gateway is written. */
  readonly gatewayClass?: string;
}

/** Versions of the Gateway API that the output is tested against. */
export const versions = ['1.6'] as const;

/** JSON Schema of the options. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    channel: {
      enum: ['standard', 'experimental'],
      default: 'standard',
      description:
        'The channel whose CRDs the cluster has. `retry` of an HTTPRoute is in the experimental one alone.',
    },
    implementation: {
      enum: implementations,
      description:
        'The mesh that reads the objects. What it promises beside the conformance tests for meshes is kept; without this option nothing but these tests is relied on.',
    },
    ...versionOptionSchemas,
    gatewayClass: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$',
      description:
        'The GatewayClass of Gateways. Without it that of the implementation, `istio`, `cilium` or `kuma`; where there is none, no Gateway is written.',
    },
  },
};

const classes: Readonly<Partial<Record<string, string>>> = { istio: 'istio', cilium: 'cilium', kuma: 'kuma' };

/** Options as `optionsSchema` accepts them; what is left out is its default. */
export function loweringOptions({ options }: Pick<LowerContext, 'options'>): LoweringOptions {
  const { channel } = options;
  const implementation = implementations.find((name) => name === options['implementation']);
  const gatewayClass = options['gatewayClass'] ?? classes[implementation ?? ''];
  return {
    channel: channel === 'experimental' ? channel : 'standard',
    ...(implementation && { implementation }),
    ...versionOptions(options),
    ...(typeof gatewayClass === 'string' && { gatewayClass }),
  };
}
