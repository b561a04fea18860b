import { sha256 } from '../../lib/sha256.ts';

/** Label of each member of an ApplySet: the id of the set (KEP-3659, with the prefix that kubectl uses). */
export const memberLabel = 'applyset.kubernetes.io/part-of';

/** Label of the parent of an ApplySet: its own id. */
export const parentLabel = 'applyset.kubernetes.io/id';

/** Annotations of the parent: the tool that writes the set, and where its members are. */
export const parentAnnotations = {
  tooling: 'applyset.kubernetes.io/tooling',
  groupKinds: 'applyset.kubernetes.io/contains-group-kinds',
  namespaces: 'applyset.kubernetes.io/additional-namespaces',
} as const;

/** The object that stands for an inventory. */
export interface Parent {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
  /** API group; empty: the core's. */
  readonly group: string;
}

/** Returns the id of the ApplySet of a parent: SHA-256 of its name, in base64url without padding. */
export function applySetId({ name, namespace, kind, group }: Parent): string {
  return `applyset-${base64Url(sha256([name, namespace, kind, group].join('.')))}-v1`;
}

/** Returns the name of the ConfigMap that stands for an inventory; two inventories never have one. */
export function parentName(inventory: string): string {
  const words = inventory
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `mesh-${words === '' ? '' : `${words.replace(/-$/, '')}-`}${sha256(inventory).slice(0, 10)}`;
}

/** Returns the field manager of an inventory; a server takes at most 128 characters. */
export function fieldManager(inventory: string): string {
  const name = `mesh/${inventory}`;
  return name.length <= longest ? name : `${name.slice(0, longest - 11)}-${sha256(inventory).slice(0, 10)}`;
}

const longest = 128;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function base64Url(hexadecimal: string): string {
  const bytes = (hexadecimal.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = bytes.slice(i, i + 3);
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    for (let j = 0; j <= group.length; j += 1) text += alphabet.charAt((bits >> (18 - 6 * j)) & 63);
  }
  return text;
}
