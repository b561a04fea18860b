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

/** The most tries of an append while others write the same text. */
const mostTries = 5;

/**
 * The append-only journal of one attempt. Readers drop a line that follows a line of a later runner, and a line that a
 * crash tore. A store that writes the whole text at each append replaces a long journal by its sum, so that the journal
 * stays as small as the sum and a few readings.
 */
export class EvidenceJournal {
  readonly #store: RunStore;
  readonly #name: BlobName;

  constructor(store: RunStore, rollout: string, attempt: number) {
    this.#store = store;
    this.#name = `evidence/${rollout.replace('/', '.')}.${String(attempt)}`;
  }

  /**
   * Adds lines in one write; they are durable when the promise resolves. `before` is the sum of all earlier lines.
   * Rejects with PortError(6) if the store shows that a later runner has written.
   */
  async append(epoch: number, lines: readonly RolloutJournalLine[], before?: AttemptProgress): Promise<void> {
    if (lines.length === 0) return;
    // The first newline ends a line that a kill tore.
    const text = `\n${lines.map((line) => sealed(epoch, line)).join('')}`;
    const most = this.#store.dearAbove;
    if (most !== undefined) await this.#rewrite(epoch, text, { before, most });
    else if (!(await this.#store.create(this.#name, text))) await this.#store.append(this.#name, text);
  }

  /** Returns the lines in order; none if the attempt has no journal. */
  async lines(): Promise<readonly RolloutJournalLine[]> {
    return accepted((await this.#store.read(this.#name)) ?? '').map(({ line }) => line);
  }

  /** Adds a text by writing the whole journal; tries again if others have written meanwhile. */
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

  /** Writes the journal; returns false if the stored text is no longer `known`. */
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

/** The sum of the earlier lines, and the number of characters above which the sum replaces them. */
interface Room {
  readonly before: AttemptProgress | undefined;
  readonly most: number;
}

/** Returns the text that an addition follows: all lines, or their sum. */
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

/** Returns the whole lines of a journal, without late lines of earlier runners. */
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
