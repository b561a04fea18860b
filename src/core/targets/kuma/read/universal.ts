import type { NativeDocument } from '../../../import/native-document.ts';

/** Returns true for a resource of Kuma outside of Kubernetes: a document with a type and a name, without an API version. */
export function isUniversal({ root }: NativeDocument, types: readonly string[]): boolean {
  const { value } = root.at('type');
  return !root.at('apiVersion').isPresent && typeof value === 'string' && types.includes(value);
}

/** Returns a resource as its object on Kubernetes: `metadata` is the resource itself, and so is `spec` if it has none. */
export function universalAsObject(document: NativeDocument): NativeDocument {
  const root = document.root.renamed((name, keys, depth) => {
    const isWhole = depth === 0 && (name === 'metadata' || (name === 'spec' && !keys.includes('spec')));
    return isWhole ? undefined : name;
  });
  const [type, name] = [root.at('type').value, root.at('name').value];
  return {
    ...document,
    root,
    kind: typeof type === 'string' ? type : '',
    name: typeof name === 'string' ? name : '',
  };
}

/** Accounts for the fields of a resource that say nothing about calls. */
export function readUniversalHeader({ root }: NativeDocument): void {
  for (const name of ['type', 'name', 'mesh']) root.at(name).carried();
  root.at('labels').withoutEffect('labels of the resource itself change nothing for callers');
  for (const name of ['creationTime', 'modificationTime', 'kri', 'status'])
    root.at(name).withoutEffect('the control plane keeps this about the resource');
}
