import type { Options } from '../../command-table/invocation.ts';
import type { ExitCode } from '../../core/exit-code.ts';
import { Failure } from '../../core/failure.ts';
import type { RunCommand } from '../../core/history/entry.ts';
import { ulid } from '../../core/history/ulid.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { Event } from '../../core/run/event.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { EventLog, type LogOptions } from './event-log.ts';
import { type LockedOutput, lockOutputs, type Place } from './lock-outputs.ts';

/** Data of a command while it holds the locks of its outputs. */
export interface Held {
  /** The outputs, by name of the target. */
  readonly locked: ReadonlyMap<string, LockedOutput>;
  readonly log: EventLog;
  /** ULID of this run; it is the id of its locks, too. */
  readonly id: string;
  /** The start of the run, ISO 8601. */
  readonly started: string;
}

/** The first event of a run. */
export interface Beginning {
  readonly command: RunCommand;
  /** Commit, history entry or digest, if known before the outputs are observed. */
  readonly revision: string;
}

/** Calls a function while the locks of outputs are held. However it ends, releases the locks and ends the events. */
export async function withLocks<T extends ExitCode | undefined>(
  places: readonly Place[],
  { command, revision }: Beginning,
  invocation: LogOptions & Options<'adopt' | 'forceUnlock' | 'lockTtl'>,
  parts: DeliveringParts,
  use: (held: Held) => Promise<T>,
): Promise<T> {
  const { clock, entropy, tool } = parts;
  const now = clock.now();
  const id = ulid(now, entropy.bytes(10));
  const log = new EventLog(id, invocation, parts);
  try {
    return await lockOutputs(places, { command, log, id }, invocation, parts, (locked) =>
      use({ locked, log, id, started: now.toISOString() }),
    );
  } catch (error) {
    if (error instanceof Failure && !log.isEnded) {
      log.start({ command, tool, revision });
      log.end(refused(error));
    }
    throw error;
  } finally {
    await log.close();
  }
}

function refused({ exitCode, message }: Failure): Omit<Event & { type: 'end' }, 'type'> {
  const outcome = { result: 'refused', cause: { code: exitCode, message } } as const;
  return { outcome, exitCode, counts: countsOf([]) };
}
