import type { LiveObject, ManagedFieldsEntry } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { record } from '../../lib/record.ts';
import { isEntry, type PathElement, pathElement } from './field-path.ts';

/**
 * Returns the entry of managedFields for the applies of a manager; a status or another subresource has a separate
 * entry.
 */
export function appliedBy(live: LiveObject, manager: string): ManagedFieldsEntry | undefined {
  return (live.metadata.managedFields ?? []).find(
    (entry) => entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === '',
  );
}

/**
 * Returns the part of an object that a manager owns, with present values: kind, name, and each owned field. Returns
 * undefined if the manager applied nothing, or applied in another version of the API, whose paths may differ.
 */
export function ownedPart(live: LiveObject, manager: string): Json | undefined {
  const entry = appliedBy(live, manager);
  if (entry?.fieldsV1 === undefined || entry.apiVersion !== live.apiVersion) return undefined;
  const owned = jsonRecord(picked(live, entry.fieldsV1));
  const { name, namespace } = live.metadata;
  return {
    ...owned,
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: {
      ...jsonRecord(owned['metadata']),
      name,
      ...(namespace !== undefined && { namespace }),
    },
  };
}

/** Returns the owned part of a value; undefined for an owned field that somebody else has removed. */
function picked(value: Json | undefined, fields: Json): Json | undefined {
  const owned = jsonRecord(fields);
  const keys = Object.keys(owned);
  // A leaf is owned as a whole; `.` alone means the map or list itself, without the entries of others.
  if (value === undefined || keys.length === 0) return value;
  if (Array.isArray(value)) return pickedEntries(value as readonly Json[], stepsOf(owned));
  const present = jsonRecord(value);
  const all: [string, Json][] = [];
  // A plan without changes does little else than this, for each field of each object.
  for (const key of keys) {
    if (!key.startsWith(fieldKey)) continue;
    const field = key.slice(fieldKey.length);
    const [inner, own] = [owned[key], Object.hasOwn(present, field) ? present[field] : undefined];
    const found = inner === undefined ? undefined : picked(own, inner);
    if (found !== undefined) all.push([field, found]);
  }
  return record(all);
}

/** The beginning of a key of `fieldsV1` that names a field. */
const fieldKey = 'f:';

function stepsOf(owned: ReturnType<typeof jsonRecord>): readonly Step[] {
  return Object.entries(owned).flatMap(([key, inner]) => {
    const element = pathElement(key);
    return element === undefined || inner === undefined ? [] : [{ element, inner }];
  });
}

interface Step {
  readonly element: PathElement;
  readonly inner: Json;
}

/** Returns the owned entries in the order of the list, as an applier sends them. */
function pickedEntries(list: readonly Json[], steps: readonly Step[]): Json {
  return list.flatMap((entry, index) => {
    const step = steps.find(({ element }) =>
      'index' in element ? element.index === index : isEntry(entry, element),
    );
    const found = step === undefined ? undefined : picked(entry, step.inner);
    return found === undefined ? [] : [found];
  });
}
