import { type Event, parseEvents, YAMLException } from 'js-yaml';
import type { SourceText } from './document.ts';
import { sourceText } from './span.ts';

/** Several objects of JSON in a row: their events, or the error in one of them and the text of this one at its place. */
export type JsonObjects =
  | { readonly events: readonly Event[] }
  | { readonly error: YAMLException; readonly text: SourceText };

/**
 * Reads a text that is several objects of JSON in a row, with nothing but blanks and lines `---` between them, as kubectl and jq
 * do, and YAML does not; undefined for any other text.
 */
export function jsonObjects(text: SourceText, maxDepth: number): JsonObjects | undefined {
  const pieces = piecesOf(text.text);
  if (pieces === undefined || pieces.length < 2) return undefined;
  const events: Event[] = [];
  for (const { start, end } of pieces) {
    try {
      for (const event of parseEvents(text.text.slice(start, end), { maxDepth }))
        events.push(moved(event, start));
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const alone = `${blank(text.text.slice(0, start))}${text.text.slice(start, end)}`;
      return { error: errorIn(alone, maxDepth) ?? error, text: sourceText(text.file, alone) };
    }
  }
  return { events };
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Returns the places of objects; the last one reaches to the end of the text if it is not closed. */
function piecesOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const between = /\s*(?:^---[ \t]*$\s*)*/my;
  for (let at = 0; ; ) {
    between.lastIndex = at;
    at += between.exec(text)?.[0].length ?? 0;
    if (at >= text.length) return pieces;
    if (!/\{\s*["}]/y.test(text.slice(at, at + 1000))) return undefined;
    const end = endOf(text, at);
    pieces.push({ start: at, end });
    at = end;
  }
}

/** Returns the place after the bracket that closes the one at `start`. */
function endOf(text: string, start: number): number {
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\]]/gs;
  token.lastIndex = start;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth += 1;
    else if (match[0] === '}' || match[0] === ']') depth -= 1;
    if (depth === 0) return token.lastIndex;
  }
  return text.length;
}

/** Returns an event of a piece at its place in the whole text; -1 stands for no place. */
function moved(event: Event, by: number): Event {
  const entries = Object.entries(event).map(([name, value]: readonly [string, unknown]) => {
    const isPlace = /^start$|(?:Start|End)$/.test(name) && typeof value === 'number' && value >= 0;
    return [name, isPlace ? value + by : value] as const;
  });
  return Object.fromEntries(entries) as unknown as Event;
}

function errorIn(text: string, maxDepth: number): YAMLException | undefined {
  try {
    parseEvents(text, { maxDepth });
    return undefined;
  } catch (error) {
    return error instanceof YAMLException ? error : undefined;
  }
}

/** Returns blanks of the same length and lines. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
