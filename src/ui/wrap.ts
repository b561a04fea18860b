import stringWidth from 'fast-string-width';

/**
 * Breaks a text at spaces into lines of at most `width` columns; lines after the first start with `indent`. A word that
 * is wider than a line stays whole. Colours have no width, East Asian characters have two columns (UAX #11).
 */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  const lead = /^ */.exec(text)?.[0] ?? '';
  let line = lead;
  let isEmpty = true;
  let used = lead.length;
  for (const [word, gap] of words(text.slice(lead.length))) {
    const columns = widthOf(word);
    if (isEmpty || used + gap.length + columns <= width) {
      line += isEmpty ? word : gap + word;
      used += isEmpty ? columns : gap.length + columns;
    } else {
      lines.push(line);
      line = indent + word;
      used = indent.length + columns;
    }
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}

/** Returns the words of a text, each with the spaces before the word. */
function words(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/( *)([^ ]+)/g)].map(([, gap = '', word = '']) => [word, gap] as const);
}

/** Returns the columns of a word; printable ASCII needs no table. */
function widthOf(word: string): number {
  return /^[\x21-\x7e]*$/.test(word) ? word.length : stringWidth(word);
}
