import { istioVersionOption } from '../istio-objects/direct-target.ts';
import { optionsSchema as istioOptions } from '../istio-objects/lowering-options.ts';
import type { LowerContext } from '../target.ts';

/** The versions of the product whose API the output follows. */
export const versions = ['2.14'] as const;

/** Settings of Gloo Mesh. */
export interface GlooOptions {
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
    managementNamespace: text('managementNamespace', 'gloo-mesh'),
    cluster: text('cluster', '*'),
    rootNamespace: text('rootNamespace', 'istio-system'),
  };
}
