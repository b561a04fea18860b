import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import {
  addNode,
  anchorOf,
  type BuiltNode,
  type Construction,
  rejectKey,
  report,
  tagOf,
} from './construction.ts';
import { expectsKey, type Frame, firstKey, setKey } from './frame.ts';
import { plainScalar, type Scalar, scalarBounds, scalarText, taggedScalar } from './scalar.ts';
import { locationAt } from './span.ts';

/** Adds a scalar: a key of the innermost map, or a value. */
export function constructScalar(construction: Construction, event: ScalarEvent): void {
  const bounds = scalarBounds(construction.source.text, event);
  const [start, end] = bounds ?? emptyPlace(construction);
  if (bounds !== undefined && end > construction.lastEnd) construction.lastEnd = end;
  if (!event.fast && /[\r\n]/.test(construction.source.text.slice(start, end))) {
    construction.longScalars.push([start, end]);
  }
  const value = scalarValue(construction, event, start, end);
  const node = { value, start, end, size: 1, height: 0 };
  const anchor = anchorOf(construction, event);
  if (anchor !== undefined) construction.aliases.anchors.set(anchor, node);
  const frame = construction.frames.at(-1);
  if (frame !== undefined && expectsKey(frame)) {
    const written = event.tagStart < 0 && event.style === SCALAR_STYLE.PLAIN;
    takeKey(construction, frame, node, written ? scalarText(construction.source.text, event) : undefined);
  } else addNode(construction, node);
}

/**
 * Adds a scalar as a key; `plain` is its text if it has no quotes and may therefore be read as something other than a
 * string.
 */
export function takeKey(
  construction: Construction,
  frame: Frame,
  node: BuiltNode,
  plain: string | undefined,
): void {
  const span = [node.start, node.end] as const;
  const key = keyOf(node.value, plain);
  const first = key === undefined ? undefined : firstKey(frame, key);
  if (key === undefined) rejectKey(construction, frame, node);
  else if (key === '<<' && plain !== undefined) {
    report(construction, 'MESH1011', span);
    construction.isWhole = false;
    setKey(frame, undefined, ...span);
  } else if (first !== undefined) {
    reportDouble(construction, frame, key, first, span);
    setKey(frame, undefined, ...span);
  } else setKey(frame, key, ...span);
}

/** Reports a key that its map has already; of another document without a line `---` before it only the first key. */
function reportDouble(
  construction: Construction,
  frame: Frame,
  key: string,
  first: readonly [number, number],
  span: readonly [number, number],
): void {
  const { source } = construction;
  const { followingKeys } = frame;
  if (followingKeys?.has(key) === false) {
    followingKeys.add(key);
    return;
  }
  const begins = beginsDocument(construction, frame, key, span[0]);
  if (begins) frame.followingKeys = new Set([key]);
  const related = [{ location: locationAt(source, ...first), message: 'the first one is here' }];
  const edits = [{ location: locationAt(source, span[0]), text: '---\n' }];
  const fix = { title: 'write --- before it', edits };
  const hint = begins ? '; if another document begins here, write --- before it' : '';
  report(construction, 'MESH1006', span, { key, hint }, begins ? { related, fix } : { related });
}

const documentKeys = ['apiVersion', 'kind'];

/** The characters in which the other key of a second document is looked for. */
const farthest = 2_000;

/** Returns true if a key that is there twice begins a document: at the start of a line, with the other such key near. */
function beginsDocument(
  { source: { text }, frames }: Construction,
  frame: Frame,
  key: string,
  start: number,
): boolean {
  if (frames.length !== 1 || frame.isFlow || !documentKeys.includes(key) || text[start - 1] !== '\n')
    return false;
  const other = documentKeys.find((one) => one !== key) ?? '';
  const [near = ''] = text.slice(start, start + farthest).split('\n---');
  return near.includes(`\n${other}:`);
}

/**
 * Returns the key for a value that isn't a string. A number or boolean that prints as it is written is a name that all
 * YAML parsers agree on: 80 and "80".
 */
function keyOf(value: unknown, plain: string | undefined): string | undefined {
  if (typeof value === 'string') return value;
  const isName = (typeof value === 'number' || typeof value === 'boolean') && String(value) === plain;
  return isName ? plain : undefined;
}

const scalarTags = ['!', 'str', 'null', 'bool', 'int', 'float'];

function scalarValue(construction: Construction, event: ScalarEvent, start: number, end: number): Scalar {
  const text = scalarText(construction.source.text, event);
  const tag = tagOf(construction, event, scalarTags);
  if (tag === undefined && (event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0)) return text;
  const value = tag === undefined ? plainScalar(text) : taggedScalar(text, tag);
  if (value === undefined) {
    const written = construction.source.text.slice(event.tagStart, event.tagEnd);
    report(construction, 'MESH1015', [start, end], { tag: written });
    construction.isWhole = false;
    return text;
  }
  if (typeof value === 'number' && !isExact(value)) {
    report(construction, 'MESH1014', [start, end], { number: text });
    construction.isWhole = false;
  }
  if (typeof value === 'number' && /^[-+]?0[0-9]+$/.test(text)) {
    report(construction, 'MESH2074', [start, end], { number: text });
    construction.isWhole = false;
  }
  return value;
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** Returns the place of a value that has no characters: its key, or the dash of its item. */
function emptyPlace({ source: { text }, frames, lastEnd }: Construction): readonly [number, number] {
  const frame = frames.at(-1);
  if (frame?.keys !== undefined)
    return frame.expectsValue ? [frame.keyStart, frame.keyEnd] : [lastEnd, lastEnd];
  if (frame === undefined) return [lastEnd, lastEnd];
  const from = frame.offsets.length === 0 ? frame.start : lastEnd;
  const dash = from + (/^(?:\s|#.*)*/.exec(text.slice(from))?.[0].length ?? 0);
  return text[dash] === '-' ? [dash, dash + 1] : [lastEnd, lastEnd];
}
