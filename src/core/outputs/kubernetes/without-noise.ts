import type { LiveObject } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';

/** Metadata that an API server writes alone. */
const noise: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

/**
 * Returns the part of an object that people and tools wrote: without its status, and without metadata that only the
 * server writes.
 */
export function withoutNoise(live: LiveObject): Json {
  const { status: _, metadata, ...rest } = live;
  const kept = Object.entries(jsonRecord(metadata)).filter(([field]) => !noise.has(field));
  return { ...rest, metadata: Object.fromEntries(kept) };
}
