import type { LockPlace } from '../../lock/lock-place.ts';

/**
 * Takes the place of a lock, since nobody can lock a branch: of two runs the first push wins, and the other push is
 * refused. Records of the lock would be useless to other processes, so they stay in this process.
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
