/** A bracket or quote of a YAML text that nothing closes. */
export interface OpenMark {
  readonly offset: number;
  readonly character: string;
}

/**
 * Returns the brackets and the quote that are open at an offset, the outermost first. Reads the text character by
 * character, since the text is no valid YAML.
 */
export function openMarks(text: string, end: number): readonly OpenMark[] {
  const open: OpenMark[] = [];
  for (let at = 0; at < end; at += 1) {
    const character = text[at] ?? '';
    const isFirst = at === 0 || /[\s[{,:]/.test(text[at - 1] ?? '');
    if (character === '#' && isFirst) at = lineEnd(text, at);
    else if (/["']/.test(character) && isFirst) {
      const close = closingQuote(text, at, character);
      if (close >= end) return [...open, { offset: at, character }];
      at = close;
    } else if (/[[{]/.test(character) && isFirst) open.push({ offset: at, character });
    else if (/[\]}]/.test(character)) open.pop();
  }
  return open;
}

/** Returns the offset of the first quoted text that reaches into another line; -1 if there is none. */
export function longQuote(text: string): number {
  for (const { index } of text.matchAll(/(?<=[\s[{,:]|^)["']/g)) {
    const character = text[index] ?? '';
    if (text.slice(0, index).split('\n').at(-1)?.includes('#') === true) continue;
    const before = text.slice(text.lastIndexOf('\n', index) + 1, index);
    if ((before.split(character).length - 1) % 2 === 1) continue;
    const close = closingQuote(text, index, character);
    if (close > lineEnd(text, index)) return index;
  }
  return -1;
}

/** Returns the offset of the quote that ends a quoted text, or the end of the text. */
function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === quote) at += 1;
      else return at;
    }
  }
  return text.length;
}

/** Returns the offset of the line break that ends a line, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  const end = /\r\n?|\n/.exec(text.slice(from))?.index;
  return end === undefined ? text.length : from + end;
}
