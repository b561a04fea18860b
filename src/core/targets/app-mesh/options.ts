import type { LowerContext } from '../target.ts';

/** The options of the target with defaults. */
export interface LoweringOptions {
  /** `kubernetes`: objects for the controller. `aws-api`: the input of each call of the AWS API. */
  readonly form: 'kubernetes' | 'aws-api';
  /** The place of certificates: a SPIRE agent, or files in the container of the proxy. */
  readonly certificates: 'sds' | 'files';
  readonly podServices: 'write' | 'expect';
  /** The label of pods that says their version. */
  readonly versionLabel: string;
}

/** The versions of the controller and of the API that the output follows. */
export const versions = ['1.13'] as const;

/** JSON Schema of the options. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    form: {
      enum: ['kubernetes', 'aws-api'],
      default: 'kubernetes',
      description:
        'kubernetes: objects for the App Mesh controller. aws-api: a file for each resource, the input of `aws appmesh create-… --cli-input-json`.',
    },
    certificates: {
      enum: ['sds', 'files'],
      default: 'sds',
      description:
        'The place in which a proxy finds its certificate. sds: a SPIRE agent, which gives each account its SPIFFE ID. files: `/certs/tls.crt`, `/certs/tls.key` and `/certs/ca.crt` in its container (`appmesh.k8s.aws/secretMounts`).',
    },
    podServices: {
      enum: ['write', 'expect'],
      default: 'write',
      description:
        'A virtual node finds its pods by a headless Kubernetes Service, `NAME-pods` or `NAME-VERSION`. write: the target writes these Services. expect: they are there; the annotation `meshwright.dev/needs-services` of a virtual node names them with the labels that they select.',
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

/** Returns the options, which `optionsSchema` has checked, with defaults. */
export function loweringOptions({ options }: Pick<LowerContext, 'options'>): LoweringOptions {
  const { form, certificates, podServices, versionLabel } = options;
  return {
    form: form === 'aws-api' ? form : 'kubernetes',
    certificates: certificates === 'files' ? certificates : 'sds',
    podServices: podServices === 'expect' ? podServices : 'write',
    versionLabel: typeof versionLabel === 'string' ? versionLabel : 'version',
  };
}
