import type { RecordedProgram } from '../../core/local-run/run-record.ts';
import type { ProcessIdentity } from '../../ports/processes.ts';
import type { LocalRunParts } from './local-parts.ts';

const pollEvery = 50;
const patience = 5_000;

/** Ends the recorded programs that still run; kills one that doesn't end in time. Returns their number. */
export async function endPrograms(
  recorded: readonly Pick<RecordedProgram, 'process'>[],
  parts: Pick<LocalRunParts, 'programs' | 'clock'>,
): Promise<number> {
  const { programs } = parts;
  const running = recorded.filter(({ process }) => programs.stateOf(process) === 'running');
  for (const now of [false, true]) {
    for (const { process } of running) programs.end(process, now);
    const rest = await Promise.all(running.map(({ process }) => isEnding(process, patience, parts)));
    if (rest.every(Boolean)) break;
  }
  return running.length;
}

/** Returns true if a process ends within `milliseconds`. */
export async function isEnding(
  process: ProcessIdentity,
  milliseconds: number,
  { programs, clock }: Pick<LocalRunParts, 'programs' | 'clock'>,
): Promise<boolean> {
  const until = clock.monotonic() + milliseconds;
  while (programs.stateOf(process) === 'running') {
    if (clock.monotonic() > until) return false;
    await clock.sleep(pollEvery);
  }
  return true;
}
