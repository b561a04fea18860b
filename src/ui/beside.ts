import { wrap } from './wrap.ts';

/** The columns that a text beside its title needs: an id of the history has 26, a time 24. */
const least = 34;

/** The place of a title and its text. */
export interface Beside {
  /** Characters in front of the text; the title is padded to them. */
  readonly indent: number;
  readonly columns: number;
}

/** Returns true if a text has no room beside its title. */
export function isNarrow({ indent, columns }: Beside): boolean {
  return columns - indent < least;
}

/**
 * Returns a text beside its title, wrapped within its column; below the title if the text doesn't fit and the terminal
 * is so narrow that ids and times would break. `title` may have colours, `width` is its width without them.
 */
export function beside(title: string, width: number, text: string, { indent, columns }: Beside): string {
  const below = isNarrow({ indent, columns }) && indent + text.length > columns;
  const depth = below ? Math.min(indent, 4) : indent;
  const lines = wrap(text, Math.max(20, columns - depth)).split('\n');
  const body = lines.map((line) => `${' '.repeat(depth)}${line}`).join('\n');
  return below
    ? `${title.trimEnd()}\n${body}`
    : `${title}${' '.repeat(Math.max(0, indent - width))}${body.slice(indent)}`;
}
