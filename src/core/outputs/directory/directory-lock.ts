import type { Directory } from '../../../ports/directory.ts';
import type { LockPlace } from '../../lock/lock-place.ts';
import { memoryFolder } from './places.ts';

/**
 * Keeps the lock of an output directory in one file for each epoch: only one process can create the file of the next
 * epoch.
 */
export class DirectoryLock implements LockPlace {
  private readonly directory: Directory;

  constructor(directory: Directory) {
    this.directory = directory;
  }

  async epochs(): Promise<readonly number[]> {
    return (await this.directory.entries(memoryFolder))
      .flatMap(({ name }) => {
        const epoch = /^lock\.(\d{1,15})$/.exec(name)?.[1];
        return epoch === undefined ? [] : [Number(epoch)];
      })
      .sort((a, b) => a - b);
  }

  read(epoch: number): Promise<string | undefined> {
    return this.directory.read(this.place(epoch));
  }

  create(epoch: number, text: string): Promise<boolean> {
    return this.directory.createFile(this.place(epoch), text, { secret: true });
  }

  replace(epoch: number, text: string): Promise<void> {
    return this.directory.replaceFile(this.place(epoch), text, { secret: true });
  }

  async removeBefore(epoch: number): Promise<void> {
    for (const { name } of await this.directory.entries(memoryFolder)) {
      const [, other, beside] = /^lock\.(\d{1,15})(\..*)?$/.exec(name) ?? [];
      if (other === undefined || Number(other) > epoch) continue;
      // Keep our file, and the file by which a heartbeat may be about to replace it.
      const isOurs = Number(other) === epoch && (beside === undefined || beside === '.new');
      if (!isOurs) await this.directory.remove(`${memoryFolder}/${name}`);
    }
  }

  place(epoch: number): string {
    return `${memoryFolder}/lock.${epoch}`;
  }
}
