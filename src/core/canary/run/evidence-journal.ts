import type { BlobName, RunStore } from '../../history/run-store.ts';
import { openedLine, sealedLine } from '../../history/sealed-line.ts';
import type { RolloutJournalLine } from './journal-line.ts';

/** A line with the epoch of the runner that wrote it. */
interface Stamped {
  readonly epoch: number;
  readonly line: RolloutJournalLine;
}

/**
 * The journal of one attempt, which only grows. A line of a runner is dropped if a later runner has written before it;
 * a line that a crash tore is, too.
 */
export class EvidenceJournal {
  readonly #store: RunStore;
  readonly #name: BlobName;

  constructor(store: RunStore, rollout: string, attempt: number) {
    this.#store = store;
    this.#name = `evidence/${rollout.replace('/', '.')}.${String(attempt)}`;
  }

  /** Adds lines at once; they are durable when the promise resolves. */
  async append(epoch: number, lines: readonly RolloutJournalLine[]): Promise<void> {
    if (lines.length === 0) return;
    // A line that was torn by a kill ends here.
    const text = `\n${lines.map((line) => sealedLine({ epoch, line } satisfies Stamped)).join('')}`;
    if (await this.#store.create(this.#name, text)) return;
    await this.#store.append(this.#name, text);
  }

  /** Returns the lines in order; none if the attempt has no journal. */
  async lines(): Promise<readonly RolloutJournalLine[]> {
    const text = (await this.#store.read(this.#name)) ?? '';
    let highest = 0;
    return text.split('\n').flatMap((sealed) => {
      const body = openedLine(sealed);
      if (body === undefined) return [];
      const { epoch, line } = JSON.parse(body) as Stamped;
      if (epoch < highest) return [];
      highest = epoch;
      return [line];
    });
  }
}
