import type { Clock } from '../../../ports/clock.ts';
import type { Cluster, LiveObject, ServedKind } from '../../../ports/cluster.ts';
import { memberLabel } from './apply-set.ts';
import { type Health, healthOf } from './health.ts';
import { inParallel } from './in-parallel.ts';
import { refOfLive } from './ref-of-live.ts';

/** Settings of waiting for health, in milliseconds. */
export interface HealthWait {
  /** Ends the wait for objects that are in progress. */
  readonly timeout: number;
  /** Ends the wait for objects without a status, and for objects whose old status is a failure. */
  readonly grace: number;
  readonly interval: number;
}

/**
 * Waits until the objects of an ApplySet are healthy, one has failed, or the time is over. Returns the health of each
 * object; a missing object is `failed`, and an object without a status after `grace` is `unknown`.
 */
export async function awaitHealth(
  cluster: Cluster,
  set: string,
  refsByKind: ReadonlyMap<ServedKind, ReadonlySet<string>>,
  { timeout, grace, interval }: HealthWait,
  {
    clock,
    signal,
    onLook,
  }: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    /** Called at each look that isn't the last. */
    readonly onLook?: (healths: ReadonlyMap<string, Health>) => void;
  },
): Promise<ReadonlyMap<string, Health>> {
  const started = clock.monotonic();
  for (;;) {
    const healths = await healthsOf(cluster, set, refsByKind);
    const states = new Set([...healths.values()].map(({ state }) => state));
    const gone = clock.monotonic() - started;
    const isEarly = gone < grace;
    const waits =
      states.has('in progress') ||
      states.has('terminating') ||
      (isEarly && (states.has('unknown') || states.has('failed')));
    const hasFailed = states.has('failed') && !isEarly;
    if (hasFailed || !waits || gone >= timeout || signal.aborted) return healths;
    onLook?.(healths);
    await clock.sleep(interval, signal);
  }
}

async function healthsOf(
  cluster: Cluster,
  set: string,
  refsByKind: ReadonlyMap<ServedKind, ReadonlySet<string>>,
): Promise<ReadonlyMap<string, Health>> {
  const found = new Map<string, LiveObject>();
  await inParallel([...refsByKind.keys()], atOnce, async (kind) => {
    for (const live of (await cluster.list(kind, { labels: { [memberLabel]: set } })).objects)
      found.set(refOfLive(live), live);
  });
  const refs = [...refsByKind.values()].flatMap((one) => [...one]);
  return new Map(
    refs.map((ref) => {
      const live = found.get(ref);
      return [ref, live === undefined ? { state: 'failed', why: 'it is gone' } : healthOf(live)] as const;
    }),
  );
}

const atOnce = 8;
