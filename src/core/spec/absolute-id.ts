/** Returns `namespace/name` of a reference in a document; a reference without a namespace has that of the document. */
export function absoluteId(reference: string, namespace: string): string {
  return reference.includes('/') ? reference : `${namespace}/${reference}`;
}
