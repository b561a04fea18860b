import { readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Processes, ProcessIdentity } from '../ports/processes.ts';
import { errorCode } from './file-error.ts';
import { processStart } from './process-start.ts';
import { readRegularFile } from './regular-file.ts';

/** Returns the processes that this process can see: those of its machine, or of its container. */
export async function processes(): Promise<Processes> {
  const machine = await thisMachine();
  const started = processStart(process.pid);
  const self: ProcessIdentity = {
    host: hostname(),
    ...(machine !== undefined && { machine }),
    pid: process.pid,
    ...(started !== undefined && { started }),
  };
  return {
    self,
    isGone({ host, machine: where, pid, started: when }) {
      // A process id of another machine, or from before a restart, says nothing about a process here.
      const isHere = machine !== undefined && where !== undefined && host === self.host && where === machine;
      if (!isHere) return Promise.resolve(false);
      if (!isThere(pid)) return Promise.resolve(true);
      const found = processStart(pid);
      return Promise.resolve(when !== undefined && found !== undefined && found !== when);
    },
  };
}

/** Returns an id of this boot of the machine and the process namespace, if Linux provides it. */
async function thisMachine(): Promise<string | undefined> {
  try {
    const boot = textOf('/proc/sys/kernel/random/boot_id').trim();
    return `${boot}/${await readlink('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

function textOf(file: string): string {
  return readRegularFile(file, { most: 64 * 1024 }).toString('utf8');
}
