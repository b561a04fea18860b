/** The most values that the files of one spec may hold: about two gigabytes of memory. */
export const mostValues = 4_000_000;

/**
 * Returns an upper bound of the keys, values and documents in a YAML text without parsing it, by counting the
 * characters that introduce one. Punctuation in prose counts, too.
 */
export function possibleValues(text: string): number {
  let count = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // A colon ends a key and starts a value; a document counts as its root and two further events.
    if (code === colon) count += 2;
    else if (code === comma || code === bracket || code === brace) count += 1;
    else if ((code === dash || code === question) && isBlank(text, at + 1)) {
      if (isBlank(text, at - 1)) count += 1;
      else if (text.startsWith('---', at - 2) && isBlank(text, at - 3)) count += 3;
    }
  }
  return count;
}

const colon = 0x3a;
const comma = 0x2c;
const bracket = 0x5b;
const brace = 0x7b;
const dash = 0x2d;
const question = 0x3f;

/** Returns true if a blank, a line break or the end of the text is at an offset. */
function isBlank(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
