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

/** Returns the record to write; undefined leaves everything as it is. */
export type ChangeRecord = (record: RolloutRecord | undefined, epoch: number) => RolloutRecord | undefined;

/** The result of a change under the lock. */
export type Changed =
  | {
      readonly state: 'written';
      readonly record: RolloutRecord /** Proxies that confirmed nothing. */;
      readonly unseen: readonly string[];
    }
  /** The change wanted nothing. */
  | { readonly state: 'left'; readonly record: RolloutRecord | undefined }
  /** The record is written, and the weights aren't in force everywhere; with `partly` at the targets that it names. */
  | { readonly state: 'failed'; readonly message: string; readonly code: ExitCode }
  /** A target is out of reach, or somebody has its lock: no weight was moved. */
  | { readonly state: 'unreachable'; readonly message: string; readonly code: ExitCode };

/** The extent of a change. */
export interface Reach {
  /** Applies the weights of the record, too. */
  readonly weights: boolean;
  /** Changes each target that is in reach although others aren't; without it either all targets are, or none. */
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

/** The answer of the hooks that are asked. */
export type GateAnswer = 'yes' | 'no' | 'unsure';

/** The outer world of a runner. Methods reject with PortError. */
export interface RunnerWorld {
  readonly clock: Clock;
  /** Aborted by a signal to the process. */
  readonly signal: AbortSignal;
  /** Reads the record that counts of those of all targets; takes no lock. */
  record(): Promise<RolloutRecord | undefined>;
  /**
   * Takes the locks of the targets, changes the record at each, and with `weights` applies what it then says. The record
   * is durable before the first weight is written. Rejects with no PortError.
   */
  change(change: ChangeRecord, reach: Reach): Promise<Changed>;
  /** Returns the lines of the attempt's journal. */
  journal(attempt: number): Promise<readonly RolloutJournalLine[]>;
  /**
   * Adds lines to the journal of an attempt; they are durable then. `before` is the sum of the lines before, which may
   * stand for them. Rejects with PortError(6) if a later runner has written.
   */
  append(
    attempt: number,
    epoch: number,
    lines: readonly RolloutJournalLine[],
    before?: AttemptProgress,
  ): Promise<void>;
  /** Reads all counters at `t` seconds. Never rejects: what can't be read is a failed line. */
  read(t: number): Promise<readonly StreamLine[]>;
  /** Returns a sentence on weights that aren't those of the record, with their author; undefined if there are none. */
  moved?(): Promise<string | undefined>;
  /** Returns the reason why nobody would act if this runner died; undefined if somebody would. */
  unattended?(): Promise<string | undefined>;
  /** Queues a message for the hooks and waits for none of them: a hook that is down stops nothing. */
  tell(transition: Transition): void;
  /**
   * Asks the hooks that are gates if the attempt may go on. Unless `isLate` returns `unsure` within seconds, and the
   * answer once it is there and the same transition is asked again.
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
