import type { CST } from 'yaml';
import type { BlockLayout, BlockScalarLayout, Entry, OwnLine } from './layout.ts';
import { isFlowScalar, type Read, type ReadEntry, type Reading, readEntry, readPair } from './read-entry.ts';
import { readFlow } from './read-flow.ts';
import { firstComment, triviaOf } from './trivia.ts';
import { Unformattable } from './unformattable.ts';

/**
 * Reads the layout of a value from the tokens of `yaml`. `outer` is the column of the surrounding collection (-1:
 * none), `lead` the comments above the first entry of a block. Throws `Unformattable` for forms too rare to support.
 */
export function readLayout(
  text: string,
  token: CST.Token | null | undefined,
  properties: readonly string[],
  outer: number,
  lead: readonly OwnLine[] = [],
): Read {
  if (token === null || token === undefined) return { layout: { type: 'empty', properties }, after: [] };
  const reading: Reading = { text, value: (...args) => readLayout(text, ...args) };
  if (token.type === 'block-map' || token.type === 'block-seq') {
    return readBlock(reading, token, properties, outer, lead);
  }
  if (token.type === 'flow-collection') return readFlow(reading, token, properties, outer);
  if (token.type === 'block-scalar') return readBlockScalar(text, token, properties, outer);
  if (!isFlowScalar(token)) throw new Unformattable('a form that fmt has no rule for', token.offset);
  const { trailing, own } = triviaOf(text, token.end);
  return {
    layout: { type: 'scalar', properties, text: token.source },
    ...firstComment(trailing),
    after: own,
  };
}

function readBlockScalar(
  text: string,
  token: CST.BlockScalar,
  properties: readonly string[],
  outer: number,
): Read {
  const { trailing, properties: own } = triviaOf(text, token.props);
  const header = token.props.find(({ type }) => type === 'block-scalar-header');
  const layout: BlockScalarLayout = {
    type: 'block-scalar',
    properties: [...properties, ...own],
    header: header !== undefined && 'source' in header ? header.source : '|',
    text: token.source,
    outer,
  };
  return { layout, ...firstComment(trailing), after: [] };
}

function readBlock(
  reading: Reading,
  token: CST.BlockMap | CST.BlockSequence,
  properties: readonly string[],
  outer: number,
  lead: readonly OwnLine[],
): Read {
  const isMap = token.type === 'block-map';
  const entries: Entry[] = [];
  let pending = lead;
  for (const item of token.items) {
    const dash = item.start.findIndex(({ type }) => type === 'seq-item-ind');
    const before = triviaOf(reading.text, dash < 0 ? item.start : item.start.slice(0, dash));
    pending = [...pending, ...before.own];
    if (isMap ? !('key' in item) : dash < 0) continue;
    const { entry, after } = isMap
      ? readPair(reading, item, before.properties, pending, token.indent)
      : readItem(reading, item, dash, pending, token.indent);
    entries.push(entry);
    pending = after;
  }
  // A comment that is indented less than the collection, or no more than the outer one, belongs to a later entry.
  const left = pending.findIndex(({ column }) => column < token.indent || column <= outer);
  const split = left < 0 ? pending.length : left;
  const layout: BlockLayout = {
    type: 'block',
    properties,
    isMap,
    ...withHead(entries, outer < 0),
    tail: pending.slice(0, split),
  };
  return { layout, after: pending.slice(split) };
}

/**
 * Moves comments above the first entry that are about the whole collection to its head: all comments at the top of a
 * document, elsewhere those with a blank line below them.
 */
function withHead(
  entries: readonly Entry[],
  isDocument: boolean,
): Pick<BlockLayout, 'head' | 'blankAfterHead' | 'entries'> {
  const [first, ...rest] = entries;
  if (first === undefined) return { head: [], blankAfterHead: false, entries };
  const { lead, blankAfterLead } = first;
  const lastBlank = blankAfterLead ? lead.length : lead.findLastIndex(({ blankBefore }) => blankBefore);
  const cut = isDocument ? lead.length : Math.max(lastBlank, 0);
  const kept = {
    ...first,
    blank: false,
    lead: lead.slice(cut),
    blankAfterLead: blankAfterLead && cut < lead.length,
  };
  return {
    head: lead.slice(0, cut),
    blankAfterHead: cut > 0 && (blankAfterLead || cut < lead.length),
    entries: [kept, ...rest],
  };
}

function readItem(
  reading: Reading,
  item: CST.CollectionItem,
  dash: number,
  lead: readonly OwnLine[],
  column: number,
): ReadEntry {
  const at = item.start[dash]?.offset ?? 0;
  const trivia = triviaOf(reading.text, item.start.slice(dash + 1));
  return readEntry(reading, { lead, at, hasColon: false }, trivia, item.value, column);
}
