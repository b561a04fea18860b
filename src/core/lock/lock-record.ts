import type { ProcessIdentity } from '../../ports/processes.ts';
import type { LockPlace } from './lock-place.ts';

/** The content of a lock file: the holder of an output. Each heartbeat rewrites the whole record. */
export interface LockRecord {
  readonly formatVersion: string;
  /** Id of the run that holds the lock; the argument of `--force-unlock`. */
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
  /** Milliseconds without a heartbeat after which the holder counts as dead. */
  readonly ttl: number;
  /** The number of heartbeats: a watcher sees a living holder by its change, independent of clocks. */
  readonly beat: number;
  /** The machine's monotonic clock at the last heartbeat, in milliseconds. */
  readonly heard: number;
  /** True once the holder has given the lock back. */
  readonly released?: boolean;
}

/** The lock that was found at an output. */
export interface FoundLock {
  readonly epoch: number;
  readonly text: string;
  /** Absent if the text can't be read as a record. */
  readonly record?: LockRecord;
}

/** Returns the lock with the highest epoch: the only one that counts. */
export async function findLock(place: LockPlace): Promise<FoundLock | undefined> {
  const epoch = (await place.epochs()).at(-1);
  if (epoch === undefined) return undefined;
  const text = (await place.read(epoch)) ?? '';
  const record = parsed(text);
  return { epoch, text, ...(record && { record }) };
}

/** Returns the text of a lock record. */
export function lockText(record: LockRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

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
