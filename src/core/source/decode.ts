/** The text of a file without its byte order mark, and the first place that is not UTF-8. */
export type Decoded =
  | { readonly text: string; readonly invalid?: undefined }
  | { readonly text: string; readonly invalid: { readonly offset: number; readonly byte: number } };

/**
 * Reads bytes as UTF-8 (RFC 3629). The text has U+FFFD for invalid bytes; `invalid` has the first bad byte and its
 * offset (UTF-16) in the text.
 */
export function decode(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const bad = firstBadByte(bytes);
    const before = new TextDecoder().decode(bytes.subarray(0, bad));
    const text = new TextDecoder().decode(bytes);
    return { text, invalid: { offset: before.length, byte: bytes[bad] ?? 0 } };
  }
}

/** Index of the byte that starts or ends the first sequence that is not UTF-8. */
function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** Returns the length of the well-formed sequence at `at` (Unicode, table 3-7), 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  // After some first bytes the second byte has a smaller range, which excludes overlong forms, surrogates and code
  // points above U+10FFFF.
  const [lowest, highest] = secondBytes.get(first) ?? [0x80, 0xbf];
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0;
    if (byte < (index === 1 ? lowest : 0x80) || byte > (index === 1 ? highest : 0xbf)) return 0;
  }
  return length;
}

const secondBytes: ReadonlyMap<number, readonly [lowest: number, highest: number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);
