import { idOf } from '../ir/link/names.ts';
import type { Spec } from '../spec/spec.ts';
import type { StarterDocument } from './starter-documents.ts';

/**
 * Returns the files of the first mesh for kinds that the mesh lacks. If the mesh has services, a file must refer only
 * to existing ones.
 */
export function missingDocuments(
  documents: readonly StarterDocument[],
  spec: Spec | undefined,
): readonly StarterDocument[] {
  if (spec === undefined) return documents;
  const present = new Set<string>([
    'Mesh',
    ...(spec.services.length > 0 ? ['Service'] : []),
    ...(spec.routes.length > 0 ? ['Route'] : []),
    ...(spec.accesses.length > 0 ? ['Access'] : []),
  ]);
  const services = new Set(spec.services.map(idOf));
  return documents.filter(
    ({ kind, needs }) =>
      !present.has(kind) && (!present.has('Service') || needs.every((service) => services.has(service))),
  );
}
