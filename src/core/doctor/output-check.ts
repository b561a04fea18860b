import type { FolderState } from '../../ports/machine.ts';
import type { Check } from './check.ts';

/** Checks that apply can write to the folder of a target, and that the folder lies on a file system of this machine. */
export function outputCheck(target: string, { path, exists, writable, sharedBy }: FolderState): Check {
  const name = `output of ${target}`;
  if (!writable)
    return {
      name,
      state: 'fail',
      says: `this user may not write ${path}`,
      do: 'change its owner or mode, or the output',
    };
  if (sharedBy !== undefined)
    return {
      name,
      state: 'fail',
      says: `${path} is on ${sharedBy}, where a rename does not reach all machines at once`,
      do: 'use a folder on a local file system',
    };
  return { name, state: 'ok', says: exists ? path : `${path} (the first apply makes it)` };
}
