import type { LowerContext } from '../target.ts';

/** Versions of Consul whose schemas the output follows. */
export const versions = ['1.22', '2.0'] as const;

/** Settings of a lowering, by the options of a target. */
export interface LoweringOptions {
  readonly mode: 'kubernetes' | 'vms';
  /** The Kubernetes namespace of objects that hold for the whole mesh. */
  readonly systemNamespace: string;
  /** The key of a service's metadata that names its version. */
  readonly versionMeta: string;
}

/** Schema of the options of a target. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mode: {
      enum: ['kubernetes', 'vms'],
      default: 'kubernetes',
      description:
        'kubernetes: objects of the CRDs of consul-k8s. vms: config entries as JSON files, each for `consul config write`, in folders in the order in which Consul takes them.',
    },
    systemNamespace: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
      default: 'consul',
      description: 'The Kubernetes namespace of the objects for the whole mesh, ProxyDefaults and Mesh.',
    },
    versionMeta: {
      type: 'string',
      pattern: '^[a-zA-Z][a-zA-Z0-9_]{0,62}$',
      default: 'version',
      description:
        'The key of the metadata of an instance that names its version. On Kubernetes pods have the annotation `consul.hashicorp.com/service-meta-KEY`.',
    },
  },
};

/** Returns options that `optionsSchema` accepts with their defaults. */
export function loweringOptions({ options }: Pick<LowerContext, 'options'>): LoweringOptions {
  const { mode, systemNamespace, versionMeta } = options;
  return {
    mode: mode === 'vms' ? mode : 'kubernetes',
    systemNamespace: typeof systemNamespace === 'string' ? systemNamespace : 'consul',
    versionMeta: typeof versionMeta === 'string' ? versionMeta : 'version',
  };
}
