import type { LiveObject, ManagedFieldsEntry } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { isEntry, type PathElement, pathElement, stepInto } from './field-path.ts';

/** Returns the entry of what a manager applied; a status or another subresource is an entry of its own. */
export function appliedBy(live: LiveObject, manager: string): ManagedFieldsEntry | undefined {
  return (live.metadata.managedFields ?? []).find(
    (entry) => entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === '',
  );
}

/**
 * Returns an object as its manager last applied it, read from the fields that it owns and their values now: kind and
 * name, and each owned field. Undefined if the manager applied nothing, or in another version of the API, whose paths
 * may be others.
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

/** A field that was removed by someone else is owned and not there. */
function picked(value: Json | undefined, fields: Json): Json | undefined {
  const steps = Object.entries(jsonRecord(fields)).flatMap(([key, inner]) => {
    const element = pathElement(key);
    return element === undefined || inner === undefined ? [] : [{ element, inner }];
  });
  // A leaf is owned as a whole; `.` alone is the map or list itself, without what others put into it.
  if (value === undefined || Object.keys(jsonRecord(fields)).length === 0) return value;
  if (Array.isArray(value)) return pickedEntries(value as readonly Json[], steps);
  return Object.fromEntries(
    steps.flatMap(({ element, inner }) => {
      const found = 'field' in element ? picked(stepInto(value, element), inner) : undefined;
      return 'field' in element && found !== undefined ? [[element.field, found]] : [];
    }),
  );
}

interface Step {
  readonly element: PathElement;
  readonly inner: Json;
}

/** Entries in the order of the list, as an applier sends them. */
function pickedEntries(list: readonly Json[], steps: readonly Step[]): Json {
  return list.flatMap((entry, index) => {
    const step = steps.find(({ element }) =>
      'index' in element ? element.index === index : isEntry(entry, element),
    );
    const found = step === undefined ? undefined : picked(entry, step.inner);
    return found === undefined ? [] : [found];
  });
}
