import type { Snapshot } from '../history/snapshot.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { formatOrigin, type Origin } from '../location.ts';
import { type NamedPlace, namedPlaces } from '../plan/named-places.ts';
import type { FieldChange } from '../plan/plan.ts';
import { recordedSpec } from '../plan/recorded-spec.ts';
import { specDocuments } from '../plan/spec-documents.ts';
import type { SpecEdit } from '../plan/spec-edit.ts';
import type { Drift } from './drift.ts';

/** An object that differs, with its place in the spec. */
interface Drifted {
  readonly op: SpecEdit['op'];
  readonly origin?: Origin;
  readonly fields?: readonly FieldChange[];
}

/**
 * Returns the places of the spec whose configuration differs at an output, each once, however many proxies have it.
 * `before` is the applied value and `after` the live one, as the mesh writes them. Returns undefined if the applied
 * revision has no readable sources.
 */
export function specDrift(drift: readonly Drift[], applied: Snapshot): readonly SpecEdit[] | undefined {
  const drifted = drift.flatMap(objectsOf).filter(({ origin }) => origin !== undefined);
  if (drifted.length === 0) return [];
  const spec = applied.sources && recordedSpec(applied.sources, applied.ir.environment);
  if (spec === undefined) return undefined;
  const places = namedPlaces(specDocuments(spec));
  const edits = drifted.flatMap((object) => editsOf(object, places));
  const once = new Map(edits.map((edit) => [canonicalJson(edit), edit]));
  return [...once.values()];
}

function objectsOf(drift: Drift): readonly Drifted[] {
  if (drift.type === 'object')
    return [
      {
        op: drift.state === 'removed' ? 'delete' : 'update',
        ...(drift.origin && { origin: drift.origin }),
        ...(drift.fields && { fields: drift.fields }),
      },
    ];
  if (drift.type !== 'file') return [];
  return (drift.objects ?? []).map(({ op, ...object }) => ({
    op: op === 'delete' ? 'delete' : 'update',
    ...object,
  }));
}

function editsOf(
  { op, origin, fields = [] }: Drifted,
  places: ReadonlyMap<string, NamedPlace>,
): readonly SpecEdit[] {
  const known = origin && places.get(formatOrigin(origin));
  if (op === 'delete' || fields.length === 0) return origin && known ? [{ op, ...known, origin }] : [];
  return fields.flatMap((field) => {
    const at = field.origin ?? origin;
    const place = (field.origin && places.get(formatOrigin(field.origin))) ?? known;
    if (at === undefined || place === undefined) return [];
    const { before, after } = field;
    return [
      {
        op,
        ...place,
        field: place.field ?? lastKey(field.path),
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
        origin: at,
      },
    ];
  });
}

/** Returns the last key of a path of native configuration, with the name of the list entry that holds the key. */
function lastKey(path: string): string {
  const [, entry, key] = /(?:\[([^\]]*)\]\.)?([\w@-]+|"[^"]*")(?:\[[^\]]*\])*$/.exec(path) ?? [];
  if (key === undefined) return path;
  return entry === undefined || /^\d+$/.test(entry) ? key : `${key} (${entry})`;
}
