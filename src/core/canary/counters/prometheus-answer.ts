import type { Unreadable } from '../../evidence/unreadable.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { readNumber } from './read-number.ts';
import type { Sample } from './sample.ts';

/** The values at one moment; `at` is the moment by the server's clock, in seconds since the epoch. */
export interface Vector {
  readonly samples: readonly Sample[];
  readonly at?: number;
}

/** Values of several moments, by moment in seconds since the epoch, in order. */
export type Matrix = ReadonlyMap<number, readonly Sample[]>;

/**
 * Reads the answer of an instant query (`/api/v1/query` of the Prometheus HTTP API). An answer with warnings is
 * unreadable: a store behind the server didn't answer, and nobody knows which series are missing.
 */
export function readVector(text: string, metric: string): Vector | Unreadable {
  const data = readData(text, 'vector');
  if ('why' in data) return data;
  const samples: Sample[] = [];
  let at: number | undefined;
  for (const entry of data.result) {
    const { metric: labels, value } = jsonRecord(entry);
    const point = readPoint(value);
    const named = readLabels(labels);
    if (point === undefined || named === undefined)
      return unusable('an answer has a series that is no value with labels');
    samples.push({ metric, labels: named, value: point.value });
    at = point.at;
  }
  return { samples, ...(at !== undefined && { at }) };
}

/** Reads the answer of a range query (`/api/v1/query_range`). */
export function readMatrix(text: string, metric: string): Matrix | Unreadable {
  const data = readData(text, 'matrix');
  if ('why' in data) return data;
  const moments = new Map<number, Sample[]>();
  for (const entry of data.result) {
    const { metric: labels, values } = jsonRecord(entry);
    const named = readLabels(labels);
    const points = Array.isArray(values) ? values.map(readPoint) : [undefined];
    if (named === undefined || points.includes(undefined))
      return unusable('an answer has a series that is no list of values with labels');
    for (const point of points) {
      if (point === undefined) continue;
      const moment = moments.get(point.at) ?? [];
      moment.push({ metric, labels: named, value: point.value });
      moments.set(point.at, moment);
    }
  }
  return new Map([...moments].sort(([one], [other]) => one - other));
}

function readData(text: string, type: string): { readonly result: readonly Json[] } | Unreadable {
  let answer: Json;
  try {
    answer = JSON.parse(text) as Json;
  } catch {
    return unusable('its answer is no JSON');
  }
  const { status, error, data, warnings } = jsonRecord(answer);
  if (status === 'error')
    return unusable(typeof error === 'string' ? `it answers: ${error}` : 'it answers with an error');
  if (status !== 'success') return unusable('its answer is not of the Prometheus HTTP API');
  if (Array.isArray(warnings) && warnings.length > 0)
    return { cause: 'unreachable', why: `it warns: ${warnings.map(String).join('; ')}` };
  const { resultType, result } = jsonRecord(data);
  if (resultType !== type || !Array.isArray(result))
    return unusable(
      `its answer is a ${typeof resultType === 'string' ? resultType : 'value'}, not a ${type}`,
    );
  return { result: result as readonly Json[] };
}

function readLabels(labels: Json | undefined): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(jsonRecord(labels));
  return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
    ? Object.fromEntries(entries)
    : undefined;
}

/** Reads a point: a pair of seconds and a number as text, which may be `NaN`, `+Inf` or `-Inf`. */
function readPoint(value: Json | undefined): { readonly at: number; readonly value: number } | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [at, text] = value as readonly Json[];
  if (typeof at !== 'number' || typeof text !== 'string') return undefined;
  return { at, value: readNumber(text) };
}

function unusable(why: string): Unreadable {
  return { cause: 'counters', why };
}
