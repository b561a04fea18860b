import type { Origin } from '../../location.ts';
import { formatOrigin } from '../../location.ts';
import type { FileArtifact, Json, PartPlace } from '../artifact.ts';

/** Returns one resource in a file. `origins` is never empty; messages name the first. */
export function resource(
  kind: FileArtifact['kind'],
  path: string,
  {
    name,
    namespace,
    origins,
    places,
  }: {
    readonly name: string;
    readonly namespace: string;
    readonly origins: readonly Origin[];
    readonly places?: readonly PartPlace[];
  },
  content: Json,
): FileArtifact {
  const distinct = [...new Map(origins.map((origin) => [formatOrigin(origin), origin])).values()];
  return {
    type: 'file',
    kind,
    name,
    namespace,
    origins: distinct,
    path,
    resource: content,
    ...(places && { places }),
  };
}
