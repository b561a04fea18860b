import type { Clock } from '../../../ports/clock.ts';
import type { Cluster, LiveObject, ServedKind } from '../../../ports/cluster.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { memberLabel } from './apply-set.ts';
import { kindKey, type ObservedObjects } from './observe-objects.ts';
import { watchMembers } from './watch-members.ts';
import { withoutNoise } from './without-noise.ts';

/**
 * Resolves once a member of a set differs from what was seen, by a watch of each kind, or when the signal ends. A
 * changed status doesn't count.
 */
export async function whenChanged(
  cluster: Cluster,
  set: string,
  { live, served }: ObservedObjects,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const end = new AbortController();
  const stop = (): void => end.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    await Promise.race(
      [...served].map(async ([key, kind]) => {
        const seen = new Map([...live].filter(([, one]) => isMemberOf(one, set) && kindKey(one) === key));
        await firstChange(cluster, set, kind, seen, { clock, signal: end.signal });
      }),
    );
  } finally {
    stop();
    signal.removeEventListener('abort', stop);
  }
}

async function firstChange(
  cluster: Cluster,
  set: string,
  kind: ServedKind,
  seen: ReadonlyMap<string, LiveObject>,
  around: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  for await (const { ref, live, isGone } of watchMembers(cluster, set, kind, around, seen)) {
    const before = seen.get(ref);
    if (isGone || before === undefined || !isSame(before, live)) return;
  }
}

function isMemberOf({ metadata }: LiveObject, set: string): boolean {
  return metadata.labels?.[memberLabel] === set;
}

function isSame(one: LiveObject, other: LiveObject): boolean {
  return (
    one.metadata.uid === other.metadata.uid &&
    canonicalJson(withoutNoise(one)) === canonicalJson(withoutNoise(other))
  );
}
