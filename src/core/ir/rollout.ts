import type { RouteMatch } from './match.ts';
import type { Node } from './node.ts';
import type { ServiceId } from './service-id.ts';

/** The way in which requests reach the candidate. */
export type Strategy = 'canary' | 'blue-green' | 'ab' | 'shadow';

/** A controller of Kubernetes that moves the weights of a rollout in place of `mesh`. */
export type Engine = 'flagger' | 'argo-rollouts';

/** The reaction to a verdict. */
export type Reaction = 'rollback' | 'hold';

/** A share of the candidate, and the conditions for leaving and entering it. */
export interface RolloutStep extends Node {
  /** Per cent, above 0; the shares of a rollout rise and end at 100. */
  readonly weight: number;
  /** The shortest time of the step, in milliseconds. */
  readonly hold: number;
  /** True if somebody has to agree before the step begins. */
  readonly approval: boolean;
}

/** A metric whose value a query gives for each version. */
export interface RolloutMetric extends Node {
  readonly name: string;
  /** PromQL; each `{{version}}` stands for the version. */
  readonly query: string;
  /** The bad direction. */
  readonly direction: 'increase' | 'decrease';
}

/** The measurement of a rollout, and the errors that its owner accepts. Shares and chances are 0..1. */
export interface RolloutJudge {
  readonly source: 'prometheus' | 'scrape' | 'both';
  /** Milliseconds between two readings. */
  readonly interval: number;
  /** The share of requests that has to succeed; above 0, below 1. */
  readonly slo: number;
  /** Classes of bad answers: `4xx`, `5xx`, `grpc`, `reset`, `timeout`, a gRPC status, an HTTP status. */
  readonly bad: readonly string[];
  /** A request that takes longer than `max` milliseconds is slow; a share of 1 − `quantile` may be slow. */
  readonly latency?: { readonly quantile: number; readonly max: number };
  readonly custom: readonly RolloutMetric[];
  readonly wrongRollback: number;
  readonly wrongPromotion: number;
  readonly atLeast: number;
}

/** A receiver of messages about transitions. */
export interface RolloutHook extends Node {
  readonly on: readonly ('step' | 'verdict' | 'end')[];
  /** Absent if `command` names a program. */
  readonly url?: string;
  /** A program of the repository, by its path from the root, and its arguments. */
  readonly command?: readonly string[];
  /** Name of the environment variable that holds the key of signatures; absent: messages aren't signed. */
  readonly secret?: string;
  /** True if the receiver is asked before the rollout goes on. */
  readonly gate: boolean;
}

/**
 * A change of services from one version to another. Without a stored record, the rules of the linked mesh give `from`
 * the shares of both versions, and `to` nothing (`withWeights`).
 */
export interface Rollout extends Node {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  /** At least one service, in the order of dependencies; no service is in two Rollouts. */
  readonly services: readonly ServiceId[];
  readonly from: string;
  readonly to: string;
  readonly strategy: Strategy;
  /**
   * Conditions on headers, cookies, query and methods: with `ab` they choose the requests for the candidate, with
   * `canary` the requests that move first.
   */
  readonly match?: RouteMatch;
  /** At least one. */
  readonly steps: readonly RolloutStep[];
  readonly pace: 'evidence' | 'fixed';
  /** `session`: a user stays on the version that served first; absent: each request is divided. */
  readonly affinity?: 'session';
  readonly judge: RolloutJudge;
  readonly on: {
    readonly fail: Reaction;
    readonly inconclusive: Reaction;
    readonly blind: Reaction;
    readonly runnerLost: Reaction;
  };
  /** The longest time of one attempt without its pauses, in milliseconds. */
  readonly deadline: number;
  /** Per cent: the highest share while nobody could act on a lost runner. */
  readonly maxWeightUnattended: number;
  /** Names of the targets that it runs in, in the order of the spec. */
  readonly targets: readonly string[];
  readonly hooks: readonly RolloutHook[];
  /** Absent if `mesh` moves the weights. */
  readonly engine?: Engine;
}
