import { readRegularFile } from './regular-file.ts';

/**
 * Returns the start time of a process, in clock ticks since the machine's start (field 22 of proc_pid_stat(5)); a letter
 * for a process that has ended, and undefined if the system doesn't say.
 */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readRegularFile(`/proc/${String(pid)}/stat`, { most: 64 * 1024 }).toString('utf8');
    // The second field is a name in parentheses that may contain any characters.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended and writes nothing any more.
    return state === 'Z' || state === 'X' ? state : fields[18];
  } catch {
    return undefined;
  }
}
