import type { CST } from 'yaml';
import type { OwnLine } from './layout.ts';

/** Comments, anchors and tags among the tokens beside a value. */
export interface Trivia {
  /** Comments on a line that begins with other tokens. */
  readonly trailing: readonly string[];
  readonly own: readonly OwnLine[];
  readonly properties: readonly string[];
  readonly hasBreak: boolean;
}

/** Sorts the tokens beside a value of `text` into comments, anchors and tags. */
export function triviaOf(text: string, tokens: readonly CST.Token[] | undefined): Trivia {
  const trailing: string[] = [];
  const own: OwnLine[] = [];
  const properties: string[] = [];
  let hasBreak = false;
  for (const token of tokens ?? []) {
    if (token.type === 'newline') hasBreak = true;
    else if (token.type === 'anchor' || token.type === 'tag') properties.push(token.source);
    else if (token.type === 'comment') {
      const comment = token.source.replace(/[ \t]+$/, '');
      if (startsLine(text, token.offset))
        own.push({
          text: comment,
          blankBefore: blankBefore(text, token.offset),
          column: columnAt(text, token.offset),
        });
      else trailing.push(comment);
    }
  }
  return { trailing, own, properties, hasBreak };
}

/** Returns true if an offset starts its line and the line above is blank. */
export function blankBefore(text: string, offset: number): boolean {
  const lineStart = offset - columnAt(text, offset);
  if (lineStart === 0 || !startsLine(text, offset)) return false;
  const above = text.lastIndexOf('\n', lineStart - 2) + 1;
  return isBlank(text.slice(above, lineStart - 1));
}

/** Returns true if only blanks stand before an offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return isBlank(text.slice(offset - columnAt(text, offset), offset));
}

/** Returns true if a text holds only the blanks of YAML; a no-break space is none of them. */
function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}

/** Returns the number of characters between the start of a line and an offset in it. */
function columnAt(text: string, offset: number): number {
  return offset === 0 ? 0 : offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Returns the comment behind a value; two comments on one line are joined. */
export function firstComment(trailing: readonly string[]): { readonly comment?: string } {
  return trailing.length === 0 ? {} : { comment: trailing.join(' ') };
}
