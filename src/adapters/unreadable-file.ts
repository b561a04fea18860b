import { exit } from '../core/exit-code.ts';
import type { UnreadableSource } from '../core/source/source.ts';
import { largestFile } from '../core/source/spec-files.ts';
import { PortError } from '../ports/port-error.ts';

const reasons: Readonly<Record<UnreadableSource['problem'], string>> = {
  'too-large': `it is larger than ${String(largestFile / 1024 / 1024)} MiB`,
  'outside-root': 'it leads out of the repository',
  'not-a-file': 'it is no regular file',
  unreadable: 'for an unknown reason',
};

/** Returns the error (1) for an existing file that can't be read, so that no caller treats it as missing. */
export function unreadableFile({ file, problem, detail }: UnreadableSource): PortError {
  return new PortError(`${file} can't be read (${detail ?? reasons[problem]})`, exit.failed);
}
