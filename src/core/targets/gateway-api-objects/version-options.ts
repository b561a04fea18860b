import type { LowerContext } from '../target.ts';
import type { VersionServiceOptions } from './version-services.ts';

/** Schemas of the options about versions. */
export const versionOptionSchemas = {
  versionServices: {
    enum: ['write', 'expect'],
    default: 'write',
    description:
      'A share of a version goes to a Kubernetes Service of that version, `NAME-VERSION`. write: the target writes these Services. expect: they are there; the annotation `meshwright.dev/needs-services` of a route names them with the labels that they select.',
  },
  versionLabel: {
    type: 'string',
    pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
    default: 'version',
    description:
      'The label of pods that says their version, for services of several versions that give these no `labels`: pods of v1 carry `version: v1`.',
  },
} as const;

/** Returns the options about versions; an option that is left out has its default. */
export function versionOptions({
  versionServices,
  versionLabel,
}: LowerContext['options']): VersionServiceOptions {
  return {
    versionServices: versionServices === 'expect' ? versionServices : 'write',
    versionLabel: typeof versionLabel === 'string' ? versionLabel : 'version',
  };
}
