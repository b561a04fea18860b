import { authorityOption } from '../certificate-objects/authority-objects.ts';
import type { LowerContext } from '../target.ts';

/** The options of the target with defaults, and the Istio version. */
export interface LoweringOptions {
  /** Minor version as a number: 31 for 1.31. */
  readonly minor: number;
  readonly mode: 'sidecar' | 'ambient';
  /** The namespace whose objects apply to the whole mesh. */
  readonly rootNamespace: string;
  /** The label that distinguishes the pods of versions which declare no labels. */
  readonly versionLabel: string;
  /** `write`: an apply hands istiod the issuer of the target. */
  readonly authority: 'expect' | 'write';
}

/** Versions that the output is tested against, oldest first. */
export const versions = ['1.28', '1.29', '1.30', '1.31'] as const;

/** JSON Schema of the options. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mode: {
      enum: ['sidecar', 'ambient'],
      default: 'sidecar',
      description:
        'How proxies stand beside workloads. sidecar: one in each pod. ambient: a ztunnel on each node, and a waypoint where requests are looked into.',
    },
    rootNamespace: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
      default: 'istio-system',
      description: 'The namespace whose objects hold for the whole mesh (`rootNamespace` of its MeshConfig).',
    },
    authority: authorityOption,
    versionLabel: {
      type: 'string',
      pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
      default: 'version',
      description:
        'The label of pods that says their version, for services of several versions that give these no `labels`: pods of v1 carry `version: v1`.',
    },
  },
};

/** Returns the options, which `optionsSchema` has checked, with defaults. */
export function loweringOptions({ version, options }: LowerContext): LoweringOptions {
  const { mode, rootNamespace, versionLabel } = options;
  return {
    minor: Number(/^1\.(?<minor>\d+)/.exec(version)?.groups?.['minor'] ?? 31),
    mode: mode === 'ambient' ? 'ambient' : 'sidecar',
    rootNamespace: typeof rootNamespace === 'string' ? rootNamespace : 'istio-system',
    authority: options['authority'] === 'write' ? 'write' : 'expect',
    versionLabel: typeof versionLabel === 'string' ? versionLabel : 'version',
  };
}
