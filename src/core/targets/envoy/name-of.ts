import type { Json } from '../artifact.ts';
import { jsonRecord } from '../json-record.ts';

/** The name that a resource gives itself. */
export function nameOf(resource: Json): string {
  const { name } = jsonRecord(resource);
  return typeof name === 'string' ? name : '';
}
