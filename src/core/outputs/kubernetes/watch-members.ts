import type { Clock } from '../../../ports/clock.ts';
import type { Cluster, LiveObject, ServedKind } from '../../../ports/cluster.ts';
import { memberLabel } from './apply-set.ts';
import { refOfLive } from './ref-of-live.ts';

/** A change of a member. `gone`: the object was deleted, or has lost the label of the set. */
export interface MemberChange {
  readonly ref: string;
  readonly live: LiveObject;
  readonly isGone: boolean;
}

/**
 * Yields the changes of one kind's members since they were `seen`, until the signal ends the watch. Without `seen`
 * begins with all present members. A closed watch continues from its last event; after an expired version the watch
 * begins with a list again, which shows the missed changes.
 */
export async function* watchMembers(
  cluster: Cluster,
  set: string,
  kind: ServedKind,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  seen: ReadonlyMap<string, LiveObject> = new Map(),
): AsyncGenerator<MemberChange, void> {
  const labels = { [memberLabel]: set };
  let known = new Map(seen);
  let from: string | undefined;
  while (!signal.aborted) {
    if (from === undefined) {
      const { objects, resourceVersion } = await cluster.list(kind, { labels });
      const found = new Map(objects.map((live) => [refOfLive(live), live]));
      yield* changesBetween(known, found);
      known = found;
      from = resourceVersion;
    }
    const before: string | undefined = from;
    const events = cluster.watch(kind, { labels, resourceVersion: from }, signal);
    for (;;) {
      const next = await events.next();
      if (next.done === true) {
        from = next.value === 'expired' ? undefined : from;
        break;
      }
      const { type, object } = next.value;
      from = object.metadata.resourceVersion ?? from;
      if (type === 'bookmark') continue;
      const ref = refOfLive(object);
      const isGone = type === 'deleted';
      if (isGone) known.delete(ref);
      else known.set(ref, object);
      yield { ref, live: object, isGone };
    }
    // Pause before the next watch, in case the server closes every watch at once.
    if (from === before) await clock.sleep(pause, signal);
  }
}

function* changesBetween(
  known: ReadonlyMap<string, LiveObject>,
  found: ReadonlyMap<string, LiveObject>,
): Generator<MemberChange, void> {
  for (const [ref, live] of found)
    if (known.get(ref)?.metadata.resourceVersion !== live.metadata.resourceVersion)
      yield { ref, live, isGone: false };
  for (const [ref, live] of known) if (!found.has(ref)) yield { ref, live, isGone: true };
}

/** Milliseconds. */
const pause = 500;
