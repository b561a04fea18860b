import type { NativeDocument } from '../native-document.ts';

const labelsWhy = 'labels of the object itself change nothing for callers';
const bookkeeping = 'Kubernetes keeps this about the object';

/** Returns true for the name of an annotation that another reader accounts for. */
export type LeavesAnnotation = (name: string) => boolean;

/**
 * Accounts for the header and the status of a Kubernetes object: apiVersion, kind, metadata, but for annotations that
 * `leaves` returns true for.
 */
export function readHeader({ root }: NativeDocument, leaves?: LeavesAnnotation): void {
  root.at('apiVersion').carried();
  root.at('kind').carried();
  root.at('status').withoutEffect('the status is written by controllers');
  const metadata = root.at('metadata');
  metadata.at('name').carried();
  metadata.at('namespace').carried();
  if (typeof metadata.value !== 'object' || metadata.value === null) return;
  for (const [name, field] of metadata.entries()) {
    if (name === 'labels') field.withoutEffect(labelsWhy);
    else if (name === 'annotations') readAnnotations(field, leaves);
    else if (name !== 'name' && name !== 'namespace') field.withoutEffect(bookkeeping);
  }
}

/** Accounts for annotations of an object or of a pod template. */
export function readAnnotations(annotations: NativeDocument['root'], leaves?: LeavesAnnotation): void {
  if (typeof annotations.value !== 'object' || annotations.value === null) {
    if (annotations.value !== undefined) annotations.withoutEffect(bookkeeping);
    return;
  }
  for (const [name, field] of annotations.entries()) {
    if (leaves?.(name) !== true) field.withoutEffect('annotations of other tools change nothing in the mesh');
  }
}
