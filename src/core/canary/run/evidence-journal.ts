import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { BlobName, RunStore } from '../../history/run-store.ts';
import { openedLine, sealedLine } from '../../history/sealed-line.ts';
import type { AttemptProgress } from './attempt-progress.ts';
import type { RolloutJournalLine } from './journal-line.ts';

/** A line with the epoch of the runner that wrote it. */
interface Stamped {
  readonly epoch: number;
  readonly line: RolloutJournalLine;
}

/** Times that an append is tried while others write the same text. */
const mostTries = 5;

/**
 * The journal of one attempt, which only grows. A line of a runner is dropped if a later runner has written before it;
 * a line that a crash tore is, too. In a store that writes the whole text at each append, earlier lines are replaced by
 * their sum once they are many, so that a journal is as large as its sum and a few readings.
 */
export class EvidenceJournal {
  readonly #store: RunStore;
  readonly #name: BlobName;

  constructor(store: RunStore, rollout: string, attempt: number) {
    this.#store = store;
    this.#name = `evidence/${rollout.replace('/', '.')}.${String(attempt)}`;
  }

  /**
   * Adds lines at once; they are durable when the promise resolves. `before` is the sum of all lines before. Rejects with
   * PortError(6) if a later runner has written, as far as the store tells.
   */
  async append(epoch: number, lines: readonly RolloutJournalLine[], before?: AttemptProgress): Promise<void> {
    if (lines.length === 0) return;
    // A line that was torn by a kill ends here.
    const text = `\n${lines.map((line) => sealed(epoch, line)).join('')}`;
    const most = this.#store.dearAbove;
    if (most !== undefined) await this.#rewrite(epoch, text, { before, most });
    else if (!(await this.#store.create(this.#name, text))) await this.#store.append(this.#name, text);
  }

  /** Returns the lines in order; none if the attempt has no journal. */
  async lines(): Promise<readonly RolloutJournalLine[]> {
    return accepted((await this.#store.read(this.#name)) ?? '').map(({ line }) => line);
  }

  /** Adds a text by writing the whole journal, and again if others have written meanwhile. */
  async #rewrite(epoch: number, text: string, room: Room): Promise<void> {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const known = await this.#store.read(this.#name);
      if (lastEpoch(known ?? '') > epoch)
        throw new PortError('another runner has taken the rollout over: this runner stops', exit.locked);
      if (await this.#exchange(known, `${kept(known ?? '', text, epoch, room)}${text}`)) return;
      await this.#store.refresh?.(this.#name);
    }
    throw new PortError(`${this.#store.place(this.#name)} is written by others all the time`, exit.locked);
  }

  /** Returns false if the journal isn't what was known. */
  async #exchange(known: string | undefined, next: string): Promise<boolean> {
    if (known === undefined) return this.#store.create(this.#name, next);
    try {
      await this.#store.replace(this.#name, next);
      return true;
    } catch (error) {
      if (error instanceof PortError && error.exitCode === exit.locked) return false;
      throw error;
    }
  }
}

/** The sum of the lines before, and the characters above which it stands for them. */
interface Room {
  readonly before: AttemptProgress | undefined;
  readonly most: number;
}

/** Returns the text before an addition: all lines, or their sum. */
function kept(known: string, text: string, epoch: number, { before, most }: Room): string {
  const isDear = before !== undefined && known.length + text.length > most;
  return isDear ? sealed(epoch, { sum: before }) : known;
}

function sealed(epoch: number, line: RolloutJournalLine): string {
  return sealedLine({ epoch, line } satisfies Stamped);
}

/** Returns the epoch of the last whole line; 0 if there is none. */
function lastEpoch(text: string): number {
  for (const line of text.split('\n').reverse()) {
    const body = openedLine(line);
    if (body !== undefined) return (JSON.parse(body) as Stamped).epoch;
  }
  return 0;
}

/** Returns the whole lines of a journal without those of runners that came too late. */
function accepted(text: string): readonly Stamped[] {
  let highest = 0;
  return text.split('\n').flatMap((line) => {
    const body = openedLine(line);
    if (body === undefined) return [];
    const stamped = JSON.parse(body) as Stamped;
    if (stamped.epoch < highest) return [];
    highest = stamped.epoch;
    return [stamped];
  });
}
