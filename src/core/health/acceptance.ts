import type { Expected } from './expectation.ts';
import type { ProxyReport } from './proxy-report.ts';

/** Whether a proxy has taken what was written for it. */
export type Acceptance =
  | { readonly state: 'accepted' }
  | { readonly state: 'waiting'; readonly reason: string }
  | { readonly state: 'rejected'; readonly detail: string };

/**
 * Compares what a proxy shows with what it must show, and its counters with those of before the write. A proxy that
 * refuses a part of a file keeps the version of before and counts a rejection; one that can't read it counts a failure.
 */
export function acceptance(
  expected: readonly Expected[],
  before: ProxyReport | undefined,
  now: ProxyReport,
): Acceptance {
  let waiting: string | undefined;
  for (const one of expected) {
    for (const scope of scopes(one, now)) {
      const shown = now.versions.get(scope);
      if (shown === one.version) continue;
      const counter = Object.keys(words).find((name) => increase(`${scope}.${name}`, before, now) > 0);
      if (counter !== undefined) {
        const detail = `${words[counter] ?? counter} ${one.kind} ${one.version} (${scope}.${counter})`;
        return { state: 'rejected', detail };
      }
      waiting ??= `${one.kind} ${shown === undefined || shown === '' ? 'not read yet' : `still ${shown}`}, not ${one.version} (${scope})`;
    }
  }
  waiting ??= warming(now);
  return waiting === undefined ? { state: 'accepted' } : { state: 'waiting', reason: waiting };
}

/** Listeners and filter chains that still serve connections opened before their change. */
export function draining(report: ProxyReport): number {
  return (
    (report.numbers.get('listener_manager.total_listeners_draining') ?? 0) +
    (report.numbers.get('listener_manager.total_filter_chains_draining') ?? 0)
  );
}

const words: Readonly<Record<string, string>> = {
  update_rejected: 'refused',
  update_failure: 'could not read',
};

/** Routes stand under their listener's own prefix, perhaps under several; everything else is in one place. */
function scopes({ kind, resource }: Expected, now: ProxyReport): readonly string[] {
  if (kind !== 'routes') return [resource];
  const found = [...now.versions.keys()].filter(
    (scope) => scope.startsWith('http.') && scope.endsWith(resource),
  );
  return found.length > 0 ? found : [resource];
}

/** A proxy that started anew counts from zero, which is no increase. */
function increase(counter: string, before: ProxyReport | undefined, now: ProxyReport): number {
  return (now.numbers.get(counter) ?? 0) - (before?.numbers.get(counter) ?? 0);
}

function warming(now: ProxyReport): string | undefined {
  const clusters = now.numbers.get('cluster_manager.warming_clusters') ?? 0;
  const listeners = now.numbers.get('listener_manager.total_listeners_warming') ?? 0;
  if (clusters + listeners === 0) return undefined;
  return `${clusters} clusters and ${listeners} listeners are warming`;
}
