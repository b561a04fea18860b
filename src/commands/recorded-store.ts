import type { Source, UnreadableSource } from '../core/source/source.ts';
import type { Candidate, SpecStore } from '../ports/spec-store.ts';

/** A store that reads each file only once, and records the files that `file` has read. */
export interface RecordedStore {
  readonly store: SpecStore;
  /** The content of each such file; undefined for a missing file. */
  readonly files: ReadonlyMap<string, Uint8Array | undefined>;
}

export function recordedStore(store: SpecStore): RecordedStore {
  const files = new Map<string, Uint8Array | undefined>();
  const read = new Map<string, Source | UnreadableSource>();
  let listed: Promise<readonly Candidate[]> | undefined;
  return {
    files,
    store: {
      ...store,
      list: () => (listed ??= store.list()),
      async read(wanted) {
        const { sources, unreadable } = await store.read(wanted.filter((file) => !read.has(file)));
        for (const result of [...sources, ...unreadable]) read.set(result.file, result);
        const results = wanted.flatMap((file) => read.get(file) ?? []);
        return {
          sources: results.filter((result): result is Source => 'bytes' in result),
          unreadable: results.filter((result): result is UnreadableSource => 'problem' in result),
        };
      },
      async file(path) {
        if (!files.has(path)) files.set(path, await store.file(path));
        return files.get(path);
      },
    },
  };
}
