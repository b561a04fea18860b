import { isOpen, type Journal } from '../history/journal.ts';

/** Returns the mark of the step that must be in force after the last run; undefined if no run ended. */
export function expectedRevision(journal: Journal | undefined): string | undefined {
  if (journal === undefined || isOpen(journal)) return undefined;
  const last = journal.lines.findLast(
    (line) => (line.type === 'stage' || line.type === 'back') && line.state === 'after',
  );
  if (last !== undefined && 'folder' in last) return last.folder;
  const { begin, outcome } = journal;
  if (begin.inForce !== undefined) return begin.inForce.folder;
  // In journals before 1.1, a run that succeeded without a switch found its last stage already in force.
  return (outcome === 'succeeded' ? begin.stages.at(-1)?.folder : undefined) ?? begin.from;
}
