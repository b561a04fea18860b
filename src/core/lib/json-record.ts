import type { Json } from './json.ts';

/** The fields of a JSON object; none where the value is something else. */
export function jsonRecord(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json | undefined>>)
    : {};
}
