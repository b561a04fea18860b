import type { Origin } from '../../source/location.ts';
import type { FileArtifact, Json } from '../artifact.ts';
import { distinctOrigins } from '../files.ts';

/** One resource in a file; `origins` is never empty. */
export function resource(
  kind: FileArtifact['kind'],
  path: string,
  {
    name,
    namespace,
    origins,
  }: { readonly name: string; readonly namespace: string; readonly origins: readonly Origin[] },
  content: Json,
): FileArtifact {
  return { type: 'file', kind, name, namespace, origins: distinctOrigins(origins), path, resource: content };
}
