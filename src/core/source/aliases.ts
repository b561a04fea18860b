/** The most alias nodes that one file may have (language.md). */
export const maxAliases = 1000;

/** The most values that the aliases of one file may stand for: shared values cost little to read, but much to walk. */
export const maxAliasedValues = 100_000;

/** A value that was marked with an anchor. */
interface Anchored {
  readonly value: unknown;
  readonly size: number;
  readonly height: number;
}

/** The value of an alias, or the code of its problem; `told` if a finding about the alias already exists. */
export type Resolved = Anchored | { readonly problem: 'MESH1007' | 'MESH1009' | 'MESH1010' | 'told' };

/** The anchors of a document, and counts that are limited for each file. */
export interface Aliases {
  readonly anchors: Map<string, Anchored | 'open'>;
  readonly used: { nodes: number; values: number };
}

/** Looks up the anchor of an alias and counts the values of the anchor. */
export function resolveAlias({ anchors, used }: Aliases, name: string): Resolved {
  const anchored = anchors.get(name);
  if (anchored === undefined) return { problem: 'MESH1007' };
  if (anchored === 'open') return { problem: 'MESH1010' };
  if (used.values > maxAliasedValues) return { problem: 'told' };
  used.values += anchored.size;
  return used.values > maxAliasedValues ? { problem: 'MESH1009' } : anchored;
}
