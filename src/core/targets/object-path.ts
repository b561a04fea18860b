import type { ObjectArtifact } from './artifact.ts';

/**
 * Returns the file of an object: one for each namespace and kind. No namespace is called `_cluster`, where objects
 * without one stand.
 */
export function objectPath({ namespace, kind }: Pick<ObjectArtifact, 'namespace' | 'kind'>): string {
  return `manifests/${namespace === '' ? '_cluster' : namespace}/${kind.toLowerCase()}.yaml`;
}
