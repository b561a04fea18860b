import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';

/** The namespaces of workspaces and groups. */
export class Hierarchy {
  readonly #namespaces = new Map<string, readonly string[]>();

  constructor(documents: readonly NativeDocument[]) {
    for (const document of documents) {
      if (document.kind !== 'Workspace' && document.kind !== 'Group') continue;
      const names = readNamespaces(document.root.along('spec', 'namespaceSelector', 'names'));
      this.#namespaces.set(keyOf(document), names);
    }
  }

  /** Returns the namespaces of the group or workspace that an object belongs to; `*` stands for all. */
  of({ root }: NativeDocument, kind: 'security' | 'traffic' | 'gateway' | 'workspace'): readonly string[] {
    const annotation = kind === 'workspace' ? 'workspace' : `${kind}Group`;
    const name = root.along('metadata', 'annotations', `tsb.tetrate.io/${annotation}`).value;
    return (typeof name === 'string' ? this.#namespaces.get(`${kind} ${name}`) : undefined) ?? [];
  }
}

/** Returns the key of a workspace or group: the kind of a group is the first word of its API group. */
function keyOf({ kind, group, name }: NativeDocument): string {
  return `${kind === 'Workspace' ? 'workspace' : group.slice(0, group.indexOf('.'))} ${name}`;
}

function readNamespaces(list: Field): readonly string[] {
  return (list.texts() ?? []).map((text) => text.slice(text.indexOf('/') + 1));
}

/** Returns true if namespaces of a group have a namespace. */
export function hasNamespace(namespaces: readonly string[], namespace: string): boolean {
  return namespaces.includes(namespace) || namespaces.includes('*');
}

/** Returns the id of the service of a host with its namespace: `bookinfo/reviews.bookinfo.svc.cluster.local`. */
export function serviceOf(text: string, { inventory }: ReadContext): string | undefined {
  const [first = '', host = first] = text.split('/');
  const [name = '', namespace = first] = host.split('.');
  const id = `${namespace}/${name}`;
  if (inventory.service(id) !== undefined) return id;
  const isOfCluster =
    !host.includes('.') || /^[a-z0-9-]+\.[a-z0-9-]+(?:\.svc(?:\.cluster\.local)?)?$/.test(host);
  return isOfCluster && /^[a-z0-9-]+$/.test(namespace) ? id : undefined;
}
