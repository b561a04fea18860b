import { canonicalJson } from '../lib/canonical-json.ts';
import { jsonRecord } from '../lib/json-record.ts';
import type { Origin } from '../location.ts';
import { originAt } from '../source/locate.ts';
import type { Json } from '../targets/artifact.ts';
import { isReordered, keyOf, pairedEntries } from './paired-entries.ts';
import { fieldPath, inList, inMap, type PlaceName } from './place-name.ts';
import type { SpecEdit } from './spec-edit.ts';

/** A difference inside a document. */
export type ValueEdit = Pick<SpecEdit, 'op' | 'within' | 'field' | 'before' | 'after' | 'origin'>;

/** The place of a value in a document; `origin` is the position after the change. */
export interface EditPlace extends PlaceName {
  readonly origin: Origin;
}

/** Returns the differences of two values of a document, in the order of the text after the change. */
export function valueEdits(
  before: Json | undefined,
  after: Json | undefined,
  place: EditPlace,
): readonly ValueEdit[] {
  if (Object.is(before, after)) return [];
  if (isMap(before) && isMap(after)) return mapEdits(before, after, place);
  if (Array.isArray(before) && Array.isArray(after)) return listEdits(before, after, place);
  return [edit(before, after, place)];
}

function edit(before: Json | undefined, after: Json | undefined, place: EditPlace): ValueEdit {
  const { within, field, origin } = place;
  return {
    op: before === undefined ? 'create' : after === undefined ? 'delete' : 'update',
    within,
    ...(field.length > 0 && { field: fieldPath(field) }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    origin,
  };
}

function mapEdits(before: Json, after: Json, { within, field, origin }: EditPlace): readonly ValueEdit[] {
  const [was, will] = [jsonRecord(before), jsonRecord(after)];
  const gone = Object.keys(was).filter((key) => !Object.hasOwn(will, key));
  return [...Object.keys(will), ...gone].flatMap((key) => {
    const place = {
      ...inMap({ within, field }, key),
      origin: Object.hasOwn(will, key) ? originAt(after as object, key, 'key') : origin,
    };
    return valueEdits(own(was, key), own(will, key), place);
  });
}

function listEdits(before: readonly Json[], after: readonly Json[], place: EditPlace): readonly ValueEdit[] {
  const { within, field } = place;
  if (
    [...before, ...after].every((entry) => (isPlain(entry) && keyOf(entry) === undefined) || isScalar(entry))
  )
    return canonicalJson(before) === canonicalJson(after) ? [] : [edit(before, after, place)];
  const list = field.at(-1) ?? '';
  const pairs = pairedEntries(before, after);
  const edits = pairs.flatMap((pair) =>
    valueEdits(at(before, pair.before), at(after, pair.after), {
      ...inList({ within, field }, pair.label),
      origin: pair.after === undefined ? place.origin : originAt(after, pair.after),
    }),
  );
  if (!isReordered(pairs)) return edits;
  const kept = pairs.filter((pair) => pair.before !== undefined && pair.after !== undefined);
  const order = (sorted: typeof kept) => sorted.map(({ label }) => label);
  const old = [...kept].sort((a, b) => (a.before ?? 0) - (b.before ?? 0));
  const moved = edit(order(old), order(kept), { ...place, within: [...within, ...field.slice(0, -1)] });
  return [{ ...moved, field: `order of ${list}` }, ...edits];
}

function isMap(value: Json | undefined): value is Json & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: Json | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

/** Returns true for a value that is written in one piece: a scalar, or a map of one scalar (`{prefix: /api}`). */
function isPlain(value: Json): boolean {
  if (isScalar(value)) return true;
  const [first, ...others] = Object.values(jsonRecord(value));
  return isMap(value) && first !== undefined && others.length === 0 && isScalar(first);
}

function at(list: readonly Json[], i: number | undefined): Json | undefined {
  return i === undefined ? undefined : list[i];
}

function own(fields: Readonly<Record<string, Json | undefined>>, key: string): Json | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
