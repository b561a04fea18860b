import { PortError } from '../../ports/port-error.ts';
import type { Journal, JournalStage } from '../history/journal.ts';
import type { Ledger } from '../history/ledger.ts';
import type { Revision } from '../revision/revision.ts';
import type { Delivery } from './delivery.ts';
import type { Stage } from './stages.ts';
import { stepName } from './step.ts';
import { wayTo } from './way-to.ts';

/** A stage with its place. */
export interface PlacedStage extends Stage {
  /** Name of its folder below `revisions/`. */
  readonly folder: string;
  /** Digest that names its snapshot, where that is recorded already. */
  readonly snapshot?: string;
}

/** The way of a run, and how far it was gone before. */
export interface Way {
  readonly stages: readonly PlacedStage[];
  /** How many of them are in force already: the last of these is what proxies read now. */
  readonly reached: number;
}

/** The way from what is there to what is wanted. */
export function newWay(delivery: Delivery): Way {
  const stages = wayTo(delivery).map((stage) => ({ ...stage, folder: stepName(delivery.epoch, stage) }));
  return { stages, reached: 0 };
}

/**
 * The way that a run recorded before it stopped, compared with what is there: a stage that is there is done, those after
 * it are to do; anything else was put there by someone else (7). Stages that are to do get folders of our own epoch, so
 * that nobody who still writes for the old one meets us there.
 */
export async function recordedWay(
  { name, epoch, observed }: Delivery,
  { begin }: Journal,
  ledger: Ledger,
): Promise<Way> {
  const now = observed.current?.name;
  const reached = now === begin.from ? 0 : begin.stages.findLastIndex(({ folder }) => folder === now) + 1;
  if (now !== begin.from && reached === 0) {
    throw new PortError(
      `target ${name}: what is applied is neither what the stopped run ${begin.run} began with nor what it wrote; a plain apply or a rollback starts from what is there`,
      7,
    );
  }
  // What was changed by hand before the run began is what it set out to write again.
  const known = new Set(reached === 0 ? begin.altered : []);
  const altered = observed.altered.find((path) => !known.has(path));
  if (altered !== undefined) {
    throw new PortError(
      `target ${name}: ${altered} was changed since the stopped run ${begin.run} wrote it; a plain apply or a rollback starts from what is there`,
      7,
    );
  }
  const stages: PlacedStage[] = [];
  for (const [i, stage] of begin.stages.entries()) {
    const revision = await ledger.readSnapshot(stage.snapshot);
    // What is left behind may have been tidied away already; nothing leads back to it.
    if (revision === undefined && i < reached - 1) continue;
    const placed = placedStage(stage, revision);
    stages.push(i < reached ? placed : { ...placed, folder: stepName(epoch, placed) });
  }
  return { stages, reached: reached - (begin.stages.length - stages.length) };
}

function placedStage(
  { name, folder, snapshot, drained }: JournalStage,
  revision: Revision | undefined,
): PlacedStage {
  if (revision === undefined) {
    throw new PortError(
      `the snapshot ${snapshot.slice(0, 12)} of a recorded stage is gone: it cannot be resumed; a plain apply or a rollback starts from what is there`,
      1,
    );
  }
  return { name: name as PlacedStage['name'], revision, drained, folder, snapshot };
}
