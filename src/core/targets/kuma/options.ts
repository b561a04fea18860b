import { versionOptionSchemas, versionOptions } from '../gateway-api-objects/version-options.ts';
import type { VersionServiceOptions } from '../gateway-api-objects/version-services.ts';
import type { LowerContext } from '../target.ts';

/** Versions of Kuma whose CRDs the output follows; it has the same form for both. */
export const versions = ['2.14', '3.0'] as const;

/** Settings of a lowering, by the options of a target. */
export interface LoweringOptions extends VersionServiceOptions {
  readonly mode: 'kubernetes' | 'universal';
  /** The name of the Mesh in Kuma. */
  readonly mesh: string;
  /** The Kubernetes namespace of the control plane. */
  readonly systemNamespace: string;
  readonly authority: 'generated' | 'secret';
}

const label = '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$';

/** Schema of the options of a target. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mode: {
      enum: ['kubernetes', 'universal'],
      default: 'kubernetes',
      description:
        'kubernetes: objects of the CRDs of Kuma. universal: resources as JSON files, each for `kumactl apply -f`.',
    },
    mesh: {
      type: 'string',
      pattern: label,
      default: 'default',
      description: 'The name of the Mesh in Kuma.',
    },
    systemNamespace: {
      type: 'string',
      pattern: label,
      default: 'kuma-system',
      description: 'The Kubernetes namespace of the control plane, where policies for all callers stand.',
    },
    authority: {
      enum: ['generated', 'secret'],
      default: 'generated',
      description:
        'The authority that signs the certificates of proxies. generated: Kuma makes one. secret: Kuma takes the Secrets that `mesh certs export` writes.',
    },
    ...versionOptionSchemas,
  },
};

/** Returns options that `optionsSchema` accepts with their defaults. */
export function loweringOptions({ options }: Pick<LowerContext, 'options'>): LoweringOptions {
  const { mode, mesh, systemNamespace, authority } = options;
  return {
    mode: mode === 'universal' ? mode : 'kubernetes',
    mesh: typeof mesh === 'string' ? mesh : 'default',
    systemNamespace: typeof systemNamespace === 'string' ? systemNamespace : 'kuma-system',
    authority: authority === 'secret' ? authority : 'generated',
    ...versionOptions(options),
  };
}
