import type { UnreadableSource } from '../core/source/source.ts';
import { largestFile } from '../core/source/spec-files.ts';
import { PortError } from '../ports.ts';

/**
 * Throws PortError(1) for a single file that is there and can't be read: it is not to be taken for an absent one. Returns
 * if there is none, or if the path leads out of the root.
 */
export function refuseUnreadable({ file, problem, detail }: UnreadableSource): void {
  if (problem === 'outside-root' || detail === 'ENOENT' || detail === 'ENOTDIR') return;
  throw new PortError(`${file} can't be read (${detail ?? reasons[problem]})`, 1);
}

const reasons: Readonly<Record<Exclude<UnreadableSource['problem'], 'outside-root'>, string>> = {
  'not-a-file': 'it is no regular file',
  'too-large': `it is larger than ${String(largestFile / 1024 / 1024)} MiB`,
  unreadable: 'for an unknown reason',
};
