import type { NativeDocument } from './native-document.ts';

/**
 * Returns documents of which each object has a name: a cluster gives a name to an object with `generateName`, and two objects
 * without a name are two objects.
 */
export function namedDocuments(documents: readonly NativeDocument[]): readonly NativeDocument[] {
  const taken = new Set(documents.map(keyOf));
  return documents.map((document) => {
    if (document.name !== '' || document.kind === '' || !document.root.at('apiVersion').isPresent)
      return document;
    const { value } = document.root.along('metadata', 'generateName');
    const written = typeof value === 'string' ? value.replace(/-+$/, '') : '';
    const base = written === '' ? document.kind.toLowerCase() : written;
    for (let number = 1; ; number += 1) {
      const own = { ...document, name: `${base}-${String(number)}` };
      if (taken.has(keyOf(own))) continue;
      taken.add(keyOf(own));
      return own;
    }
  });
}

function keyOf({ kind, namespace, name }: NativeDocument): string {
  return `${kind} ${namespace}/${name}`;
}
