import { isSameJson } from '../lib/is-same-json.ts';
import type { Json } from '../lib/json.ts';
import type { ReadDocument } from './read-document.ts';

/** Receives a Route whose rules take the place of those of another one that says where the same calls go. */
export type ReportReplaced = (route: ReadDocument, other: ReadDocument) => void;

/**
 * Merges documents of one kind, namespace and name: maps merge by key, everything else is replaced by the later one. The
 * `versions` of a service are replaced as a whole, since versions of two sources would overlap. Accesses and Authentications add
 * up: a second one of a name gets a name of its own, since a merge would drop what the first refuses. The order is that of the
 * first document of each name.
 */
export function mergeDocuments(
  documents: readonly ReadDocument[],
  replaces: ReportReplaced = () => undefined,
): readonly ReadDocument[] {
  const byName = new Map<string, ReadDocument>();
  const taken = new Set(documents.map(keyOf));
  for (const document of documents) {
    const known = byName.get(keyOf(document));
    const isSame = known === undefined || isSameJson(known.spec as Json, document.spec as Json);
    if (known === undefined) byName.set(keyOf(document), document);
    else if (isSame || !addsUp(document)) {
      if (!isSame && document.kind === 'Route') replaces(document, known);
      byName.set(keyOf(document), merged(known, document));
    } else {
      const own = { ...document, name: freeName(document, taken) };
      taken.add(keyOf(own));
      byName.set(keyOf(own), own);
    }
  }
  return [...byName.values()];
}

function addsUp({ kind }: ReadDocument): boolean {
  return kind === 'Access' || kind === 'Authentication';
}

function keyOf({ kind, namespace, name }: ReadDocument): string {
  return `${kind} ${namespace}/${name}`;
}

/** Returns the first of NAME-2, NAME-3 and so on that no document of the kind has. */
function freeName(document: ReadDocument, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const name = `${document.name.slice(0, 58)}-${String(number)}`;
    if (!taken.has(keyOf({ ...document, name }))) return name;
  }
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
