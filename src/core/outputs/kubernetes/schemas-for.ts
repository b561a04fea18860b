import type { Cluster } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { type Schema, schemaOfKind } from '../schema.ts';
import type { WantedObject } from './compare-object.ts';
import { inParallel } from './in-parallel.ts';

/** Reads the schemas of the group versions of objects; a group that the server doesn't serve yet has none. */
export async function schemasFor(
  cluster: Cluster,
  objects: readonly WantedObject[],
): Promise<(manifest: Json) => Schema | undefined> {
  const versions = [...new Set(objects.map(({ manifest }) => typeOf(manifest).apiVersion))];
  const found = new Map<string, Readonly<Record<string, Json>>>();
  await inParallel(versions, versions.length, async (version) => {
    const schemas = await cluster.schemas(version);
    if (schemas !== undefined) found.set(version, schemas);
  });
  const byKind = new Map<string, Schema | undefined>();
  return (manifest) => {
    const { apiVersion, kind } = typeOf(manifest);
    const named = found.get(apiVersion);
    const key = `${apiVersion} ${kind}`;
    if (!byKind.has(key)) byKind.set(key, named && schemaOfKind(named, apiVersion, kind));
    return byKind.get(key);
  };
}

function typeOf(manifest: Json): { readonly apiVersion: string; readonly kind: string } {
  return manifest as { readonly apiVersion: string; readonly kind: string };
}
