import type { LiveObject, ManagedFieldsEntry } from '../../../../ports/cluster.ts';
import { jsonRecord } from '../../../lib/json-record.ts';

/**
 * Returns the time (ms since the epoch, in whole seconds) at which somebody last changed the data of a Secret or a
 * ConfigMap, by the clock of the API server; undefined if the object doesn't say.
 */
export function changedAt({ metadata }: Pick<LiveObject, 'metadata'>): number | undefined {
  const times = (metadata.managedFields ?? []).filter(writesData).map(({ time }) => Date.parse(time ?? ''));
  const known = times.filter((time) => !Number.isNaN(time));
  if (known.length > 0) return Math.max(...known);
  const created = Date.parse(metadata.creationTimestamp ?? '');
  return Number.isNaN(created) ? undefined : created;
}

function writesData({ fieldsV1 }: ManagedFieldsEntry): boolean {
  return jsonRecord(fieldsV1)['f:data'] !== undefined;
}
