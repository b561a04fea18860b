import {
  type AliasEvent,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  type MappingEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts';
import { maxAliasedValues, maxAliases, resolveAlias } from './aliases.ts';
import { constructScalar, takeKey } from './construct-scalar.ts';
import { addNode, anchorOf, type Construction, report, tagOf } from './construction.ts';
import type { Document, SourceText } from './document.ts';
import { closeFrame, expectsKey, openFrame } from './frame.ts';
import { PlaceTable } from './place-table.ts';
import { locationAt } from './span.ts';
import { reportTabs } from './tabs.ts';

/** The deepest nesting of maps, lists and their values, including values behind aliases. */
export const maxDepth = 100;

/** A document with the findings about its text. */
export interface ParsedDocument extends Document {
  readonly diagnostics: readonly Diagnostic[];
  /** False if a value could not be read: a missing field is then not reported. */
  readonly isWhole: boolean;
}

/** Builds the documents from js-yaml's event stream, and checks keys, aliases and tags, which js-yaml doesn't. */
export function construct(source: SourceText, events: readonly Event[]): readonly ParsedDocument[] {
  const documents: ParsedDocument[] = [];
  const construction: Construction = {
    source,
    table: new PlaceTable(source),
    frames: [],
    aliases: { anchors: new Map(), used: { nodes: 0, values: 0 } },
    directives: [],
    diagnostics: [],
    isWhole: true,
    root: null,
    rootStart: -1,
    lastEnd: 0,
    longScalars: [],
    hasTabs: source.text.includes('\t'),
  };
  for (const event of events) {
    if (event.type === EVENT_ID.SCALAR) constructScalar(construction, event);
    else if (event.type === EVENT_ID.DOCUMENT) {
      Object.assign(construction, {
        aliases: { anchors: new Map(), used: construction.aliases.used },
        directives: event.directives,
        diagnostics: [],
        isWhole: true,
        root: null,
        rootStart: -1,
        longScalars: [],
      });
    } else if (event.type === EVENT_ID.ALIAS) constructAlias(construction, event);
    else if (event.type !== EVENT_ID.POP) openContainer(construction, event);
    else if (construction.frames.length > 0) closeContainer(construction);
    else documents.push(finished(construction, documents.length));
  }
  construction.table.close();
  return documents;
}

function finished(construction: Construction, index: number): ParsedDocument {
  const { source, diagnostics, isWhole, root, rootStart, lastEnd } = construction;
  const start = rootStart < 0 ? lastEnd : rootStart;
  if (construction.hasTabs) reportTabs(construction, start, lastEnd);
  return { source, index, value: root, location: locationAt(source, start, lastEnd), diagnostics, isWhole };
}

function openContainer(construction: Construction, event: SequenceEvent | MappingEvent): void {
  const isMap = event.type === EVENT_ID.MAPPING;
  tagOf(construction, event, ['!', isMap ? 'map' : 'seq']);
  const anchor = anchorOf(construction, event);
  if (anchor !== undefined) construction.aliases.anchors.set(anchor, 'open');
  const isFlow = event.style === COLLECTION_STYLE.FLOW;
  construction.lastEnd = Math.max(construction.lastEnd, event.start + (isFlow ? 1 : 0));
  construction.frames.push(openFrame(isMap, event.start, isFlow, anchor));
}

function closeContainer(construction: Construction): void {
  const frame = construction.frames.pop();
  if (frame === undefined) return;
  const { container, start, isFlow, anchor, size, height } = frame;
  if (isFlow) construction.lastEnd = flowEnd(construction.source.text, construction.lastEnd);
  const node = { value: container, start, end: construction.lastEnd, size, height };
  closeFrame(frame, construction.table, node.end);
  if (anchor !== undefined) construction.aliases.anchors.set(anchor, node);
  addNode(construction, node);
}

function constructAlias(construction: Construction, event: AliasEvent): void {
  const { aliases, frames } = construction;
  const name = anchorOf(construction, event) ?? '';
  const start = event.anchorStart - 1;
  const end = event.anchorEnd;
  construction.lastEnd = end;
  aliases.used.nodes += 1;
  if (aliases.used.nodes === maxAliases + 1)
    report(construction, 'MESH1008', [start, end], { limit: maxAliases });
  const resolved = resolveAlias(aliases, name);
  const problem =
    'problem' in resolved
      ? resolved.problem
      : frames.length + resolved.height + 1 > maxDepth
        ? 'MESH1005'
        : undefined;
  if (problem !== undefined) {
    const limit = problem === 'MESH1005' ? maxDepth : maxAliasedValues;
    const fix =
      problem === 'MESH1007' && /[./]/.test(name) ? { fix: inQuotes(construction, start, end) } : {};
    if (problem !== 'told') report(construction, problem, [start, end], { name, limit }, fix);
    construction.isWhole = false;
  }
  const known =
    'problem' in resolved || problem !== undefined ? { value: null, size: 1, height: 0 } : resolved;
  const frame = frames.at(-1);
  const node = { value: known.value, start, end, size: known.size, height: known.height };
  if (frame !== undefined && expectsKey(frame)) takeKey(construction, frame, node, undefined);
  else addNode(construction, node);
}

/** Returns the fix for a value that begins with a star and is no alias. */
function inQuotes({ source }: Construction, start: number, end: number): Fix {
  const edits = [
    { location: locationAt(source, start, end), text: JSON.stringify(source.text.slice(start, end)) },
  ];
  return { title: 'put the value in quotes', edits };
}

/**
 * Returns the offset after the bracket that ends a flow collection; `from` is an offset before the bracket, with only
 * blanks, comments and separators in between.
 */
function flowEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === ']' || character === '}') return at + 1;
    if (character === '#') at = lineEnd(text, at);
  }
  return from;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
