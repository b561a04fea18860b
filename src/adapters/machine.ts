import { execFile } from 'node:child_process';
import { access, constants, readdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Machine } from '../ports/machine.ts';
import { cacheFolder } from './cache-folder.ts';
import { isOwnFolder } from './own-folder.ts';

const run = promisify(execFile);

/** The port to this machine. */
export const machine: Machine = {
  node: process.versions.node,
  git: async () => /version (\S+)/.exec((await runProgram('git', ['--version'])) ?? '')?.[1],
  async envoy() {
    const found = await envoyBinary();
    if (found === undefined) return undefined;
    // The output is `envoy version: 24d1…/1.40.0/Clean/RELEASE/BoringSSL`.
    const version = /version: [^/]*\/([0-9.]+)/.exec((await runProgram(found, ['--version'])) ?? '')?.[1];
    return version === undefined ? { path: found } : { path: found, version };
  },
  async folder(root, named) {
    const absolute = path.resolve(root, named);
    const nearest = await nearestExisting(absolute);
    const sharedBy = shared.get((await statfs(nearest)).type);
    return {
      path: absolute,
      exists: nearest === absolute,
      writable: await permitted(nearest, constants.W_OK),
      ...(sharedBy !== undefined && { sharedBy }),
    };
  },
};

/** File systems that several machines share, by their number in statfs(2). */
const shared: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
]);

async function runProgram(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(program, [...args], { timeout: 10_000 })).stdout;
  } catch {
    return undefined;
  }
}

async function envoyBinary(): Promise<string | undefined> {
  const { ENVOY, PATH = '' } = process.env;
  if (ENVOY) return ENVOY;
  const places = [
    // Leave out relative entries of PATH: they name a different folder in each repository.
    ...PATH.split(path.delimiter).filter((folder) => path.isAbsolute(folder)),
    ...(await cachedFolders()),
  ].map((folder) => path.join(folder, 'envoy'));
  for (const place of places) if (await permitted(place, constants.X_OK)) return place;
  return undefined;
}

/** Returns the folders of Envoys in the cache, the newest first; folders that others can write are left out. */
async function cachedFolders(): Promise<readonly string[]> {
  const cache = cacheFolder();
  if (cache === undefined) return [];
  const names = await readdir(cache).catch(() => []);
  return names
    .filter((name) => name.startsWith('envoy-'))
    .sort()
    .reverse()
    .map((name) => path.join(cache, name))
    .filter((folder) => isOwnFolder(folder));
}

async function nearestExisting(folder: string): Promise<string> {
  if (folder === path.dirname(folder) || (await permitted(folder, constants.F_OK))) return folder;
  return nearestExisting(path.dirname(folder));
}

function permitted(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
