import type { LockPlace } from '../../lock/lock-place.ts';

/**
 * Stands for the lock of a branch, which nobody can hold: of two runs the one that pushes first wins, and the push of
 * the other is refused. So a record says nothing to other processes, and this one keeps it to itself.
 */
export class PushLock implements LockPlace {
  readonly #branch: string;
  #held: { readonly epoch: number; readonly text: string } | undefined;

  constructor(branch: string) {
    this.#branch = branch;
  }

  epochs(): Promise<readonly number[]> {
    return Promise.resolve(this.#held === undefined ? [] : [this.#held.epoch]);
  }

  read(epoch: number): Promise<string | undefined> {
    return Promise.resolve(this.#held?.epoch === epoch ? this.#held.text : undefined);
  }

  create(epoch: number, text: string): Promise<boolean> {
    this.#held = { epoch, text };
    return Promise.resolve(true);
  }

  replace(epoch: number, text: string): Promise<void> {
    this.#held = { epoch, text };
    return Promise.resolve();
  }

  removeBefore(): Promise<void> {
    return Promise.resolve();
  }

  place(): string {
    return `the push to ${this.#branch}`;
  }
}
