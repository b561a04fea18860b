import type { Baseline, Expected, ProxyReport, Verdict } from '../../acceptance.ts';
import { countedBefore } from './baseline.ts';

/**
 * Compares the versions that a proxy shows with the expected ones, and its counters with those before the write. A
 * proxy that refuses a part of a file keeps the previous version and counts a rejection; one that can't read the file
 * counts a failure. With `isLast` everything must be in force, otherwise only the changes of the stage.
 */
export function verdict(
  expected: readonly Expected[],
  before: Baseline,
  now: ProxyReport,
  isLast: boolean,
): Verdict {
  const counted = countedBefore(before, now);
  let waiting: string | undefined;
  for (const one of expected) {
    if (one.version === undefined) {
      waiting ??= `its bootstrap names ${one.path} for its ${one.kind}, and this revision has no such file: start it with its new bootstrap`;
      continue;
    }
    const { version } = one;
    for (const scope of scopes(one, now)) {
      const failure = counted && failureIn(scope, counted, now);
      const answer = inScope({ ...one, version }, scope, failure, before, now, isLast);
      if (answer.state === 'rejected') return answer;
      if (answer.state === 'waiting') waiting ??= answer.reason;
    }
  }
  waiting ??= warming(now);
  return waiting === undefined ? { state: 'accepted' } : { state: 'waiting', reason: waiting };
}

/** Returns the number of listeners and filter chains that still serve connections opened before their change. */
export function draining(report: ProxyReport): number {
  return (
    (report.numbers.get('listener_manager.total_listeners_draining') ?? 0) +
    (report.numbers.get('listener_manager.total_filter_chains_draining') ?? 0)
  );
}

const words = { update_rejected: 'refused', update_failure: 'could not read' } as const;

type Failure = keyof typeof words;

/**
 * Returns the prefixes of a resource's statistics. Routes have the prefix of their listener, perhaps of several
 * listeners; any other resource has one prefix.
 */
function scopes({ kind, resource }: Expected, now: ProxyReport): readonly string[] {
  if (kind !== 'routes') return [resource];
  const found = [...now.versions.keys()].filter(
    (scope) => scope.startsWith('http.') && scope.endsWith(resource),
  );
  return found.length > 0 ? found : [resource];
}

function inScope(
  one: Expected & { readonly version: string },
  scope: string,
  failure: Failure | undefined,
  before: Baseline,
  now: ProxyReport,
  isLast: boolean,
): Verdict {
  const { kind, version } = one;
  const shown = now.versions.get(scope);
  if (shown === version) {
    if (failure === undefined || !before.isAccepted) return { state: 'accepted' };
    const reason = `it accepted ${kind} ${version}, and ${words[failure]} an update after that (${scope}.${failure} rose): start it anew`;
    return { state: 'waiting', reason };
  }
  if (!isLast && isLeftFromBefore(one, scope, before)) return { state: 'accepted' };
  if (failure !== undefined)
    return { state: 'rejected', detail: `${words[failure]} ${kind} ${version} (${scope}.${failure})` };
  const shows = shown === undefined || shown === '' ? 'not read yet' : `still ${shown}`;
  return { state: 'waiting', reason: `${kind} ${shows}, not ${version} (${scope})` };
}

/** Returns a failure of this scope that was counted since the baseline. */
function failureIn(
  scope: string,
  counted: ReadonlyMap<string, number>,
  now: ProxyReport,
): Failure | undefined {
  return (Object.keys(words) as Failure[]).find((name) => {
    const counter = `${scope}.${name}`;
    return (now.numbers.get(counter) ?? 0) > (counted.get(counter) ?? 0);
  });
}

/** Returns true if the proxy lacked this version already before a stage that does not change the file. */
function isLeftFromBefore({ isChanged, version }: Expected, scope: string, { report }: Baseline): boolean {
  return !isChanged && report?.versions !== undefined && report.versions.get(scope) !== version;
}

function warming(now: ProxyReport): string | undefined {
  const clusters = now.numbers.get('cluster_manager.warming_clusters') ?? 0;
  const listeners = now.numbers.get('listener_manager.total_listeners_warming') ?? 0;
  if (clusters + listeners === 0) return undefined;
  return `${clusters} clusters and ${listeners} listeners are warming`;
}
