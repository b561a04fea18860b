import { isOpen, type Journal } from '../history/journal.ts';

/** The folder that `config/current` must lead to after the last run; nothing where it can't be told: no run, or one that is open. */
export function expectedRevision(journal: Journal | undefined): string | undefined {
  if (journal === undefined || isOpen(journal)) return undefined;
  const last = journal.lines.findLast(
    (line) => (line.type === 'stage' || line.type === 'back') && line.state === 'after',
  );
  return last !== undefined && 'folder' in last ? last.folder : journal.begin.from;
}
