import type { Directory } from '../../ports/directory.ts';
import type { ProcessIdentity } from '../../ports/processes.ts';

/** The content of a lock file: the holder of an output; written whole again with each heartbeat. */
export interface LockRecord {
  readonly formatVersion: string;
  /** Run that holds it; `--force-unlock` asks for it. */
  readonly id: string;
  readonly epoch: number;
  /** `user@host`. */
  readonly holder: string;
  readonly process: ProcessIdentity;
  /** Tool and version. */
  readonly tool: string;
  readonly command: string;
  /** ISO 8601. */
  readonly taken: string;
  /** Milliseconds without a heartbeat after which it counts as dead. */
  readonly ttl: number;
  /** Counts heartbeats: a watcher sees it change, whatever its clock says. */
  readonly beat: number;
  /** The machine's monotonic clock at the last heartbeat, in milliseconds. */
  readonly heard: number;
  /** True once given back: anybody may take it. */
  readonly released?: boolean;
}

/** The lock of an output as it is found. */
export interface FoundLock {
  readonly epoch: number;
  readonly text: string;
  /** Absent where the file says nothing that can be read. */
  readonly record?: LockRecord;
}

/** The file of an epoch's lock. Epochs are never used twice, so what a past holder still writes reaches nobody. */
export function lockFile(epoch: number): string {
  return `${lockFolder}/lock.${epoch}`;
}

/** Epochs of the lock files that are there, oldest first. */
export async function lockEpochs(directory: Directory): Promise<readonly number[]> {
  return (await directory.entries(lockFolder))
    .flatMap(({ name }) => {
      const epoch = /^lock\.(\d{1,15})$/.exec(name)?.[1];
      return epoch === undefined ? [] : [Number(epoch)];
    })
    .sort((a, b) => a - b);
}

/** The lock with the highest epoch: the only one that counts. */
export async function findLock(directory: Directory): Promise<FoundLock | undefined> {
  const epoch = (await lockEpochs(directory)).at(-1);
  if (epoch === undefined) return undefined;
  const text = (await directory.read(lockFile(epoch))) ?? '';
  const record = parsed(text);
  return { epoch, text, ...(record && { record }) };
}

/** The text of a lock file. */
export function lockText(record: LockRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

const lockFolder = '.mesh';

function parsed(text: string): LockRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockRecord> | null;
    const complete =
      typeof value?.id === 'string' && typeof value.ttl === 'number' && typeof value.holder === 'string';
    return complete ? (value as LockRecord) : undefined;
  } catch {
    return undefined;
  }
}
