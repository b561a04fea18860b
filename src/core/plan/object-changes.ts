import { canonicalJson } from '../lib/canonical-json.ts';
import type { Origin } from '../location.ts';
import { contentOf, type WrittenArtifact, writtenByRef } from '../revision/object-ref.ts';
import type { Artifact, ObjectArtifact, PartPlace } from '../targets/artifact.ts';
import type { ObjectOrder } from '../targets/target.ts';
import { fieldChanges } from './field-changes.ts';
import type { FieldChange, ObjectChange } from './plan.ts';

/** The waves of a directory: *make* creates, *switch* updates, *break* deletes. */
const waves = { create: 1, update: 2, delete: 3 } as const;

/**
 * Returns the changes between two revisions, resource by resource, in order of wave, file, kind and name. `order` gives
 * the waves of objects; without `order` they are the waves of a directory.
 */
export function objectChanges(
  before: readonly Artifact[],
  after: readonly Artifact[],
  order?: ObjectOrder,
): readonly ObjectChange[] {
  const [was, will] = [writtenByRef(before), writtenByRef(after)];
  const waveOf = order ? wavesBetween(order, before, after) : stageOf;
  const changes: ObjectChange[] = [];
  for (const [ref, artifact] of will) {
    const old = was.get(ref);
    if (old === undefined)
      changes.push({ op: 'create', ref, wave: waveOf({ after: artifact }), ...origin(artifact) });
    else if (canonicalJson(contentOf(old)) !== canonicalJson(contentOf(artifact))) {
      const fields = placedFields(fieldChanges(contentOf(old), contentOf(artifact)), artifact, old);
      changes.push({
        op: 'update',
        ref,
        wave: waveOf({ before: old, after: artifact }),
        ...origin(artifact),
        ...fields,
      });
    }
  }
  for (const [ref, artifact] of was) {
    if (!will.has(ref))
      changes.push({ op: 'delete', ref, wave: waveOf({ before: artifact }), ...origin(artifact) });
  }
  return changes.sort((a, b) => a.wave - b.wave || (a.ref < b.ref ? -1 : 1));
}

interface Pair {
  readonly before?: WrittenArtifact;
  readonly after?: WrittenArtifact;
}

function wavesBetween(
  order: ObjectOrder,
  before: readonly Artifact[],
  after: readonly Artifact[],
): (pair: Pair) => number {
  const waveOf = order(before.filter(isObject), after.filter(isObject));
  return (pair) => {
    const objects = {
      ...(pair.before && isObject(pair.before) && { before: pair.before }),
      ...(pair.after && isObject(pair.after) && { after: pair.after }),
    };
    if (objects.before || objects.after) return waveOf(objects);
    return stageOf(pair);
  };
}

function stageOf({ before, after }: Pair): number {
  if (before === undefined) return waves.create;
  return after === undefined ? waves.delete : waves.update;
}

function isObject(artifact: Artifact): artifact is ObjectArtifact {
  return artifact.type === 'object';
}

/** Adds to each field the place of its part in the spec; the first place is the object's. */
function placedFields(
  fields: readonly FieldChange[],
  artifact: WrittenArtifact,
  old: WrittenArtifact,
): Pick<ObjectChange, 'fields' | 'origin'> {
  const places = new Map([...placesOf(old), ...placesOf(artifact)].map(({ path, origin }) => [path, origin]));
  if (places.size === 0) return { fields };
  const placed = fields.map((field): FieldChange => {
    const found = placeOf(field.path, places);
    return found === undefined ? field : { ...field, origin: found };
  });
  const first = placed.find((field) => field.origin !== undefined)?.origin;
  return { fields: placed, ...(first && { origin: first }) };
}

/** Returns the place of the innermost part on a path. */
function placeOf(path: string, places: ReadonlyMap<string, Origin>): Origin | undefined {
  for (let end = path.length; end > 0; end -= 1) {
    const inner = end === path.length || boundary.has(path[end] ?? '');
    const found = inner ? places.get(path.slice(0, end)) : undefined;
    if (found !== undefined) return { file: found.file, line: found.line, column: found.column };
  }
  return undefined;
}

/** Characters of a path at which a part can end. */
const boundary: ReadonlySet<string> = new Set(['.', '[', ']', ' ']);

function placesOf(artifact: WrittenArtifact): readonly PartPlace[] {
  return ('places' in artifact && artifact.places) || [];
}

function origin({ origins: [first] }: WrittenArtifact): Pick<ObjectChange, 'origin'> {
  return first === undefined ? {} : { origin: { file: first.file, line: first.line, column: first.column } };
}
