import type { NativeDocument } from '../../../import/native-document.ts';

/** The kind of place that a route holds at: a Server, hosts outside of the mesh, or Services and Gateways. */
export type RoutePlace = 'server' | 'egress' | 'other';

/** Returns the place of a route, by its first parent of one of Linkerd's own kinds. */
export function placeOf({ root }: NativeDocument): RoutePlace {
  const refs = root.along('spec', 'parentRefs');
  const kinds = Array.isArray(refs.value)
    ? refs.value.map((_one, index) => refs.item(index).at('kind').value)
    : [];
  if (kinds.includes('Server')) return 'server';
  return kinds.includes('EgressNetwork') ? 'egress' : 'other';
}

/** Returns documents in the order of their names, with numbers in names by their value. */
export function byName(documents: readonly NativeDocument[]): readonly NativeDocument[] {
  const keyOf = ({ namespace, name }: NativeDocument): string =>
    `${namespace}/${name}`.replace(/\d+/g, (digits) => digits.padStart(6, '0'));
  return [...documents].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
