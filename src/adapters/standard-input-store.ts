import { largestFile } from '../core/source/spec-files.ts';
import type { SpecStore } from '../ports/spec-store.ts';

/** Reads a whole spec, the Mesh included, from standard input; its file is called `-`. */
export function standardInputStore(input: AsyncIterable<Uint8Array>): SpecStore {
  let bytes: Promise<Uint8Array> | undefined;
  const read = (): Promise<Uint8Array> => (bytes ??= collect(input));
  return {
    description: 'standard input',
    list: async () => [{ file: '-', size: (await read()).length }],
    read: async () => ({ sources: [{ file: '-', bytes: await read() }], unreadable: [] }),
    file: () => Promise.resolve(undefined),
    commit: () => Promise.resolve(undefined),
    isOn: () => Promise.resolve(false),
  };
}

/**
 * Returns all bytes, or a few more than the largest file may have: the caller then sees that the input is too large.
 */
async function collect(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of input) {
    parts.push(part);
    size += part.length;
    if (size > largestFile) break;
  }
  return Buffer.concat(parts);
}
