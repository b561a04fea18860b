import { jointRecord } from '../../core/canary/record/joint-record.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../core/canary/record/rollout-records.ts';
import { EvidenceJournal } from '../../core/canary/run/evidence-journal.ts';
import type { RolloutJournalLine } from '../../core/canary/run/journal-line.ts';
import { Ledger } from '../../core/history/ledger.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { PortError } from '../../ports/port-error.ts';
import type { MeantOutputs } from '../delivery/meant-outputs.ts';
import type { TargetOutput } from '../delivery/read-outputs.ts';
import { snapshotInForce } from '../delivery/snapshot-in-force.ts';

/** A Rollout with a record, read from the outputs alone. */
export interface RecordedRollout {
  /** `namespace/name`. */
  readonly id: string;
  /** The record in force among those of all targets (`jointRecord`). */
  readonly record: RolloutRecord;
  readonly lines: readonly RolloutJournalLine[];
  /** The document in the revision in force; undefined if that revision has none. */
  readonly rollout: Rollout | undefined;
  /** All outputs with a record, the leading one first. */
  readonly outputs: readonly TargetOutput[];
  /** Targets of the document whose record is missing or out of reach, each with the reason. */
  readonly missing: readonly string[];
}

/** An output that can't be read. */
interface LostOutput {
  readonly name: string;
  readonly error: PortError;
}

/** The Rollouts with a record at an output, sorted by name, and the outputs that can't be read. */
export interface RecordedRollouts {
  readonly rollouts: readonly RecordedRollout[];
  readonly lost: readonly LostOutput[];
}

/** Returns the Rollouts with a record at an output. Throws PortError(15) if no output can be read. */
export async function recordedRollouts({
  outputs,
}: Pick<MeantOutputs, 'outputs'>): Promise<RecordedRollouts> {
  const found = new Map<string, RecordedRollout>();
  const lost: LostOutput[] = [];
  for (const output of outputs)
    try {
      await addRollouts(found, output);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      lost.push({ name: output.config.name, error });
    }
  const [first] = lost;
  if (first !== undefined && found.size === 0) throw first.error;
  const rollouts = [...found.values()].map((one) => ({ ...one, missing: missingOf(one, lost) }));
  return { rollouts: rollouts.sort((a, b) => (a.id < b.id ? -1 : 1)), lost };
}

async function addRollouts(found: Map<string, RecordedRollout>, output: TargetOutput): Promise<void> {
  const { store } = output.output;
  for (const record of await new RolloutRecords(store).all()) {
    const { rollout: id } = record;
    const known = found.get(id);
    if (known !== undefined) {
      const joint = jointRecord([known.record, record]) ?? record;
      found.set(id, { ...known, record: joint, outputs: [...known.outputs, output] });
      continue;
    }
    const lines = await new EvidenceJournal(store, id, record.attempt).lines();
    const rollout = await rolloutInForce(output, id);
    found.set(id, { id, record, lines, rollout, outputs: [output], missing: [] });
  }
}

function missingOf({ rollout, outputs }: RecordedRollout, lost: readonly LostOutput[]): readonly string[] {
  const known = outputs.map(({ config }) => config.name);
  const names = rollout?.targets ?? lost.map(({ name }) => name);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const error = lost.find((one) => one.name === name)?.error;
      return `target ${name}: ${error?.message ?? 'no record of the rollout is in reach there'}`;
    });
}

async function rolloutInForce({ output }: TargetOutput, id: string): Promise<Rollout | undefined> {
  const digest = await snapshotInForce(output);
  const snapshot = digest === undefined ? undefined : await new Ledger(output.store).readSnapshot(digest);
  return snapshot?.ir.rollouts?.[id];
}
