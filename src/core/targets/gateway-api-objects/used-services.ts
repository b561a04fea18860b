import type { Json, ObjectArtifact } from '../artifact.ts';
import type { VersionServices } from './version-services.ts';

/**
 * Returns objects without the Services of versions that no other object names: rules may name a version where the mesh has no
 * route for them.
 */
export function withUsedServices(
  objects: readonly ObjectArtifact[],
  versions: VersionServices,
): readonly ObjectArtifact[] {
  const own = new Set([...versions.values()].map(({ service, name }) => `${service.namespace}/${name}`));
  const isOwn = ({ kind, namespace, name }: ObjectArtifact): boolean =>
    kind === 'Service' && own.has(`${namespace}/${name}`);
  const named = new Set<string>();
  for (const one of objects) if (!isOwn(one)) addTexts(one.manifest, named);
  return objects.filter((one) => !isOwn(one) || named.has(one.name));
}

function addTexts(value: Json, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) if (item !== undefined) addTexts(item, texts);
}
