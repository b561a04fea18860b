import type { ObjectArtifact } from '../artifact.ts';
import { metadataOf, type ObjectParts } from './object.ts';

/** The parts of a ConfigMap. */
export interface ConfigMapParts extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly data: Readonly<Record<string, string>>;
}

/** Returns a ConfigMap that names its manager and its document. */
export function configMap({ data, ...parts }: ConfigMapParts): ObjectArtifact {
  const { namespace, name, origins } = parts;
  return {
    type: 'object',
    kind: 'ConfigMap',
    namespace,
    name,
    origins,
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(parts), data },
  };
}
