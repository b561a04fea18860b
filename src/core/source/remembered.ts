import { bareObject } from '../lib/bare-object.ts';
import type { ParsedSource } from './parse.ts';
import { PlaceTable } from './place-table.ts';
import { noteWritten, placesOf, writtenKeys } from './places.ts';
import type { Source } from './source.ts';
import { sourceText } from './span.ts';

/** The result of reading a file without findings, in a form that is read faster than YAML. */
export interface Remembered {
  /** The values of its documents as a JSON list. */
  readonly json: string;
  /**
   * Start and end of each document (line, column), then the offsets of its containers as in a PlaceTable, a container
   * after the containers in it.
   */
  readonly numbers: Int32Array;
}

const deepest = 128;

/**
 * Returns the result of a file in the form to keep; undefined if the file has findings, or if values share a place
 * (aliases).
 */
export function remember({ documents, diagnostics }: ParsedSource): Remembered | undefined {
  if (diagnostics.length > 0) return undefined;
  const numbers: number[] = [];
  const seen = new Set<object>();
  for (const { value, location, diagnostics: found, isWhole } of documents) {
    if (found.length > 0 || !isWhole) return undefined;
    const { start, end } = location.range;
    numbers.push(start.line, start.column, end.line, end.column);
    if (!notedPlaces(value, numbers, seen)) return undefined;
  }
  return { json: JSON.stringify(documents.map(({ value }) => value)), numbers: Int32Array.from(numbers) };
}

function notedPlaces(value: unknown, numbers: number[], seen: Set<object>): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const places = placesOf(value);
  if (seen.has(value) || places === undefined || 'self' in places) return false;
  seen.add(value);
  const own = Object.keys(value);
  const isList = Array.isArray(value);
  const keys = isList ? own : writtenKeys(value, places);
  // Keys such as "1" come first in an object, whatever their order in the file.
  if (own.length !== keys.length || own.some((key, i) => key !== keys[i])) return false;
  if (!own.every((key) => notedPlaces((value as Values)[key], numbers, seen))) return false;
  const { table, at } = places;
  const end = at + offsetsOf(isList, own.length);
  for (let position = at; position < end; position += 1) numbers.push(table.at(position) ?? 0);
  return true;
}

/** Returns the number of offsets of a container with its entries. */
function offsetsOf(isList: boolean, entries: number): number {
  return 2 + entries * (isList ? 2 : 4);
}

/** Returns the result of reading the file; undefined if the kept form doesn't fit the file. */
export function recall({ file, bytes }: Source, { json, numbers }: Remembered): ParsedSource | undefined {
  const values = parsed(json);
  if (values === undefined) return undefined;
  const text = sourceText(file, new TextDecoder().decode(bytes));
  const reading = { table: new PlaceTable(text, numbers), numbers, next: 0 };
  const documents = values.map((written, index) => {
    const [line, column, endLine, endColumn] = [take(reading), take(reading), take(reading), take(reading)];
    const range = { start: { line, column }, end: { line: endLine, column: endColumn } };
    const value = rebuilt(written, reading, 0);
    return { source: text, index, value, location: { file, range }, diagnostics: [], isWhole: true };
  });
  return reading.next === numbers.length ? { text, documents, diagnostics: [] } : undefined;
}

type Values = Record<string, unknown>;

interface Reading {
  readonly table: PlaceTable;
  readonly numbers: Int32Array;
  next: number;
}

/** Returns the next number. Beyond the end it returns 0, and the whole result is rejected later. */
function take(reading: Reading): number {
  return reading.numbers[reading.next++] ?? 0;
}

/** Returns the value with its places; its maps have no prototype. */
function rebuilt(value: unknown, reading: Reading, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) {
    reading.next = Number.POSITIVE_INFINITY;
    return null;
  }
  if (Array.isArray(value)) {
    const list = value.map((item) => rebuilt(item, reading, depth + 1));
    noteNext(list, reading);
    return list;
  }
  const keys = Object.keys(value);
  const map = bareObject<unknown>();
  for (const key of keys) map[key] = rebuilt((value as Values)[key], reading, depth + 1);
  noteNext(map, reading, keys);
  return map;
}

/** Notes the next offsets as those of a container. */
function noteNext(container: object, reading: Reading, keys?: readonly string[]): void {
  noteWritten(container, reading.table, reading.next, keys);
  reading.next += offsetsOf(keys === undefined, (keys ?? (container as readonly unknown[])).length);
}

function parsed(json: string): readonly unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(json);
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}
