import { lstatSync, type Stats } from 'node:fs';
import path from 'node:path';

/**
 * Returns a stamp of a file or link that changes when it is written, without reading it: size, times and inode, as in
 * Git's index. A folder's stamp has the time at which an entry was added or removed. A stamp is one line.
 */
export function fileStamp(root: string, name: string): string {
  return stampOf(name, lstatSync(path.join(root, name)));
}

/** Returns true if all files below a folder still have these stamps, one on each line. */
export function isStamped(root: string, stamps: string): boolean {
  return stamps.split('\n').every((stamp) => {
    const name = stamp.slice(0, stamp.indexOf('\0'));
    const status = lstatSync(`${root}/${name}`, absent);
    return status !== undefined && stampOf(name, status) === stamp;
  });
}

const absent = { throwIfNoEntry: false } as const;

function stampOf(name: string, status: Stats): string {
  const { size, mtimeMs, ctimeMs, ino, mode } = status;
  const head = `${name}\0${String(mode)}\0${String(mtimeMs)}`;
  return status.isDirectory() ? head : `${head}\0${String(size)}\0${String(ctimeMs)}\0${String(ino)}`;
}
