import { revisionDigest } from '../revision/revision-files.ts';
import type { Acceptance, Baseline, Baselines, ReadRevision, WatchedProxy } from '../targets/acceptance.ts';
import { askProxies } from './ask-proxies.ts';
import type { Walk } from './beginning.ts';
import type { Surroundings } from './delivery.ts';
import type { Stage } from './stages.ts';

/** A revision that is or was in force, by the name of its folder. */
export interface Step extends ReadRevision {
  readonly name: string;
}

/** `<epoch>-<id>`: later runs sort later, and no two stages share a folder. */
export function stepName(epoch: number, { name, revision }: Stage): string {
  return `${folderNumber(epoch)}-${name}-${revisionDigest(revision.artifacts).slice(0, 12)}`;
}

/** An epoch as the names of folders have it. */
export function folderNumber(epoch: number): string {
  return String(epoch).padStart(6, '0');
}

/** What proxies must show once they have gone over to a step from the one before; without one, all of the step. */
export function watchedAt(
  { watched }: Acceptance,
  step: Step,
  before: Step | undefined,
  { seen, started }: Pick<Walk, 'seen' | 'started'>,
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

/** Adds the baselines that a run recorded before the switch; a proxy without one is judged by what it shows. */
export function withRecorded(proxies: readonly WatchedProxy[], recorded: Baselines): readonly WatchedProxy[] {
  return proxies.map((proxy) => {
    const before = recorded.get(proxy.id);
    return before === undefined
      ? proxy
      : { ...proxy, before, seen: proxy.seen || before.report !== undefined };
  });
}

/** The baselines of proxies that have one. */
export function baselinesOf(proxies: readonly WatchedProxy[]): Baselines {
  return new Map(
    proxies.flatMap(({ id, before }): readonly (readonly [string, Baseline])[] =>
      before === undefined ? [] : [[id, before]],
    ),
  );
}
