import { addToJournal, type JournalLine } from '../history/journal.ts';
import type { Baselines } from '../targets/acceptance.ts';
import type { Delivery, Surroundings } from './delivery.ts';

type NotedLine = Extract<JournalLine, { readonly folder: string }>;

/** Writes something between two lines of the journal; the line before a step has the baselines of its proxies. */
export type Noted = (
  type: NotedLine['type'],
  mark: string,
  write: () => Promise<void>,
  baselines?: Baselines,
) => Promise<void>;

/**
 * Returns the writer of a run's journal; `onWrite` is called right before each write, or after a write that leaves
 * nothing if it fails.
 */
export function notedIn(
  { output, epoch, target }: Pick<Delivery, 'output' | 'epoch' | 'target'>,
  { clock }: Pick<Surroundings, 'clock'>,
  onWrite: () => void,
): Noted {
  const { baselinesJson } = output.acceptance(target);
  return async (type, folder, write, baselines) => {
    const evidence = baselines === undefined ? {} : { evidence: baselinesJson(baselines) };
    const line = (state: 'before' | 'after'): JournalLine => {
      return { type, state, folder, at: clock.now().toISOString() };
    };
    await addToJournal(output.store, epoch, { ...line('before'), ...evidence });
    if (output.flush === undefined) onWrite();
    await write();
    if (output.flush !== undefined) onWrite();
    await addToJournal(output.store, epoch, line('after'));
  };
}
