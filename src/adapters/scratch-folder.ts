import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ScratchFolder } from '../ports/scratch-folder.ts';
import { pathExists } from './path-exists.ts';
import { readRegularFile } from './regular-file.ts';

/** The largest file that is read, in bytes. The log of a proxy, which prints only warnings, is smaller. */
const largestLog = 16 * 1024 * 1024;

/** Makes a folder below the system's folder for temporary files. */
export async function openScratchFolder(): Promise<ScratchFolder> {
  const root = await mkdtemp(path.join(tmpdir(), 'meshwright-test-'));
  await chmod(root, 0o700);
  const within = (file: string): string => path.join(root, file);
  return {
    path: root,
    async write(file, text) {
      await mkdir(path.dirname(within(file)), { recursive: true });
      await writeFile(within(file), text, { mode: 0o600 });
    },
    async makeFolder(folder) {
      await mkdir(within(folder), { recursive: true });
    },
    async link(file, target) {
      await mkdir(path.dirname(within(file)), { recursive: true });
      await symlink(target, within(file));
    },
    async read(file) {
      const isThere = await pathExists(within(file));
      return isThere ? readRegularFile(within(file), { most: largestLog }).toString('utf8') : '';
    },
    async remove() {
      await rm(root, { recursive: true, force: true });
    },
  };
}
