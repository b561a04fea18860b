import type { Ir } from '../../ir/ir.ts';
import { istioVersionOption } from '../istio-objects/direct-target.ts';
import type { LowerContext } from '../target.ts';

/** The versions of the documentation and the API that the output follows. */
export const versions = ['1.11'] as const;

/** The place of a mesh in the hierarchy of Tetrate Service Bridge. */
export interface Hierarchy {
  readonly organization: string;
  readonly tenant: string;
  readonly workspace: string;
  /** The cluster of the namespaces, or `*`. */
  readonly cluster: string;
  readonly rootNamespace: string;
}

const label = '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$';

/** JSON Schema of the options. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    organization: {
      type: 'string',
      pattern: label,
      default: 'tetrate',
      description: 'The organization of the installation.',
    },
    tenant: { type: 'string', pattern: label, default: 'default', description: 'The tenant of the mesh.' },
    workspace: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9]{0,47}[a-z0-9])?$',
      description: 'The workspace, which the target writes. Left out, the name of the mesh.',
    },
    cluster: {
      type: 'string',
      pattern: `^(?:\\*|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$`,
      default: '*',
      description: 'The cluster whose namespaces the workspace has; `*` for all clusters.',
    },
    istioVersion: istioVersionOption,
    rootNamespace: {
      type: 'string',
      pattern: label,
      default: 'istio-system',
      description:
        'The namespace whose objects hold for the whole mesh, and in which the target writes the workspace.',
    },
    versionLabel: {
      type: 'string',
      pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
      default: 'version',
      description:
        'The label of pods that says their version, for services of several versions that give these no `labels`: pods of v1 carry `version: v1`.',
    },
  },
};

/** Returns the place of a mesh, by options that `optionsSchema` has checked. */
export function hierarchyOf({ name }: Ir, options: LowerContext['options']): Hierarchy {
  const text = (option: string, other: string): string => {
    const value = options[option];
    return typeof value === 'string' ? value : other;
  };
  return {
    organization: text('organization', 'tetrate'),
    tenant: text('tenant', 'default'),
    workspace: text('workspace', name.slice(0, 49).replace(/-+$/, '')),
    cluster: text('cluster', '*'),
    rootNamespace: text('rootNamespace', 'istio-system'),
  };
}
