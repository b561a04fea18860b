import { CST } from 'yaml';
import type { Entry, Layout, OwnLine } from './layout.ts';
import { blankBefore, type Trivia, triviaOf } from './trivia.ts';
import { Unformattable } from './unformattable.ts';

/** A value and the comments behind it: one on its last line, and comment lines that belong to the next entry. */
export interface Read {
  readonly layout: Layout;
  readonly comment?: string;
  readonly after: readonly OwnLine[];
}

/** A text and `readLayout`, the function that reads the values in it. */
export interface Reading {
  readonly text: string;
  readonly value: (
    token: CST.Token | null | undefined,
    properties: readonly string[],
    outer: number,
    lead: readonly OwnLine[],
  ) => Read;
}

/** Reads an entry of a map in block or flow style; throws `Unformattable` for keys of rare forms. */
export function readPair(
  reading: Reading,
  item: CST.CollectionItem,
  properties: readonly string[],
  lead: readonly OwnLine[],
  column: number,
): ReadEntry {
  const { text } = reading;
  const key = keyOf(item);
  const first = item.start.find(({ type }) => type === 'anchor' || type === 'tag');
  const beside = triviaOf(text, key.end);
  const between = triviaOf(text, item.sep);
  const start = {
    lead,
    at: first?.offset ?? key.offset,
    key: [...properties, key.source].join(' '),
    ...(CST.isScalar(key) && { name: CST.resolveAsScalar(key).value }),
    hasColon: hasColon(item),
  };
  const trivia = {
    trailing: [...beside.trailing, ...between.trailing],
    own: [...beside.own, ...between.own],
    properties: between.properties,
  };
  return readEntry(reading, start, trivia, item.value, column);
}

export interface ReadEntry {
  readonly entry: Entry;
  /** Lines that belong to the next entry. */
  readonly after: readonly OwnLine[];
}

/** The tokens before a value. */
export interface EntryStart {
  readonly lead: readonly OwnLine[];
  /** Offset of the key or dash. */
  readonly at: number;
  readonly key?: string;
  readonly name?: string;
  readonly hasColon: boolean;
}

/** Reads the value of an entry whose start has been read. */
export function readEntry(
  { text, value: readValue }: Reading,
  { lead, at, ...start }: EntryStart,
  { trailing, own, properties }: Omit<Trivia, 'hasBreak'>,
  token: CST.Token | null | undefined,
  column: number,
): ReadEntry {
  const value = readValue(token, properties, column, own);
  const [headComment, ...more] = trailing;
  const isEmpty = value.layout.type === 'empty';
  // A second comment on one line of code can only come from a value on several lines: give it a line of its own.
  const extra = more.map((comment) => ({ text: comment, blankBefore: false, column: column + 2 }));
  const inner = isEmpty ? [] : value.layout.type === 'block' ? extra : [...extra, ...own];
  const behind = isEmpty ? headComment : value.comment;
  const [first] = lead;
  const isBlank = blankBefore(text, at);
  const entry: Entry = {
    ...start,
    blank: first === undefined ? isBlank : first.blankBefore,
    lead,
    blankAfterLead: first !== undefined && isBlank,
    ...(!isEmpty && headComment !== undefined && { headComment }),
    inner,
    value: value.layout,
    ...(behind !== undefined && { comment: behind }),
  };
  return { entry, after: isEmpty ? [...extra, ...own] : value.after };
}

/** Returns true if an entry is a key with a value; the value may be empty. */
export function hasColon({ sep }: CST.CollectionItem): boolean {
  return sep?.some(({ type }) => type === 'map-value-ind') ?? false;
}

function keyOf({ start, key, sep }: CST.CollectionItem): CST.FlowScalar {
  const marker = start.find(({ type }) => type === 'explicit-key-ind');
  if (marker !== undefined) throw new Unformattable('a key written with "?"', marker.offset);
  if (!isFlowScalar(key)) {
    const at = key?.offset ?? start[0]?.offset ?? sep?.[0]?.offset ?? 0;
    throw new Unformattable('a key that is no plain or quoted text', at);
  }
  if (key.source.includes('\n')) throw new Unformattable('a key of several lines', key.offset);
  return key;
}

/** Returns true for an alias, or a plain or quoted text. */
export function isFlowScalar(token: CST.Token | null | undefined): token is CST.FlowScalar {
  return token?.type === 'alias' || (CST.isScalar(token) && token.type !== 'block-scalar');
}
