import { istioVersionOption } from '../istio-objects/direct-target.ts';
import { optionsSchema as istioOptions } from '../istio-objects/lowering-options.ts';
import type { LowerContext } from '../target.ts';

/** The versions of the product whose API the output follows. */
export const versions = ['2.14'] as const;

/** Settings of Gloo Mesh. */
export interface GlooOptions {
  /** `gloo`: kinds of Gloo Mesh where they say more than those of Istio. `istio`: objects of Istio alone. */
  readonly form: 'gloo' | 'istio';
  readonly managementNamespace: string;
  /** The cluster of the namespaces, or `*`. */
  readonly cluster: string;
  readonly rootNamespace: string;
}

const label = '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$';
const { properties } = istioOptions as { readonly properties: Readonly<Record<string, object>> };

/** JSON Schema of the options. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    form: {
      enum: ['gloo', 'istio'],
      default: 'gloo',
      description:
        'gloo: policies of Gloo Mesh beside the objects of Istio, for what Istio has no kinds for: checks of instances, and limits over whole services by the rate limiter of Gloo Mesh. istio: objects of Istio alone.',
    },
    managementNamespace: {
      type: 'string',
      pattern: label,
      default: 'gloo-mesh',
      description: 'The namespace of the management plane, which reads the Workspace there.',
    },
    cluster: {
      type: 'string',
      pattern: '^(?:\\*|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$',
      default: '*',
      description: 'The cluster whose namespaces the Workspace has; `*` for all clusters.',
    },
    istioVersion: istioVersionOption,
    rootNamespace: properties['rootNamespace'],
    authority: properties['authority'],
    versionLabel: properties['versionLabel'],
  },
};

/** Returns the settings, by options that `optionsSchema` has checked. */
export function glooOptions(options: LowerContext['options']): GlooOptions {
  const text = (option: string, other: string): string => {
    const value = options[option];
    return typeof value === 'string' ? value : other;
  };
  return {
    form: options['form'] === 'istio' ? 'istio' : 'gloo',
    managementNamespace: text('managementNamespace', 'gloo-mesh'),
    cluster: text('cluster', '*'),
    rootNamespace: text('rootNamespace', 'istio-system'),
  };
}
