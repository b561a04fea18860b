import { jsonRecord } from '../../lib/json-record.ts';
import type { Json } from '../artifact.ts';

/** Returns the name that a resource has in its own fields. */
export function nameOf(resource: Json): string {
  const { name } = jsonRecord(resource);
  return typeof name === 'string' ? name : '';
}
