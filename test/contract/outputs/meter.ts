/** The error that stands for the end of a killed process; no code of that process may catch it and go on. */
export class Killed extends Error {}

/** The moment of a write at which a process is killed; `within` leaves a part of a write that isn't atomic. */
export type Moment = 'before' | 'within' | 'after';

/** Counts the writes to a place, and kills the process at one of them. */
export class Meter {
  writes = 0;
  private fatal: { readonly write: number; readonly moment: Moment } | undefined;

  /** Kills at the write with this number, counted from now; the first is 1. */
  killAt(write: number, moment: Moment): void {
    this.fatal = { write: this.writes + write, moment };
  }

  /** Stops killing. */
  calm(): void {
    this.fatal = undefined;
  }

  /** Makes an asynchronous write that is whole or not done at all. */
  async writing<T>(whole: () => Promise<T>): Promise<T> {
    let result: Promise<T> | undefined;
    try {
      this.write(() => {
        result = whole();
      });
    } catch (killed) {
      await result;
      throw killed;
    }
    return result as Promise<T>;
  }

  /** Makes a write; `part` is the effect of a kill within the write. */
  write(whole: () => void, part: () => void = () => undefined): void {
    this.writes += 1;
    const moment = this.fatal?.write === this.writes ? this.fatal.moment : undefined;
    if (this.fatal !== undefined && this.writes > this.fatal.write) throw new Killed();
    if (moment === 'within') part();
    if (moment === 'before' || moment === 'within') throw new Killed();
    whole();
    if (moment === 'after') throw new Killed();
  }
}
