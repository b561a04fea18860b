import type { CST } from 'yaml';
import type { Entry, FlowLayout, OwnLine } from './layout.ts';
import { hasColon, type Read, type ReadEntry, type Reading, readEntry, readPair } from './read-entry.ts';
import { firstComment, startsLine, triviaOf } from './trivia.ts';
import { Unformattable } from './unformattable.ts';

/** Reads a map or list in brackets. */
export function readFlow(
  reading: Reading,
  token: CST.FlowCollection,
  properties: readonly string[],
  outer: number,
): Read {
  const isMap = token.start.source === '{';
  const bracket = token.end.findIndex(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  const closing = triviaOf(reading.text, token.end.slice(bracket + 1));
  const inside = readFlowEntries(reading, token, isMap, outer);
  const layout: FlowLayout = { type: 'flow', properties, isMap, ...inside };
  return { layout, ...firstComment(closing.trailing), after: closing.own };
}

/** The entries so far, and the comments that belong to the next one. */
interface Entries {
  readonly entries: Entry[];
  comment?: string;
  pending: readonly OwnLine[];
}

function readFlowEntries(reading: Reading, token: CST.FlowCollection, isMap: boolean, outer: number) {
  const found: Entries = { entries: [], pending: [] };
  let isSpread = breaksBeforeEnd(reading.text, token);
  for (const item of token.items) {
    const before = triviaOf(reading.text, item.start);
    for (const comment of before.trailing) takeComment(found, comment);
    found.pending = [...found.pending, ...before.own];
    isSpread ||= isBroken(reading.text, item) || found.pending.length > 0 || before.trailing.length > 0;
    if (isNothing(item) && before.properties.length === 0) continue;
    const read = isMap || hasColon(item) ? readPair : readFlowItem;
    const { entry, after } = read(reading, item, before.properties, found.pending, outer);
    found.entries.push(entry);
    found.pending = after;
    isSpread ||= isOfManyLines(entry);
  }
  const { entries, comment, pending } = found;
  return {
    isSpread: isSpread || pending.length > 0,
    ...(comment !== undefined && { comment }),
    entries,
    tail: pending,
  };
}

/** Adds a comment: behind a comma to the entry before the comma, behind the opening bracket to the whole collection. */
function takeComment(found: Entries, comment: string): void {
  const { entries, pending } = found;
  const last = entries.at(-1);
  if (last === undefined && found.comment === undefined) found.comment = comment;
  else if (last !== undefined && last.comment === undefined)
    entries[entries.length - 1] = { ...last, comment };
  else found.pending = [...pending, { text: comment, blankBefore: false, column: 0 }];
}

function isNothing({ key, sep, value }: CST.CollectionItem): boolean {
  return key === undefined && sep === undefined && value === undefined;
}

/** Reads an item of a list in brackets, which `yaml` stores as a key. */
function readFlowItem(
  reading: Reading,
  item: CST.CollectionItem,
  properties: readonly string[],
  lead: readonly OwnLine[],
  outer: number,
): ReadEntry {
  const token = item.value ?? item.key;
  const at = token?.offset ?? item.start[0]?.offset ?? 0;
  const trivia = { trailing: [], own: [], properties };
  const { entry, after } = readEntry(reading, { lead, at, hasColon: false }, trivia, token, outer);
  const behind = triviaOf(reading.text, item.sep);
  const [comment = behind.trailing[0]] = [entry.comment];
  return { entry: { ...entry, ...(comment !== undefined && { comment }) }, after: [...after, ...behind.own] };
}

/** Returns true if the author broke a line beside an entry; line breaks inside nested collections don't count. */
function isBroken(text: string, { start, key, sep, value }: CST.CollectionItem): boolean {
  const ends = [key, value].map((token) => (token && 'end' in token ? token.end : undefined));
  return [start, sep, ...ends].some((tokens) => triviaOf(text, tokens).hasBreak);
}

function breaksBeforeEnd(text: string, { offset, end }: CST.FlowCollection): boolean {
  const closing = end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  if (closing === undefined) throw new Unformattable('a bracket that is never closed', offset);
  return startsLine(text, closing.offset);
}

function isOfManyLines({ value, comment, headComment, inner }: Entry): boolean {
  if (comment !== undefined || headComment !== undefined || inner.length > 0) return true;
  return value.type === 'flow' ? value.isSpread : value.type === 'scalar' && value.text.includes('\n');
}
