import type { Revision } from '../plan/revision.ts';
import { revisionDigest } from '../plan/revision-files.ts';
import type { Walk } from './beginning.ts';
import type { Surroundings } from './delivery.ts';
import { ask } from './gate.ts';
import type { Stage } from './stages.ts';
import { type WatchedProxy, watchedProxies } from './watched-proxies.ts';

/** A revision that is or was in force, by the name of its folder. */
export interface Step {
  readonly name: string;
  readonly revision: Revision;
  /** Of each file, as written. */
  readonly versions: ReadonlyMap<string, string>;
}

/** `<epoch>-<id>`: later runs sort later, and no two stages share a folder. */
export function stepName(epoch: number, { name, revision }: Stage): string {
  return `${folderNumber(epoch)}-${name}-${revisionDigest(revision.artifacts).slice(0, 12)}`;
}

/** An epoch as the names of folders have it. */
export function folderNumber(epoch: number): string {
  return String(epoch).padStart(6, '0');
}

/** What proxies must show once they have gone over to this step. */
export function watchedAt(step: Step, { steps, seen, started }: Walk): readonly WatchedProxy[] {
  const before = steps.at(-1)?.versions;
  const changed = [...step.versions]
    .filter(([path, version]) => before?.get(path) !== version)
    .map(([path]) => path);
  return watchedProxies(step, new Set(changed), started, (id) => seen.has(id));
}

/** The same with what they show now, so that what is counted later can be told from what was counted before. */
export async function withReports(
  proxies: readonly WatchedProxy[],
  around: Pick<Surroundings, 'admin'>,
): Promise<readonly WatchedProxy[]> {
  const reports = await ask(proxies, around);
  return proxies.map((proxy, i) => {
    const before = reports[i];
    return before === undefined ? proxy : { ...proxy, seen: true, before };
  });
}
