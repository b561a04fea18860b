import type { SourceText } from '../../source/document.ts';

/** A replacement in the text of one file. Offsets are UTF-16 units; `end` is exclusive. */
export interface TextEdit {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Returns the text of a file after edits that don't overlap. Makes an edit that occurs twice, as for an alias, only
 * once.
 */
export function editedText(text: string, edits: readonly TextEdit[]): string {
  const places = new Map(edits.map((edit) => [`${String(edit.start)} ${String(edit.end)}`, edit]));
  return [...places.values()]
    .sort((a, b) => b.start - a.start)
    .reduce((done, edit) => done.slice(0, edit.start) + edit.text + done.slice(edit.end), text);
}
