import type { ReadDocument } from './read-document.ts';

/**
 * Merges documents of one kind, namespace and name: maps merge by key, everything else is replaced by the later one. The
 * `versions` of a service are replaced as a whole, since versions of two sources would overlap. The order is that of the first
 * document of each name.
 */
export function mergeDocuments(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  const byName = new Map<string, ReadDocument>();
  for (const document of documents) {
    const key = `${document.kind} ${document.namespace}/${document.name}`;
    const known = byName.get(key);
    byName.set(key, known === undefined ? document : merged(known, document));
  }
  return [...byName.values()];
}

function merged(one: ReadDocument, other: ReadDocument): ReadDocument {
  const beside = one.beside ?? other.beside;
  return {
    ...one,
    spec: mergeValues(one.spec, other.spec, replaced),
    from: [...new Set([...one.from, ...other.from])],
    ...(beside === undefined ? {} : { beside }),
  } as ReadDocument;
}

const replaced: readonly string[] = ['versions'];

function mergeValues(one: unknown, other: unknown, whole: readonly string[] = []): unknown {
  if (!isMap(one) || !isMap(other)) return other;
  const result = new Map(Object.entries(one));
  for (const [key, value] of Object.entries(other))
    result.set(key, whole.includes(key) ? value : mergeValues(result.get(key), value));
  return Object.fromEntries(result);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
