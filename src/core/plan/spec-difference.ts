import { originOf } from '../location.ts';
import { originAt } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import type { Json } from '../targets/artifact.ts';
import { type SpecDocument, specDocuments } from './spec-documents.ts';
import type { SpecEdit } from './spec-edit.ts';
import { valueEdits } from './value-edits.ts';

/**
 * Returns every difference of two specs, document by document in the order of kinds and names; documents that go come
 * last. The order of documents and the layout of files have no effect. Without `before`, every document is new.
 */
export function specDifference(before: Spec | undefined, after: Spec | undefined): readonly SpecEdit[] {
  const was = documentsOf(before);
  const will = documentsOf(after);
  const gone = [...was].filter(([id]) => !will.has(id)).map(([, object]) => whole('delete', object));
  const stays = [...will].flatMap(([id, object]) => {
    const old = was.get(id);
    return old === undefined ? [whole('create', object)] : documentEdits(old, object);
  });
  return [...stays, ...gone];
}

/** Returns the documents of a spec by identity; a mesh has one Mesh, whatever its name. */
function documentsOf(spec: Spec | undefined): ReadonlyMap<string, SpecDocument> {
  return new Map(
    specDocuments(spec).map((object) => {
      const { kind, namespace, name } = object;
      return [kind === 'Mesh' ? 'Mesh' : `${kind}/${namespace}/${name}`, object];
    }),
  );
}

function whole(op: 'create' | 'delete', { kind, namespace, name, location }: SpecDocument): SpecEdit {
  return { op, kind, namespace, name, within: [], origin: originOf(location) };
}

function documentEdits(
  old: SpecDocument,
  { kind, namespace, name, value, location }: SpecDocument,
): readonly SpecEdit[] {
  if (old.value === value) return [];
  const [was, will] = [old.value, value] as readonly Readonly<Record<string, Json>>[];
  const keys = [...new Set([...Object.keys(will ?? {}), ...Object.keys(was ?? {})])];
  return keys
    .flatMap((key) =>
      valueEdits(was?.[key], will?.[key], {
        within: [],
        field: key === 'spec' ? [] : [key],
        origin: will?.[key] === undefined ? originOf(location) : originAt(value, key, 'key'),
      }),
    )
    .map((edit) => ({ ...edit, kind, namespace, name }));
}
