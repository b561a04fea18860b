import type { Landing } from '../outputs/step.ts';
import type { Revision } from '../revision/revision.ts';
import type { Acceptance, Baseline, Baselines, WatchedProxy } from '../targets/acceptance.ts';
import { askProxies } from './ask-proxies.ts';
import type { Surroundings } from './delivery.ts';

/** The proxies that a run knows of. */
export interface KnownProxies {
  /** Ids of proxies that ever answered. */
  readonly seen: ReadonlySet<string>;
  /** The revision in force when the run began, with which running proxies were started. */
  readonly started: Revision | undefined;
}

/**
 * Returns the versions that proxies must show after the change from `before` to a step; all versions of the step if
 * there is no `before`.
 */
export function watchedAt(
  { watched }: Acceptance,
  step: Landing,
  before: Landing | undefined,
  { seen, started }: KnownProxies,
): readonly WatchedProxy[] {
  const changed = [...step.versions]
    .filter(([path, version]) => before?.versions.get(path) !== version)
    .map(([path]) => path);
  return watched(step, new Set(changed), started, (id) => seen.has(id));
}

/** Adds each proxy's current report as a baseline for later counter increases. */
export async function withBaselines(
  acceptance: Acceptance,
  proxies: readonly WatchedProxy[],
  around: Pick<Surroundings, 'admin' | 'clock'>,
): Promise<readonly WatchedProxy[]> {
  const at = around.clock.now().getTime();
  const answers = await askProxies(acceptance, proxies, around);
  return proxies.map((proxy, i) => {
    const answer = answers[i];
    return answer?.state === 'report'
      ? { ...proxy, seen: true, before: { at, report: answer.report } }
      : { ...proxy, before: { at } };
  });
}

/**
 * Adds the baselines that a run recorded before the switch; a proxy without a baseline is judged only by its report.
 */
export function withRecorded(proxies: readonly WatchedProxy[], recorded: Baselines): readonly WatchedProxy[] {
  return proxies.map((proxy) => {
    const before = recorded.get(proxy.id);
    return before === undefined
      ? proxy
      : { ...proxy, before, seen: proxy.seen || before.report !== undefined };
  });
}

/** Returns the baselines of proxies that have one. */
export function baselinesOf(proxies: readonly WatchedProxy[]): Baselines {
  return new Map(
    proxies.flatMap(({ id, before }): readonly (readonly [string, Baseline])[] =>
      before === undefined ? [] : [[id, before]],
    ),
  );
}
