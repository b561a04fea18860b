import { lstatSync, type Stats } from 'node:fs';
import path from 'node:path';

/**
 * By what it shows, without reading it, that a file or link was written since: size, times and inode, as Git's index
 * has it; of a folder the time at which something in it came or went. A line without a line break.
 */
export function fileStamp(root: string, name: string): string {
  return stampOf(name, lstatSync(path.join(root, name)));
}

/** Whether everything below a folder is still what these stamps, a line each, say. */
export function isStamped(root: string, stamps: string): boolean {
  return stamps.split('\n').every((stamp) => {
    const [name = ''] = stamp.split('\0');
    const status = lstatSync(path.join(root, name), { throwIfNoEntry: false });
    return status !== undefined && stampOf(name, status) === stamp;
  });
}

function stampOf(name: string, status: Stats): string {
  const { size, mtimeMs, ctimeMs, ino, mode } = status;
  const seen = status.isDirectory() ? [mtimeMs] : [size, mtimeMs, ctimeMs, ino];
  return [name, mode, ...seen].join('\0');
}
