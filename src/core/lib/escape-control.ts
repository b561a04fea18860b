/**
 * Returns the text with every character that could steer a terminal or hide what the text says as an escape (`\x1b`,
 * `\u202e`, `\u{e0041}`): control characters (C0, DEL, C1), separators of lines and paragraphs, everything that Unicode
 * calls default ignorable (zero width, direction of writing, variation selectors, tags, fillers), annotations,
 * noncharacters and lone surrogates. Emoji sequences (UTS 51) stay, although joiners and selectors hold them together.
 */
export function escapeControl(text: string): string {
  return replaceHidden(text, escaped);
}

/** Replaces each hidden character; `escape` receives one code point. */
export function replaceHidden(text: string, escape: (character: string) => string): string {
  if (isPlain(text)) return text;
  // `split` with a group returns text and emoji in turns: every second part is an emoji.
  return text
    .split(emoji)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(hidden, escape)))
    .join('');
}

/** Returns the characters of a line as a terminal shows them: emoji sequences whole, all others by code point. */
export function shownCharacters(line: string): readonly string[] {
  if (isPlain(line)) return line.split('');
  return line.split(emoji).flatMap((part, index) => (index % 2 === 1 ? [part] : Array.from(part)));
}

const hidden =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cs}\ufff9-\ufffb]/gu;

/** Flags spelled with tag characters are not included: tags can spell any text. */
const emoji =
  /(\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?(?:\u200d\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?)*|[0-9#*]\ufe0f\u20e3)/u;

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

function escaped(character: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  if (short !== undefined) return short;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length > 4) return `\\u{${code}}`;
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}
