import type { ObjectArtifact } from './artifact.ts';

/**
 * Returns the file of an object; each namespace and kind has one. Objects without a namespace are in `_cluster`, which
 * is no namespace's name.
 */
export function objectPath({ namespace, kind }: Pick<ObjectArtifact, 'namespace' | 'kind'>): string {
  return `manifests/${namespace === '' ? '_cluster' : namespace}/${kind.toLowerCase()}.yaml`;
}
