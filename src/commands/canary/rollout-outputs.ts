import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../core/canary/record/rollout-records.ts';
import { EvidenceJournal } from '../../core/canary/run/evidence-journal.ts';
import type { RolloutJournalLine } from '../../core/canary/run/journal-line.ts';
import { Ledger } from '../../core/history/ledger.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { MeantOutputs } from '../delivery/meant-outputs.ts';
import type { TargetOutput } from '../delivery/read-outputs.ts';
import { snapshotInForce } from '../delivery/snapshot-in-force.ts';

/** A Rollout with a record, as the outputs alone tell it. */
export interface RecordedRollout {
  /** `namespace/name`. */
  readonly id: string;
  /** Record of the leading target. */
  readonly record: RolloutRecord;
  readonly lines: readonly RolloutJournalLine[];
  /** The document in the revision in force; undefined if that revision has none. */
  readonly rollout: Rollout | undefined;
  /** All outputs with a record, the leading one first. */
  readonly outputs: readonly TargetOutput[];
}

/** Returns the Rollouts that have records at some outputs, by name. */
export async function recordedRollouts({
  outputs,
}: Pick<MeantOutputs, 'outputs'>): Promise<readonly RecordedRollout[]> {
  const found = new Map<string, RecordedRollout>();
  for (const output of outputs) {
    const { store } = output.output;
    for (const record of await new RolloutRecords(store).all()) {
      const { rollout: id } = record;
      const known = found.get(id);
      if (known !== undefined) {
        found.set(id, { ...known, outputs: [...known.outputs, output] });
        continue;
      }
      const lines = await new EvidenceJournal(store, id, record.attempt).lines();
      const rollout = await rolloutInForce(output, id);
      found.set(id, { id, record, lines, rollout, outputs: [output] });
    }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function rolloutInForce({ output }: TargetOutput, id: string): Promise<Rollout | undefined> {
  const digest = await snapshotInForce(output);
  const snapshot = digest === undefined ? undefined : await new Ledger(output.store).readSnapshot(digest);
  return snapshot?.ir.rollouts?.[id];
}
