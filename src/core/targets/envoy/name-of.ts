import { jsonRecord } from '../../lib/json-record.ts';
import type { Json } from '../artifact.ts';

/** The name that a resource gives itself. */
export function nameOf(resource: Json): string {
  const { name } = jsonRecord(resource);
  return typeof name === 'string' ? name : '';
}
