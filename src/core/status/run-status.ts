import { isOpen, type Journal } from '../history/journal.ts';
import type { RunStatus } from './status.ts';

/** Returns the run of a journal if it stopped half way or is under way. */
export function runStatus(journal: Journal | undefined): RunStatus | undefined {
  if (journal === undefined || !isOpen(journal)) return undefined;
  const { run, command, stages, entry } = journal.begin;
  const done = new Set(
    journal.lines.flatMap((line) => (line.type === 'stage' && line.state === 'after' ? [line.folder] : [])),
  );
  return {
    id: run,
    command,
    ...(entry && { started: entry.started, actor: entry.actor }),
    reached: stages.filter(({ folder }) => done.has(folder)).length,
    stages: stages.length,
  };
}
