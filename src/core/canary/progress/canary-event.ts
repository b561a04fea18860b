import type { Arm } from '../../evidence/stream-line.ts';
import type { Verdict } from '../judge/verdict.ts';

/** The state of a rollout between two decisions. */
export type RolloutState =
  | 'starting'
  | 'watching'
  | 'held'
  | 'paused'
  | 'gate'
  | 'rolling back'
  | 'rolled back'
  | 'promoted';

/** Requests of one arm since the attempt began. */
export interface ArmCount {
  readonly requests: number;
  readonly errors: number;
  readonly slow?: number;
}

/** An event of a rollout, as `--format ndjson` of `mesh canary run` writes it. `rollout` is `namespace/name`. */
export type CanaryEvent =
  | {
      readonly type: 'rollout';
      readonly rollout: string;
      readonly attempt: number;
      /** The number of the step, from 1; 0 before the first step. */
      readonly step: number;
      readonly steps: number;
      readonly state: RolloutState;
      /** The share of the candidate by service, in per cent. */
      readonly weights: Readonly<Record<string, number>>;
      /** The deadline of the attempt, ISO 8601. */
      readonly until?: string;
      readonly detail?: string;
    }
  | ({
      readonly type: 'observation';
      readonly rollout: string;
      /** Seconds since the attempt began. */
      readonly t: number;
      /** The reason why this reading failed. */
      readonly failed?: string;
    } & Readonly<Record<Arm, ArmCount>>)
  | ({
      readonly type: 'verdict';
      readonly rollout: string;
      readonly code: Verdict['reason']['code'];
      readonly message: string;
      /** The natural logarithm of the evidence against the candidate, and the bound at which it fails. */
      readonly fast: Likelihood;
      /** The same numbers for suspicion, which holds the rollout. */
      readonly hold: Likelihood;
      /** Seconds until the next step may begin, as far as is known. */
      readonly timeLeft?: number;
    } & Pick<Verdict, 'verdict' | 'at' | 'blame'>);

/** Evidence and its bound, as natural logarithms. */
export interface Likelihood {
  readonly logE: number;
  readonly bound: number;
}
