import { bareObject } from '../lib/bare-object.ts';
import type { PlaceTable } from './place-table.ts';
import { indexOfKey, noteWritten } from './places.ts';

/** A map or list whose entries are being read. */
export interface Frame {
  readonly container: unknown[] | Record<string, unknown>;
  /** The keys so far; absent in a list. */
  readonly keys?: string[];
  readonly offsets: number[];
  readonly start: number;
  readonly isFlow: boolean;
  readonly anchor: string | undefined;
  /** Number of values in the node, including itself and the values behind aliases. */
  size: number;
  /** Levels of maps and lists, including this one. */
  height: number;
  /** In a map, true if a key was read whose value comes next. The key is absent if its value is to be dropped. */
  expectsValue: boolean;
  key: string | undefined;
  keyStart: number;
  keyEnd: number;
  /** The doubled keys since the start of another document that has no line `---` before it; absent before one. */
  followingKeys?: Set<string>;
}

/** Returns an empty map or list that starts at an offset. */
export function openFrame(isMap: boolean, start: number, isFlow: boolean, anchor: string | undefined): Frame {
  const rest = {
    offsets: [],
    start,
    isFlow,
    anchor,
    size: 1,
    height: 1,
    expectsValue: false,
    key: undefined,
  };
  return isMap
    ? { container: bareObject(), keys: [], ...rest, keyStart: 0, keyEnd: 0 }
    : { container: [], ...rest, keyStart: 0, keyEnd: 0 };
}

/** Notes the places of the finished container. */
export function closeFrame({ container, keys, offsets, start }: Frame, table: PlaceTable, end: number): void {
  noteWritten(container, table, table.add(start, end, offsets), keys);
}

/** Returns true if the next node is the key of an entry. */
export function expectsKey(frame: Frame): boolean {
  return frame.keys !== undefined && !frame.expectsValue;
}

/** Adds a key; `undefined` is a key whose value is dropped. */
export function setKey(frame: Frame, key: string | undefined, start: number, end: number): void {
  frame.expectsValue = true;
  frame.key = key;
  frame.keyStart = start;
  frame.keyEnd = end;
}

/** Returns the place of the entry's key if the map has that key already; undefined otherwise. */
export function firstKey(
  { container, keys, offsets }: Frame,
  key: string,
): readonly [number, number] | undefined {
  if (keys === undefined || !(key in container)) return undefined;
  const at = indexOfKey(keys, key) * 4;
  return [offsets[at] ?? 0, offsets[at + 1] ?? 0];
}

/** Adds a value: an item of a list, or the value of the last key. */
export function addValue(frame: Frame, value: unknown, start: number, end: number): void {
  if (Array.isArray(frame.container)) {
    frame.container.push(value);
    frame.offsets.push(start, end);
    return;
  }
  frame.expectsValue = false;
  if (frame.key === undefined) return;
  frame.container[frame.key] = value;
  frame.keys?.push(frame.key);
  frame.offsets.push(frame.keyStart, frame.keyEnd, start, end);
}
