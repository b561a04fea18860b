import { authorityOption } from '../certificate-objects/authority-objects.ts';
import { versionOptionSchemas, versionOptions } from '../gateway-api-objects/version-options.ts';
import type { VersionServiceOptions } from '../gateway-api-objects/version-services.ts';
import type { LowerContext } from '../target.ts';

/** Versions of Linkerd whose documentation, CRDs and sources the output follows. */
export const versions = ['2.20'] as const;

/** Settings of a lowering, by the options of a target. */
export interface LoweringOptions extends VersionServiceOptions {
  readonly services: 'write' | 'expect';
  readonly probePaths: readonly string[];
  /** `write`: an apply hands Linkerd's identity service the issuer of the target, and its anchors. */
  readonly authority: 'expect' | 'write';
}

/** Schema of the options of a target. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    services: {
      enum: ['write', 'expect'],
      default: 'expect',
      description:
        'The Kubernetes Service of each Service of the mesh. write: the target writes it, with the annotations by which Linkerd ejects instances that fail. expect: it is there; the annotation `meshwright.dev/needs-annotations` of a Server names the annotations that it has to have.',
    },
    authority: authorityOption,
    ...versionOptionSchemas,
    probePaths: {
      type: 'array',
      maxItems: 16,
      items: { type: 'string', pattern: "^(?:/[-A-Za-z0-9_~!$&'()*+,;=:@][-A-Za-z0-9._~!$&'()*+,;=:@]*)+$" },
      default: [],
      description:
        'Paths that anyone may GET on each HTTP port whose Access has conditions on requests. Linkerd lets the probes of the kubelet through by itself only where a port has no such conditions.',
    },
  },
};

/** Options as `optionsSchema` accepts them; what is left out is its default. */
export function loweringOptions({ options }: Pick<LowerContext, 'options'>): LoweringOptions {
  const { services, probePaths } = options;
  return {
    services: services === 'write' ? services : 'expect',
    authority: options['authority'] === 'write' ? 'write' : 'expect',
    ...versionOptions(options),
    probePaths: Array.isArray(probePaths) ? probePaths.filter((path) => typeof path === 'string') : [],
  };
}
