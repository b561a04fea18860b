import type { SpecStore } from '../../ports/spec-store.ts';

/** Returns a store in which the texts of an editor hold instead of the files; `texts` has paths relative to the root. */
export function bufferedStore(store: SpecStore, texts: ReadonlyMap<string, string>): SpecStore {
  const encoded = new Map([...texts].map(([file, text]) => [file, new TextEncoder().encode(text)]));
  const { memory: _, ...rest } = store;
  return {
    ...rest,
    async list() {
      const listed = await store.list();
      const known = new Map(listed.map((candidate) => [candidate.file, candidate]));
      for (const [file, bytes] of encoded) known.set(file, { file, size: bytes.length });
      return [...known.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
    },
    async read(files) {
      const onDisk = await store.read(files.filter((file) => !encoded.has(file)));
      const sources = files.flatMap((file) => {
        const bytes = encoded.get(file);
        return bytes === undefined
          ? (onDisk.sources.find((source) => source.file === file) ?? [])
          : { file, bytes };
      });
      return { sources, unreadable: onDisk.unreadable };
    },
    file: async (path) => encoded.get(path) ?? store.file(path),
  };
}
