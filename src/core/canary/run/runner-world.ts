import type { Clock } from '../../../ports/clock.ts';
import type { StreamLine } from '../../evidence/stream-line.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Rollout } from '../../ir/rollout.ts';
import type { Evidence } from '../judge/evidence.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';
import type { AttemptProgress } from './attempt-progress.ts';
import type { RolloutJournalLine } from './journal-line.ts';

/** An attempt that a runner has taken: its record names the runner. */
export interface TakenAttempt {
  readonly rollout: Rollout;
  readonly record: RolloutRecord;
  readonly runner: NonNullable<RolloutRecord['runner']>;
}

/** Returns the record to write; undefined to change nothing. */
export type ChangeRecord = (record: RolloutRecord | undefined, epoch: number) => RolloutRecord | undefined;

/** The result of a change under the lock. */
export type Changed =
  | {
      readonly state: 'written';
      readonly record: RolloutRecord /** The proxies that have confirmed nothing. */;
      readonly unseen: readonly string[];
    }
  /** `change` returned undefined. */
  | { readonly state: 'left'; readonly record: RolloutRecord | undefined }
  /**
   * The record is written, but the weights aren't in force everywhere. With `partly`, `message` names the targets
   * without them.
   */
  | { readonly state: 'failed'; readonly message: string; readonly code: ExitCode }
  /** A target is out of reach, or another run has its lock. No weight was moved. */
  | { readonly state: 'unreachable'; readonly message: string; readonly code: ExitCode };

/** The extent of a change. */
export interface Reach {
  /** True to apply the weights of the record, too. */
  readonly weights: boolean;
  /** True to change each target in reach even if others are out of reach; else all targets are changed, or none. */
  readonly partly?: boolean;
}

/** A transition that hooks are told about. */
export interface Transition {
  readonly on: 'step' | 'verdict' | 'end';
  /** `<rollout>/<attempt>/<step>/<transition>`: the same for each try. */
  readonly key: string;
  readonly record: RolloutRecord;
  readonly detail?: string;
  readonly verdict?: Verdict;
}

/** The answer of the gates. */
export type GateAnswer = 'yes' | 'no' | 'unsure';

/** The outer world of a runner. Methods reject with PortError. */
export interface RunnerWorld {
  readonly clock: Clock;
  /** Aborted by a signal to the process. */
  readonly signal: AbortSignal;
  /** Reads the record in force among those of all targets (`jointRecord`); takes no lock. */
  record(): Promise<RolloutRecord | undefined>;
  /**
   * Takes the locks of the targets, changes the record at each, and with `weights` applies the new weights. The record
   * is durable before the first weight is written. Never rejects with PortError: `Changed` has the failure.
   */
  change(change: ChangeRecord, reach: Reach): Promise<Changed>;
  /** Returns the lines of the attempt's journal. */
  journal(attempt: number): Promise<readonly RolloutJournalLine[]>;
  /**
   * Adds lines to the journal of an attempt; they are durable when the promise resolves. `before` is the sum of the
   * earlier lines, which may replace them. Rejects with PortError(6) if a later runner has written.
   */
  append(
    attempt: number,
    epoch: number,
    lines: readonly RolloutJournalLine[],
    before?: AttemptProgress,
  ): Promise<void>;
  /** Reads all counters at `t` seconds. Never rejects: everything that can't be read is a failed line. */
  read(t: number): Promise<readonly StreamLine[]>;
  /** Returns a sentence about weights that differ from the record, with their author; undefined if there are none. */
  moved?(): Promise<string | undefined>;
  /** Returns the reason why nobody would act if this runner died; undefined if somebody would. */
  unattended?(): Promise<string | undefined>;
  /** Queues a message for the hooks and returns at once, so that a hook that is down stops nothing. */
  tell(transition: Transition): void;
  /**
   * Asks the gates if the attempt may go on. Unless `isLate`, returns `unsure` within seconds; a later call for the
   * same transition returns the answer.
   */
  ask(transition: Transition, isLate: boolean): Promise<GateAnswer>;
  /** Shows people and programs where the attempt stands. */
  show(progress: ShownProgress): void;
}

/** The state of an attempt, for people and programs. */
export type ShownProgress =
  | { readonly type: 'rollout'; readonly record: RolloutRecord; readonly detail?: string }
  | {
      readonly type: 'observation';
      readonly t: number;
      readonly evidence: Evidence;
      readonly failed?: string;
    }
  | {
      readonly type: 'verdict';
      readonly verdict: Verdict;
      /** Seconds until the next step may begin, as far as is known. */
      readonly timeLeft?: number;
    };
