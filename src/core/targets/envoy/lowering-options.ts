import type { LowerContext } from '../target.ts';

/** The options of the target, with defaults. */
export interface LoweringOptions {
  /** PEM file of the certificate authorities that the proxies' machines trust. */
  readonly systemCertificates: string;
  /** The place of endpoints: inside clusters, or in files of their own. */
  readonly endpoints: 'clusters' | 'files';
}

/** JSON Schema of the options. */
export const optionsSchema: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    systemCertificates: {
      type: 'string',
      minLength: 1,
      pattern: '^/[^\\u0000-\\u001f\\u007f]*$',
      default: '/etc/ssl/certs/ca-certificates.crt',
      description: 'PEM file of the certificate authorities that the machines of the proxies trust.',
    },
    endpoints: {
      enum: ['clusters', 'files'],
      default: 'clusters',
      description:
        'Where endpoints stand. clusters: inside the clusters, so that a proxy watches a handful of files however large the mesh is. files: in a file for each cluster (EDS), so that a change of endpoints leaves connections to the others alone; every such file costs each proxy an inotify instance, of which Linux by default allows a user 128, and an Envoy that gets none ends.',
    },
  },
};

/** Returns the options, which `optionsSchema` has checked, with defaults. */
export function loweringOptions({ options }: LowerContext): LoweringOptions {
  const { systemCertificates, endpoints } = options;
  return {
    systemCertificates:
      typeof systemCertificates === 'string' ? systemCertificates : '/etc/ssl/certs/ca-certificates.crt',
    endpoints: endpoints === 'files' ? 'files' : 'clusters',
  };
}
