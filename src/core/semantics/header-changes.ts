import type { Header, HeaderChanges } from '../ir/route.ts';

/** Returns the headers after a change: `set` replaces, `add` adds a value, `remove` removes. */
export function changedHeaders(headers: readonly Header[], changes: HeaderChanges): readonly Header[] {
  const gone = new Set([...changes.remove, ...changes.set.map((header) => header.name)]);
  return [...headers.filter((header) => !gone.has(header.name)), ...changes.set, ...changes.add];
}

/** Returns the changes with `headers` set first, except names that the changes set or remove. */
export function after(headers: readonly Header[], changes: HeaderChanges): HeaderChanges {
  const touched = new Set([...changes.remove, ...changes.set.map(({ name }) => name)]);
  const kept = headers.filter(({ name }) => !touched.has(name));
  return kept.length === 0 ? changes : { ...changes, set: sorted([...changes.set, ...kept]) };
}

/** Returns the changes with more headers set, sorted by name; if a name occurs twice, the later value wins. */
export function alsoSet(changes: HeaderChanges, more: readonly Header[]): HeaderChanges {
  if (more.length === 0) return changes;
  const names = new Set(more.map((header) => header.name));
  const set = [...changes.set.filter((header) => !names.has(header.name)), ...more];
  return {
    set: sorted(set),
    add: changes.add.filter((header) => !names.has(header.name)),
    remove: changes.remove.filter((name) => !names.has(name)),
  };
}

/** Returns the changes with more names removed, except names that the changes set or add. */
export function alsoRemoved(changes: HeaderChanges, names: readonly string[]): HeaderChanges {
  if (names.length === 0) return changes;
  const written = new Set([...changes.set, ...changes.add].map(({ name }) => name));
  const remove = new Set([...changes.remove, ...names.filter((name) => !written.has(name))]);
  return { ...changes, remove: [...remove].sort() };
}

/** Returns the headers with those that claims set. */
export function withClaims(
  headers: readonly Header[],
  { headers: set, reserved }: { readonly headers: readonly Header[]; readonly reserved: readonly string[] },
): readonly Header[] {
  return changedHeaders(headers, { set, add: [], remove: reserved });
}

function sorted(headers: readonly Header[]): readonly Header[] {
  return headers.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
