import type { HistoryEntry } from './entry.ts';

/** The entry that a rollback goes to, or the reason why there is none. */
export type Earlier = { readonly entry: HistoryEntry } | { readonly missing: string };

/**
 * Finds a recorded revision by its id, the start of its id, or the applied commit. If `wanted` is undefined, finds the
 * newest revision that succeeded and differs from the applied one; if a later run did not succeed, finds the last one
 * that succeeded. Steps of Rollouts are passed over.
 */
export function earlier(
  entries: readonly HistoryEntry[],
  applied: string | undefined,
  wanted: string | undefined,
): Earlier {
  const newestFirst = [...entries].reverse().filter(({ outcome }) => outcome === 'succeeded');
  return wanted === undefined ? before(entries, newestFirst, applied) : named(newestFirst, wanted);
}

function before(
  all: readonly HistoryEntry[],
  succeeded: readonly HistoryEntry[],
  applied: string | undefined,
): Earlier {
  const now = succeeded.find(({ id }) => id === applied);
  // After a run that wrote something and did not succeed, go back to the revision in force when the run began.
  const last = all.findLast(({ outcome }) => outcome !== 'refused');
  if (now !== undefined && last?.outcome !== 'succeeded') return { entry: now };
  const entry = parentOf(all, now) ?? succeeded.find((one) => isOther(one, applied, now));
  return entry ? { entry } : { missing: 'nothing else was applied before' };
}

function isOther(
  { id, command, digests, outcome }: HistoryEntry,
  applied: string | undefined,
  now: HistoryEntry | undefined,
): boolean {
  // A step of a Rollout is no revision of the spec, and a step's revision is that of the apply before it.
  const isStep = command === 'canary' || (now?.command === 'canary' && digests.spec === now.digests.spec);
  return outcome === 'succeeded' && id !== applied && !isStep && digests.compiled !== now?.digests.compiled;
}

/** Returns the nearest ancestor that succeeded and differs; undefined if there is none. */
function parentOf(all: readonly HistoryEntry[], now: HistoryEntry | undefined): HistoryEntry | undefined {
  const byId = new Map(all.map((entry) => [entry.id, entry]));
  const passed = new Set<string>();
  let entry = now?.parent === undefined ? undefined : byId.get(now.parent);
  while (entry !== undefined && !passed.has(entry.id)) {
    if (isOther(entry, now?.id, now)) return entry;
    passed.add(entry.id);
    entry = entry.parent === undefined ? undefined : byId.get(entry.parent);
  }
  return undefined;
}

/** Returns the newest entry whose revision every proxy accepted. */
export function lastGood(entries: readonly HistoryEntry[]): Earlier {
  const entry = entries.findLast(({ outcome }) => outcome === 'succeeded');
  return entry ? { entry } : { missing: 'nothing was ever applied whole' };
}

/** Returns a recorded revision by its id, the start of its id, or a commit. */
export function named(succeeded: readonly HistoryEntry[], wanted: string): Earlier {
  const upper = wanted.toUpperCase();
  const byId = succeeded.filter(({ id }) => id === upper || (wanted.length >= 6 && id.startsWith(upper)));
  if (byId.length === 1 && byId[0]) return { entry: byId[0] };
  if (byId.length > 1)
    return { missing: `${JSON.stringify(wanted)} fits ${byId.length} entries; write more of the id` };
  const lower = wanted.toLowerCase();
  const byCommit = succeeded.find(({ commit }) => wanted.length >= 7 && commit?.startsWith(lower));
  return byCommit
    ? { entry: byCommit }
    : { missing: `no recorded revision is ${JSON.stringify(wanted)}; mesh history lists them` };
}
