import type { Revision } from '../plan/revision.ts';
import { revisionDigest, revisionFiles } from '../plan/revision-files.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { ask } from './gate.ts';
import type { Stage } from './stages.ts';
import type { Walk } from './walk.ts';
import { type WatchedProxy, watchedProxies } from './watched-proxies.ts';

/** A revision that is or was in force, by the name of its folder. */
export interface Step {
  readonly name: string;
  readonly revision: Revision;
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
export function watchedAt(
  step: Step,
  { steps, seen }: Walk,
  { observed }: Delivery,
): readonly WatchedProxy[] {
  const changed = changedFiles(steps.at(-1)?.revision, step.revision);
  return watchedProxies(step.revision, observed.current?.snapshot, changed, (id) => seen.has(id));
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

function changedFiles(before: Revision | undefined, after: Revision): ReadonlySet<string> {
  const was = revisionFiles(before?.artifacts ?? []);
  const changed = [...revisionFiles(after.artifacts).values()].filter(
    ({ path, version }) => was.get(path)?.version !== version,
  );
  return new Set(changed.map(({ path }) => path));
}
