import { addToJournal, type JournalLine } from '../history/journal.ts';
import type { Baselines } from '../targets/acceptance.ts';
import type { Delivery, Surroundings } from './delivery.ts';

type NotedLine = Extract<JournalLine, { readonly folder: string }>;

/** Performs a write between two lines of the journal; the line before a step has the baselines of its proxies. */
export type Journaled = (
  type: NotedLine['type'],
  mark: string,
  write: () => Promise<void>,
  baselines?: Baselines,
) => Promise<void>;

/**
 * Returns the function that performs a run's writes. It calls `onWrite` right before each write, or only after the
 * write if a failed write leaves nothing behind.
 */
export function journaledIn(
  { output, epoch, target }: Pick<Delivery, 'output' | 'epoch' | 'target'>,
  { clock }: Pick<Surroundings, 'clock'>,
  onWrite: () => void,
): Journaled {
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
