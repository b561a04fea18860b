import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { readShaped } from '../../history/read-shaped.ts';
import { storedText } from '../../history/read-stored.ts';
import type { RunStore } from '../../history/run-store.ts';
import { guardShape } from '../../history/stored-shape.ts';
import type { GuardSight } from './guard-sight.ts';

const name = 'guards/seen';

/**
 * Reads and writes the last look of a guard at an output. Throws `DamagedFile` for a damaged text, and PortError(1) for
 * a text of a newer `mesh`.
 */
export class GuardSights {
  readonly #store: RunStore;

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** Returns the last look that the output has at this moment; undefined if no guard has looked yet. */
  async readNow(): Promise<GuardSight | undefined> {
    await this.#store.refresh?.(name);
    const text = await this.#store.read(name);
    if (text === undefined) return undefined;
    return readShaped(this.#store.place(name), text, guardShape, 'delete it') as GuardSight;
  }

  /** Writes a look. If another guard writes at the same moment, keeps that guard's look. */
  async write(sight: Omit<GuardSight, 'formatVersion'>): Promise<void> {
    const text = storedText(sight);
    try {
      if (!(await this.#store.create(name, text))) await this.#store.replace(name, text);
    } catch (error) {
      if (!(error instanceof PortError) || error.exitCode !== exit.locked) throw error;
    }
  }
}
