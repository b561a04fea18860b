import { type ExitCode, exit } from '../../exit-code.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';

/** The end of a run. */
export interface RunEnd {
  readonly exitCode: ExitCode;
  /** For people. */
  readonly message: string;
  /** The reason at the end of `message`, which an event may have reported before. */
  readonly reason?: string;
}

/** Returns the end of a run whose attempt somebody else has taken over or ended. */
export function replaced(record: RolloutRecord | undefined): RunEnd {
  const { state, reason, runner } = record ?? {};
  if (state === 'rolled-back') return { exitCode: exit.rolledBack, message: reason ?? 'it was rolled back' };
  if (state === 'promoted') return { exitCode: exit.success, message: 'it was promoted' };
  const who = runner?.holder ?? 'somebody else';
  return { exitCode: exit.locked, message: `${who} has taken the rollout over: this runner stops` };
}
