import type { Forecast } from '../forecast/forecast-rollout.ts';
import type { CompiledSteps } from './compiled-steps.ts';

/** The expected course of a rollout, before the rollout writes anything. */
export interface RolloutPlan {
  /** `namespace/name`. */
  readonly rollout: string;
  readonly from: string;
  readonly to: string;
  readonly strategy: string;
  readonly targets: readonly TargetPlan[];
}

/** The expected course in one target. */
export interface TargetPlan extends CompiledSteps {
  readonly target: string;
  readonly services: readonly ServicePlan[];
}

/** The expected course for one service in one target. */
export interface ServicePlan {
  readonly service: string;
  /** The source of the counters, for users. */
  readonly source: string;
  /** The reasons why the judge would get no counters, for users. */
  readonly blind: readonly string[];
  /** Sentences, for users, about requests that the counters miss. */
  readonly notes: readonly string[];
  /** Requests a second; absent if the rate isn't known. */
  readonly rate?: number;
  /** True if `rate` was given and not measured. */
  readonly isRateGiven: boolean;
  /** The baseline's share of bad requests, 0..1, that the forecast assumes. */
  readonly bad: number;
  /** True if `bad` was measured. */
  readonly isBadMeasured: boolean;
  /** Absent without a rate. */
  readonly forecast?: Forecast;
}
