import type { JournalStage } from '../../history/journal.ts';
import type { Revision } from '../../revision/revision.ts';
import { revisionDigest, revisionVersions } from '../../revision/revision-files.ts';
import type { Change, Step } from '../step.ts';
import { folderNumber } from './places.ts';
import { type Stage, type StageName, stages } from './stages.ts';

/** Returns the stages to write; leaves out a stage with the same bytes as the stage before it. */
export function wayTo({ observed, next, lower, target }: Change, epoch: number): readonly Step[] {
  const all = stages(observed.current?.snapshot, next, lower, target.between);
  const altered = observed.altered.length > 0;
  let before = observed.current?.compiled;
  const needed = all.filter(({ revision }, i) => {
    const digest = revisionDigest(revision.artifacts);
    // Files that somebody has changed by hand are written again, even if the spec did not change.
    const isNeeded = digest !== before || (altered && i === all.length - 1);
    before = isNeeded ? digest : before;
    return isNeeded;
  });
  const isRepair = needed.every(
    ({ revision }) => revisionDigest(revision.artifacts) === observed.current?.compiled,
  );
  return needed.map((stage) => {
    const named = isRepair ? { ...stage, name: 'repair' as const } : stage;
    return stepOf(named, folderName(epoch, named));
  });
}

/** Returns a stage of the journal; with an `epoch` it gets a folder of that epoch. */
export function recordedStep(
  { name, folder, snapshot, drained }: JournalStage,
  revision: Revision,
  epoch?: number,
): Step {
  const stage = { name: name as StageName, revision, drained };
  return { ...stepOf(stage, epoch === undefined ? folder : folderName(epoch, stage)), snapshot };
}

/** The waves of a plan for a directory: new objects come with *make*, changes with *switch*, removals with *break*. */
const waves: Readonly<Record<StageName, number>> = { make: 1, switch: 2, break: 3, repair: 3 };

function stepOf({ name, revision, drained }: Stage, mark: string): Step {
  return {
    name,
    mark,
    revision,
    versions: revisionVersions(revision.artifacts),
    drained,
    wave: waves[name],
    removes: name === 'break' || name === 'repair',
    identities: name !== 'make',
  };
}

/**
 * Returns the name of a stage's folder, `<epoch>-<name>-<digest>`: later runs sort later, and no two stages share a
 * folder.
 */
function folderName(epoch: number, { name, revision }: Stage): string {
  return `${folderNumber(epoch)}-${name}-${revisionDigest(revision.artifacts).slice(0, 12)}`;
}
