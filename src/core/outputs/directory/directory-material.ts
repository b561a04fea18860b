import type { Directory } from '../../../ports/directory.ts';
import type { KeptCertificate } from '../../history/state.ts';
import type { MaterialPlace } from '../output-driver.ts';
import type { Step } from '../step.ts';
import { folderNumber, materialFile, materialFolder, secretsLink } from './places.ts';
import { DirectoryRecords } from './records.ts';

/** Returns the name of the folder for the material of a step, or for the material that remains at the end of a run. */
export function materialMark(epoch: number, step: Pick<Step, 'name'> | undefined): string {
  return `${folderNumber(epoch)}-${step?.name ?? 'end'}`;
}

/** Keeps certificates in `secrets/`: a new folder for each change, and a link to the folder that proxies read. */
export class DirectoryMaterial implements MaterialPlace {
  private readonly directory: Directory;

  constructor(directory: Directory) {
    this.directory = directory;
  }

  async read(proxies: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    for (const proxy of proxies) {
      const text = await this.directory.read(materialFile(proxy));
      if (text !== undefined) texts.set(proxy, text);
    }
    return texts;
  }

  mark(epoch: number, step: Step | undefined): string {
    return materialMark(epoch, step);
  }

  async write(
    mark: string,
    texts: ReadonlyMap<string, string>,
    kept: Readonly<Record<string, KeptCertificate>>,
  ): Promise<void> {
    const files = [...texts].map(([proxy, text]) => ({ path: `${proxy}.json`, text }));
    // The record precedes the folder, so that the material in use always has a record, even after a kill.
    await new DirectoryRecords(this.directory).writeMaterial(mark, kept);
    await this.directory.createFolder(`${materialFolder}/${mark}`, files, { secret: true });
    await this.directory.pointLink(secretsLink, `.revisions/${mark}`);
  }
}
