import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { Journal, JournalStage } from '../history/journal.ts';
import type { Ledger } from '../history/ledger.ts';
import type { Step } from '../outputs/step.ts';
import type { Revision } from '../revision/revision.ts';
import type { Delivery } from './delivery.ts';

/** The steps of a run. */
export interface Way {
  readonly steps: readonly Step[];
  /** The number of steps that are already in force; proxies read the last of them now. */
  readonly reached: number;
}

/** Returns the way from the present revision to the planned one. */
export function newWay(delivery: Delivery): Way {
  return { steps: delivery.output.steps(delivery, delivery.epoch), reached: 0 };
}

/**
 * Returns the recorded way of a stopped run, compared with the output: steps up to the one in force are done, later
 * ones are still to do. Throws PortError(7) if anything else is in force. Steps to do get marks with our epoch, so that
 * a process that still writes for the old run can't write the same names.
 */
export async function recordedWay(
  { name, epoch, observed, output }: Delivery,
  { begin }: Journal,
  ledger: Ledger,
): Promise<Way> {
  const now = observed.current?.name;
  const reached = now === begin.from ? 0 : begin.stages.findLastIndex(({ folder }) => folder === now) + 1;
  if (now !== begin.from && reached === 0) {
    throw new PortError(
      `target ${name}: what is applied is neither what the stopped run ${begin.run} began with nor what it wrote; a plain apply or a rollback starts from what is there`,
      exit.foreign,
    );
  }
  // The run writes files again that were changed by hand before it began.
  const known = new Set(reached === 0 ? begin.altered : []);
  const altered = observed.altered.find((part) => !known.has(part));
  if (altered !== undefined) {
    throw new PortError(
      `target ${name}: ${altered} was changed since the stopped run ${begin.run} wrote it; a plain apply or a rollback starts from what is there`,
      exit.foreign,
    );
  }
  const steps: Step[] = [];
  for (const [i, stage] of begin.stages.entries()) {
    const revision = await ledger.readSnapshot(stage.snapshot);
    // A step before the present one may have been removed, since the run never goes back to it.
    if (revision === undefined && i < reached - 1) continue;
    steps.push(
      output.recordedStep(stage, recordedRevision(stage, revision), i < reached ? undefined : epoch),
    );
  }
  return { steps, reached: reached - (begin.stages.length - steps.length) };
}

function recordedRevision({ snapshot }: JournalStage, revision: Revision | undefined): Revision {
  if (revision !== undefined) return revision;
  throw new PortError(
    `the snapshot ${snapshot.slice(0, 12)} of a recorded stage is gone: it cannot be resumed; a plain apply or a rollback starts from what is there`,
    exit.failed,
  );
}
