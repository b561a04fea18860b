import { parseAllDocuments } from 'yaml';
import { jsonRecord } from '../lib/json-record.ts';
import { objectChanges } from '../plan/object-changes.ts';
import type { ObjectChange } from '../plan/plan.ts';
import type { Artifact, Json } from '../targets/artifact.ts';
import { withPlaceholders } from '../targets/placeholders.ts';

/**
 * Returns the differences of a file from the applied one, resource by resource; undefined if the live text can't be
 * read as resources.
 */
export function changedResources(
  applied: readonly Artifact[],
  live: string,
  seenAs: string,
): readonly ObjectChange[] | undefined {
  const found = applied.some(({ type }) => type === 'object')
    ? objects(live)
    : resources(live, seenAs, applied);
  if (found === undefined) return undefined;
  return objectChanges(applied, found);
}

/** Returns the resources of a DiscoveryResponse, or the file as one resource; placeholders replace directory paths. */
function resources(
  text: string,
  seenAs: string,
  applied: readonly Artifact[],
): readonly Artifact[] | undefined {
  const [first] = applied;
  if (first?.type !== 'file') return undefined;
  let value: Json;
  try {
    value = withoutKeys(JSON.parse(withPlaceholders(text, seenAs)) as Json);
  } catch {
    return undefined;
  }
  const { path, namespace } = first;
  const of = (resource: Json, kind: string, name: string): Artifact => ({
    type: 'file',
    path,
    kind,
    name,
    namespace,
    origins: [],
    resource,
  });
  const list = jsonRecord(value)['resources'];
  if (!Array.isArray(list)) return [of(value, first.kind, first.name)];
  return (list as readonly Json[]).map((resource) => {
    const fields = jsonRecord(resource);
    const [name, type] = [fields['name'] ?? fields['cluster_name'], fields['@type']];
    const kind = typeof type === 'string' ? type.slice(type.lastIndexOf('.') + 1) : first.kind;
    return of(resource, kind, typeof name === 'string' ? name : first.name);
  });
}

function objects(text: string): readonly Artifact[] | undefined {
  const found: Artifact[] = [];
  for (const document of parseAllDocuments(text)) {
    if (!('errors' in document) || document.errors.length > 0) return undefined;
    const manifest = withoutKeys(document.toJS() as Json);
    const { kind, metadata } = jsonRecord(manifest);
    const { name, namespace = '' } = jsonRecord(metadata);
    if (typeof kind !== 'string' || typeof name !== 'string' || typeof namespace !== 'string')
      return undefined;
    found.push({ type: 'object', kind, name, namespace, origins: [], manifest });
  }
  return found;
}

/** Removes private keys, so that no output shows a key that somebody has put into configuration. */
function withoutKeys(value: Json): Json {
  if (typeof value === 'string') return withoutKey(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutKeys);
  const entries: readonly (readonly [string, Json | undefined])[] = Object.entries(jsonRecord(value));
  return Object.fromEntries(
    entries.map(([key, entry]) => [withoutKey(key), entry === undefined ? entry : withoutKeys(entry)]),
  );
}

function withoutKey(text: string): string {
  return text.includes('PRIVATE KEY') ? '***' : text;
}
