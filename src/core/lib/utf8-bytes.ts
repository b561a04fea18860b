/**
 * Returns a text with one character for each byte of its UTF-8 (U+0000 to U+00FF). Proxies compare headers, cookies and
 * regular expressions byte by byte.
 */
export function utf8Bytes(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => encoded(character.codePointAt(0) ?? 0));
}

/** Returns the UTF-8 of a code point beyond ASCII (RFC 3629), one character for each byte. */
function encoded(point: number): string {
  const trail = (shift: number): number => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x800) return String.fromCharCode(0xc0 | (point >> 6), trail(0));
  if (point < 0x10000) return String.fromCharCode(0xe0 | (point >> 12), trail(6), trail(0));
  return String.fromCharCode(0xf0 | (point >> 18), trail(12), trail(6), trail(0));
}
