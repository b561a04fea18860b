import type { AliasEvent, DocumentDirective, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Details, finding } from '../diagnostics/message.ts';
import { escapeControl } from '../lib/escape-control.ts';
import type { Aliases } from './aliases.ts';
import type { SourceText } from './document.ts';
import { addValue, expectsKey, type Frame, setKey } from './frame.ts';
import { messages } from './messages.ts';
import type { PlaceTable } from './place-table.ts';
import { locationAt } from './span.ts';
import { coreTag } from './tag.ts';

/** The state of constructing the values of one file from events. */
export interface Construction {
  readonly source: SourceText;
  readonly table: PlaceTable;
  readonly hasTabs: boolean;
  /** The open containers, the outermost first. */
  readonly frames: Frame[];
  aliases: Aliases;
  directives: readonly DocumentDirective[];
  diagnostics: Diagnostic[];
  /** False if a value of the document could not be read. */
  isWhole: boolean;
  root: unknown;
  /** Offset at which the document's content starts; -1 before it starts. */
  rootStart: number;
  /** Offset at which the last event ended. */
  lastEnd: number;
  /** Offsets of the document's multi-line scalars, in order. */
  longScalars: (readonly [start: number, end: number])[];
}

/** A value with its offsets, its number of values and its height (see Frame). */
export interface BuiltNode {
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly height: number;
}

type Known = Code & keyof typeof messages;

/** The most findings about the text of one document: a text with more is probably no mesh document. */
const mostFindings = 100;

/** Reports a problem between two offsets. */
export function report(
  { source, diagnostics }: Construction,
  code: Known,
  [start, end]: readonly [number, number],
  values: Readonly<Record<string, string | number>> = {},
  details: Details = {},
): void {
  if (diagnostics.length >= mostFindings) return;
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    escapeControl(shortened(String(value))),
  ]);
  const location = locationAt(source, start, end);
  // The type of all messages together names no placeholders, so tests of the callers check `values`.
  diagnostics.push(
    finding<Table, Known>(messages, code, location, Object.fromEntries(shown) as never, details),
  );
}

type Table = Record<Known, (typeof messages)[Known]>;

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Adds a finished node to its parent as a key, a value or an item, or to the construction as a document. */
export function addNode(construction: Construction, node: BuiltNode): void {
  const frame = construction.frames.at(-1);
  if (frame === undefined) {
    construction.root = node.value;
    construction.rootStart = node.start;
    return;
  }
  frame.size += node.size;
  if (node.height >= frame.height) frame.height = node.height + 1;
  if (expectsKey(frame)) rejectKey(construction, frame, node);
  else addValue(frame, node.value, node.start, node.end);
}

/** Reports that a node can't be a key; the entry's value is dropped. */
export function rejectKey(construction: Construction, frame: Frame, { value, start, end }: BuiltNode): void {
  if (construction.source.text.startsWith('{{', start - 1))
    report(construction, 'MESH1061', [start - 1, end]);
  else report(construction, 'MESH1012', [start, end], { found: described(value) });
  setKey(frame, undefined, start, end);
}

/**
 * Returns the core tag of a node if it is one of `known`. Returns `undefined` for a node without a tag, and reports any
 * other tag.
 */
export function tagOf(
  construction: Construction,
  { tagStart, tagEnd }: ScalarEvent | SequenceEvent | MappingEvent,
  known: readonly string[],
): string | undefined {
  if (tagStart < 0) return undefined;
  const written = construction.source.text.slice(tagStart, tagEnd);
  const tag = coreTag(written, construction.directives);
  if (tag !== undefined && known.includes(tag)) return tag;
  report(construction, 'MESH1013', [tagStart, tagEnd], { tag: written });
  return undefined;
}

/** Returns the name of an anchor or of an alias. */
export function anchorOf(
  { source }: Construction,
  { anchorStart, anchorEnd }: ScalarEvent | SequenceEvent | MappingEvent | AliasEvent,
): string | undefined {
  return anchorStart < 0 ? undefined : source.text.slice(anchorStart, anchorEnd);
}

function described(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'number' && typeof value !== 'boolean') return 'a map';
  return `the ${typeof value === 'number' ? 'number' : 'truth value'} ${String(value)}`;
}
