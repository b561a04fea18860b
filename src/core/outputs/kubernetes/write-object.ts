import type { Cluster, FieldConflict, LiveObject, Refusal, ServedKind } from '../../../ports/cluster.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { memberLabel } from './apply-set.ts';
import { areTaken } from './taken-fields.ts';
import { withoutNoise } from './without-noise.ts';

/** One write of an object; `live` is the object that the plan has seen. */
export type ObjectWrite =
  | {
      readonly op: 'apply';
      readonly ref: string;
      readonly manifest: Json;
      /** Absent if the object doesn't exist. */
      readonly live?: LiveObject;
      /** Fields to take from other managers; they are taken only if the object's conflicts are exactly these. */
      readonly take?: ReadonlySet<string>;
    }
  | { readonly op: 'delete' | 'release'; readonly ref: string; readonly live: LiveObject };

/** The result of a write. */
export type ObjectResult =
  | { readonly state: 'written'; readonly live: LiveObject; readonly warnings: readonly string[] }
  /** The object is gone, or was gone already. */
  | { readonly state: 'removed' }
  | { readonly state: 'conflict'; readonly conflicts: readonly FieldConflict[] }
  /** Somebody has changed, removed or created the object after the plan; nothing was overwritten. */
  | { readonly state: 'moved'; readonly why: string }
  | { readonly state: 'refused'; readonly refusal: Refusal | 'forbidden'; readonly why: string };

/** Writes one object if it is still the one that the plan has seen; a changed status doesn't count. */
export async function writeObject(
  cluster: Cluster,
  kind: ServedKind,
  write: ObjectWrite,
  manager: string,
): Promise<ObjectResult> {
  let known = write.live;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const result = await writeOnce(cluster, kind, write, known, manager);
    if (result !== 'changed') return result;
    const now = known && (await cluster.read(kind, known.metadata));
    if (now === undefined)
      return write.op === 'apply' ? { state: 'moved', why: 'it was deleted' } : { state: 'removed' };
    if (known === undefined || !isSame(known, now)) return { state: 'moved', why: 'it was changed' };
    known = now;
  }
  return { state: 'moved', why: 'it changes all the time' };
}

/** The most attempts on an object whose status changes during the write. */
const attempts = 5;

function isSame(one: LiveObject, other: LiveObject): boolean {
  return (
    one.metadata.uid === other.metadata.uid &&
    other.metadata.deletionTimestamp === undefined &&
    canonicalJson(withoutNoise(one)) === canonicalJson(withoutNoise(other))
  );
}

async function writeOnce(
  cluster: Cluster,
  kind: ServedKind,
  write: ObjectWrite,
  known: LiveObject | undefined,
  manager: string,
): Promise<ObjectResult | 'changed'> {
  if (write.op === 'apply') return applied(cluster, kind, write, known, manager);
  if (known === undefined) return { state: 'removed' };
  if (write.op === 'release') return released(cluster, kind, known, manager);
  const { uid = '', resourceVersion } = known.metadata;
  const holds = { uid, ...(resourceVersion !== undefined && { resourceVersion }) };
  const answer = await cluster.remove(kind, known.metadata, holds);
  return answer === 'changed' ? 'changed' : { state: 'removed' };
}

async function applied(
  cluster: Cluster,
  kind: ServedKind,
  { manifest, take }: Extract<ObjectWrite, { op: 'apply' }>,
  known: LiveObject | undefined,
  manager: string,
): Promise<ObjectResult | 'changed'> {
  const body = known === undefined ? manifest : pinned(manifest, known);
  let answer = await cluster.apply(kind, body, { manager });
  if (answer.state === 'conflict' && areTaken(answer.conflicts, take))
    answer = await cluster.apply(kind, body, { manager, force: true });
  switch (answer.state) {
    case 'applied': {
      const { object: live, created, warnings } = answer;
      if (known === undefined && !created && hasOthers(live, manager))
        return { state: 'moved', why: 'somebody made it in the meantime' };
      return { state: 'written', live, warnings };
    }
    case 'changed':
      return 'changed';
    case 'forbidden':
      return { state: 'refused', refusal: 'forbidden', why: answer.why };
    case 'conflict':
    case 'refused':
      return answer;
  }
}

/**
 * Returns the manifest with the uid and the version of the object, so that the server refuses it for another object or
 * a newer version.
 */
function pinned(manifest: Json, { metadata: { uid, resourceVersion } }: LiveObject): Json {
  const { metadata, ...rest } = jsonRecord(manifest);
  return {
    ...rest,
    metadata: {
      ...jsonRecord(metadata),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
  };
}

/**
 * Returns true if other managers have written an object. An object of ours alone comes from a request whose answer was
 * lost.
 */
function hasOthers(live: LiveObject, manager: string): boolean {
  return (live.metadata.managedFields ?? []).some(
    ({ manager: other, subresource = '' }) => other !== manager && subresource === '',
  );
}

/** Releases an object with all its values: removes our label and our ownership of its fields. */
async function released(
  cluster: Cluster,
  kind: ServedKind,
  live: LiveObject,
  manager: string,
): Promise<ObjectResult | 'changed'> {
  const { labels = {}, managedFields = [], ...metadata } = live.metadata;
  const kept = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== memberLabel));
  const object: LiveObject = {
    ...live,
    metadata: {
      ...metadata,
      labels: kept,
      // An empty list would be ignored; one empty entry clears it (Kubernetes, server-side apply).
      managedFields: nonEmpty(
        managedFields.filter((entry) => entry.manager !== manager || entry.operation !== 'Apply'),
      ),
    },
  };
  const answer = await cluster.replace(kind, object);
  return answer === undefined ? 'changed' : { state: 'written', live: answer, warnings: [] };
}

function nonEmpty<T extends object>(list: readonly T[]): readonly (T | Record<string, never>)[] {
  return list.length === 0 ? [{}] : list;
}
