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

/** Returns an object without its status and what the server alone keeps in its metadata: what people and tools wrote. */
export function withoutNoise(live: LiveObject): Json {
  const { status: _, metadata, ...rest } = live;
  const kept = Object.entries(jsonRecord(metadata)).filter(([field]) => !noise.has(field));
  return { ...rest, metadata: Object.fromEntries(kept) };
}
