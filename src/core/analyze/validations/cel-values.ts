import { Duration } from '@marcbachmann/cel-js/evaluator';
import { absoluteId } from '../../spec/absolute-id.ts';
import { parseDuration } from '../../spec/duration.ts';
import { type FieldSchema, resolved } from '../../spec/field-schema.ts';
import { parsePercentage } from '../../spec/percentage.ts';
import { parseSize } from '../../spec/size.ts';
import type { CelType } from './cel-type.ts';

/** Types of the language that are a text or a number there and have a type of their own in expressions. */
const named: Readonly<Record<string, CelType>> = {
  Duration: { name: 'google.protobuf.Duration', read: (written) => durationOf(written) },
  PositiveDuration: { name: 'google.protobuf.Duration', read: (written) => durationOf(written) },
  Percentage: { name: 'double', read: (written) => parsePercentage(written as string | number) },
  Size: { name: 'int', read: (written) => BigInt(parseSize(String(written))) },
  RetryCondition: { name: 'string', read: String },
  ServiceReference: {
    name: 'string',
    read: (written, { namespace }) => wholeName(String(written), namespace),
  },
  GatewayReference: {
    name: 'string',
    read: (written, { namespace }) => wholeName(String(written), namespace),
  },
  ServiceAccountReference: {
    name: 'string',
    read: (written, { namespace }) => wholeName(String(written), namespace),
  },
};

const scalars: Readonly<Record<string, CelType>> = {
  string: { name: 'string', read: String },
  boolean: { name: 'bool', read: (written) => written === true },
  integer: { name: 'int', read: (written) => BigInt(written as number) },
  number: { name: 'double', read: Number },
};

/** Returns the type of a text, a number or a truth value; undefined for other schemas. */
export function scalarOf(schema: FieldSchema): CelType | undefined {
  const full = resolved(schema);
  const own = named[full.title ?? ''];
  if (own !== undefined) return own;
  return typeof full.type === 'string' ? scalars[full.type] : undefined;
}

/** Returns `namespace/name` for a name of a namespace; `*` and names with a namespace stay. */
export function wholeName(name: string, namespace: string): string {
  return name === '*' ? name : absoluteId(name, namespace);
}

/** Returns a list; one value alone is a list of one. */
export function wholeList(written: unknown): readonly unknown[] {
  return Array.isArray(written) ? written : [written];
}

/** Returns a value without a type of its own: whole numbers are ints, objects are maps. */
export function anyValue(written: unknown): unknown {
  if (typeof written === 'number') return Number.isInteger(written) ? BigInt(written) : written;
  if (Array.isArray(written)) return written.map(anyValue);
  if (typeof written !== 'object' || written === null) return written;
  return new Map(Object.entries(written).map(([key, value]) => [key, anyValue(value)]));
}

/** Returns a duration; a number is in milliseconds. */
function durationOf(written: unknown): Duration {
  const milliseconds = typeof written === 'number' ? written : parseDuration(String(written));
  const seconds = Math.floor(milliseconds / 1000);
  return new Duration(BigInt(seconds), Math.round((milliseconds - seconds * 1000) * 1e6));
}
