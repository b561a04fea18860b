import type { Json } from './json.ts';

/** Returns the fields of a JSON object; an empty record for any other value. */
export function jsonRecord(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json | undefined>>)
    : {};
}
