import type { LiveObject, ManagedFieldsEntry } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { isEntry, type PathElement, pathElement, stepInto } from './field-path.ts';

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
  const steps = Object.entries(jsonRecord(fields)).flatMap(([key, inner]) => {
    const element = pathElement(key);
    return element === undefined || inner === undefined ? [] : [{ element, inner }];
  });
  // A leaf is owned as a whole; `.` alone means the map or list itself, without the entries of others.
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
