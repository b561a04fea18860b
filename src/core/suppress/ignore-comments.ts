import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { maxDepth } from '../source/construct.ts';
import type { SourceText } from '../source/document.ts';
import { mostValues, possibleValues } from '../source/possible-values.ts';
import { positionAt } from '../source/span.ts';

/**
 * A comment that starts with `mesh-ignore`: the offsets of its `#` and of its end, and the lines that it applies to.
 */
export interface IgnoreComment {
  readonly start: number;
  readonly end: number;
  /** Lines counted from 1; absent if no line follows to which the comment could apply. */
  readonly lines?: readonly [first: number, last: number];
}

/**
 * Returns the suppression comments of a file. A comment behind other text applies to its own line. A comment on a line
 * of its own applies to the next line with content; if a document starts there, to the whole document. A `#` in quotes
 * or in a block is no comment. Returns an empty list if the file isn't YAML.
 */
export function ignoreComments(source: SourceText): readonly IgnoreComment[] {
  if (!source.text.includes('mesh-ignore') || possibleValues(source.text) > mostValues) return [];
  const events = eventsOf(source.text);
  if (events === undefined) return [];
  const texts = quotedOrBlock(events);
  const documents = documentLines(source, events);
  const starts = new Map(documents.map((lines) => [lines[0], lines]));
  const nextLine = nextLines(source);
  return [...source.text.matchAll(/^.*mesh-ignore.*$/gm)].flatMap(({ 0: line, index }) => {
    const at = commentStart(line, index, texts);
    if (at < 0 || !/^#[ \t]*mesh-ignore(?![\w-])/.test(line.slice(at))) return [];
    const number = positionAt(source, index).line;
    const before = line.slice(0, at);
    const about = isEmpty(before) ? nextLine(number) : number;
    const lines = isEmpty(before)
      ? (starts.get(about) ?? ([about, about] as const))
      : ([about, about] as const);
    const comment = { start: index + at, end: index + line.trimEnd().length };
    return [about > source.lineStarts.length ? comment : { ...comment, lines }];
  });
}

function eventsOf(text: string): readonly Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: maxDepth + 1 });
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

type Stretch = readonly [start: number, end: number];

/** Returns the stretches of text in which a `#` starts no comment (quoted and block scalars), in order. */
function quotedOrBlock(events: readonly Event[]): readonly Stretch[] {
  return events.flatMap((event) =>
    event.type === EVENT_ID.SCALAR && event.style !== SCALAR_STYLE.PLAIN && event.valueStart >= 0
      ? [[event.valueStart, event.valueEnd] as const]
      : [],
  );
}

/**
 * Returns the index at which the comment of a line starts: the first `#` at the line's start or after a blank, outside
 * of these texts; -1 if there is none.
 */
function commentStart(line: string, offset: number, texts: readonly Stretch[]): number {
  for (const { index } of line.matchAll(/(?<![^ \t])#/g)) {
    if (!isWithin(offset + index, texts)) return index;
  }
  return -1;
}

function isWithin(offset: number, texts: readonly Stretch[]): boolean {
  let low = 0;
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((texts[middle]?.[1] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const [start = Number.POSITIVE_INFINITY] = texts[low] ?? [];
  return start <= offset;
}

/** Returns true if a line has only blanks, or only the mark before a document. */
function isEmpty(text: string): boolean {
  return /^(?:---)?[ \t]*$/.test(text);
}

/**
 * Returns a function that finds the next line with content (no comment, mark or directive), or the line after the last
 * if there is none. Call it for lines in ascending order: it reads each line only once.
 */
function nextLines({ text, lineStarts }: SourceText): (after: number) => number {
  let line = 1;
  return (after) => {
    if (line > after) return line;
    line = after + 1;
    while (line <= lineStarts.length) {
      const content = text.slice(lineStarts[line - 1], lineStarts[line]);
      if (!/^(?:(?:---|\.\.\.)?[ \t]*(?:#.*)?|%.*)[\r\n]*$/.test(content)) break;
      line += 1;
    }
    return line;
  };
}

/** Returns the first and last line of each document's content. */
function documentLines(source: SourceText, events: readonly Event[]): readonly Stretch[] {
  const documents: number[][] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) documents.push([]);
    else for (const offset of offsetsOf(event)) documents.at(-1)?.push(offset);
  }
  return documents.flatMap((offsets) => {
    if (offsets.length === 0) return [];
    const ends = [
      offsets.reduce((a, b) => Math.min(a, b)),
      offsets.reduce((a, b) => Math.max(a, b)),
    ] as const;
    return [[positionAt(source, ends[0]).line, positionAt(source, ends[1]).line] as const];
  });
}

function offsetsOf(event: Event): readonly number[] {
  if (event.type === EVENT_ID.SCALAR) return [event.valueStart, event.valueEnd].filter((at) => at >= 0);
  if (event.type === EVENT_ID.ALIAS) return [event.anchorStart, event.anchorEnd];
  return event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE ? [event.start] : [];
}
