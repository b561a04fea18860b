import type { Remembered } from './remembered.ts';

/** Results of reading files, by the digest of their bytes. */
export type RememberedFiles = ReadonlyMap<string, Remembered>;

/**
 * Encodes results as bytes: the length of a list, the list (as JSON: digest, number of characters and number of numbers
 * of each file), all numbers, all texts.
 */
export function encodePack(files: RememberedFiles): Uint8Array {
  const list = [...files].map(([digest, { json, numbers }]) => [digest, json.length, numbers.length]);
  const encoder = new TextEncoder();
  const head = encoder.encode(JSON.stringify(list).padEnd(4));
  const texts = encoder.encode([...files.values()].map(({ json }) => json).join(''));
  const count = [...files.values()].reduce((sum, { numbers }) => sum + numbers.length, 0);
  const start = aligned(4 + head.length);
  const bytes = new Uint8Array(start + count * 4 + texts.length);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  const all = new Int32Array(bytes.buffer, start, count);
  let at = 0;
  for (const { numbers } of files.values()) {
    all.set(numbers, at);
    at += numbers.length;
  }
  bytes.set(texts, start + count * 4);
  return bytes;
}

/** Decodes a pack of `encodePack`; returns an empty map for any other bytes. */
export function decodePack(bytes: Uint8Array): RememberedFiles {
  try {
    return decoded(bytes);
  } catch {
    return new Map();
  }
}

function decoded(bytes: Uint8Array): RememberedFiles {
  // Copy the bytes: numbers must be aligned, and `slice` of a Buffer makes no copy.
  const copy = new Uint8Array(bytes);
  const length = new DataView(copy.buffer).getUint32(0, true);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const list = JSON.parse(decoder.decode(copy.subarray(4, 4 + length))) as readonly [
    string,
    number,
    number,
  ][];
  const start = aligned(4 + length);
  const count = list.reduce((sum, [, , numbers]) => sum + numbers, 0);
  // Values keep their places in memory: a copy frees the texts.
  const all = new Int32Array(copy.buffer, start, count).slice();
  const texts = decoder.decode(copy.subarray(start + count * 4));
  let [number, character] = [0, 0];
  const files = new Map<string, Remembered>();
  for (const [digest, characters, numbers] of list) {
    files.set(digest, {
      json: texts.slice(character, character + characters),
      numbers: all.subarray(number, number + numbers),
    });
    character += characters;
    number += numbers;
  }
  return files;
}

function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}
