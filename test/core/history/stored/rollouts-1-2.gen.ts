// Types of all that is stored, as format 1.2 has them. Written by npm run freeze:stored; never changed.

export interface Stored {
  readonly RolloutRecord: RolloutRecord;
  readonly GuardSight: GuardSight;
  readonly RolloutJournalLine: RolloutJournalLine;
}

interface AcceptanceState {
    readonly looks: {
        readonly at: number;
        readonly level: number;
        readonly accepted: boolean;
    }[];
    spent: number;
    requests: number;
    accepted: boolean;
    samples: readonly (readonly Sample[])[];
}

type Arm = 'baseline' | 'candidate';

interface ArmCounts {
    requests: number;
    readonly bad: number[];
    instances: number;
    squares: number;
}

interface ArmState {
    readonly totals: ArmCounts;
    readonly serving: ArmCounts;
    live: number;
    seen: number;
    hasLatency: boolean;
}

interface AttemptProgress {
    readonly judge: JudgeState;
    readonly climb: Climb;
    readonly written: number;
    readonly seen?: string;
    readonly verdict?: {
        readonly text: string;
        readonly since: number;
    };
}

type AttemptState = 'running' | 'paused' | 'held' | 'rolling-back' | 'rolled-back' | 'promoted';

interface Climb {
    readonly step: number;
    readonly since: number;
    readonly requests: number;
    readonly awaiting?: number;
}

interface Counted {
    readonly candidate: ArmCounts;
    readonly baseline: ArmCounts;
    readonly quotients: number[];
}

interface CriterionState {
    fast: number[];
    hold: number[];
    slow: SlowSums;
    spread: SpreadSums;
    rho?: number;
    fastNow: number;
    holdNow: number;
    slowCrossed: boolean;
}

interface CustomState {
    minute: number;
    candidate: {
        sum: number;
        count: number;
    };
    baseline: {
        sum: number;
        count: number;
    };
    count: number;
    sum: number;
    squares: number;
    scale: number;
    crossed: boolean;
}

interface FailedScrape extends Part {
    readonly t: number;
    readonly failed: true;
    readonly arm?: Arm;
    readonly instance?: string;
    readonly side?: 'server';
    readonly cause?: 'unreachable' | 'series' | 'counters' | 'clock';
    readonly why?: string;
}

interface GuardSight {
    readonly formatVersion: string;
    readonly seen: string;
    readonly every: number;
    readonly by: string;
}

interface InstanceState {
    readonly arm: Arm;
    readonly side?: 'server';
    last?: Reading;
    next?: Reading;
    conflict: boolean;
    failing?: {
        readonly since: number;
        readonly at: number;
    };
    live: boolean;
    seen?: number;
    span?: number;
    cell: {
        period: number;
        requests: number;
        bad: number[];
    };
}

interface JudgePolicy {
    readonly slo: number;
    readonly latency?: {
        readonly quantile: number;
        readonly max: number;
    };
    readonly custom: readonly {
        readonly name: string;
        readonly direction: 'increase' | 'decrease';
    }[];
    readonly wrongRollback: number;
    readonly wrongPromotion: number;
    readonly atLeast: number;
    readonly steps: readonly JudgeStep[];
    readonly pace: 'evidence' | 'fixed';
    readonly affinity: 'none' | 'session';
    readonly share: 'split' | 'at-least' | 'mirror' | 'unchecked';
    readonly on: {
        readonly fail: Reaction;
        readonly inconclusive: Reaction;
        readonly blind: Reaction;
    };
    readonly deadline: number;
    readonly interval: number;
    readonly parts: readonly Part[];
}

interface JudgeState {
    readonly policy: JudgePolicy;
    now: number;
    began: boolean;
    readonly parts: readonly PartState[];
    readonly acceptance: AcceptanceState;
}

interface JudgeStep {
    readonly weight: number;
    readonly hold?: number;
}

interface LatencyCounts {
    readonly bounds: readonly number[];
    readonly counts: readonly number[];
}

interface MetricValue extends Part {
    readonly t: number;
    readonly arm: Arm;
    readonly metric: string;
    readonly value: number;
}

interface Part {
    readonly service?: string;
    readonly target?: string;
}

interface PartState {
    readonly service?: string;
    readonly target?: string;
    weight: number;
    lowestWeight: number;
    instances: Record<string, InstanceState>;
    readonly arms: Readonly<Record<Arm, ArmState>>;
    pending: string[];
    completeAt: number;
    span: Span;
    gap: number;
    trouble?: {
        readonly t: number;
        readonly cause: Trouble;
    };
    period: Period;
    closed: Period[];
    periods: number;
    minutes: number;
    lastMinute: number;
    readonly criteria: readonly CriterionState[];
    share: ShareCheck;
    readonly custom: readonly CustomState[];
}

interface Period extends Counted {
    readonly from: number;
    to: number;
    readonly weight: number;
    serving?: Counted;
    readonly dispersions?: readonly number[];
}

type Reaction = 'rollback' | 'hold';

interface Reading {
    readonly t: number;
    readonly requests: number;
    readonly bad: readonly number[];
}

type RolloutJournalLine = StreamLine | {
    readonly t: number;
    readonly alive: string;
} | {
    readonly t: number;
    readonly reading: string;
} | {
    readonly t: number;
    readonly step: number;
} | {
    readonly sum: AttemptProgress;
};

interface RolloutRecord {
    readonly formatVersion: string;
    readonly rollout: string;
    readonly from: string;
    readonly to: string;
    readonly judged: string;
    readonly attempt: number;
    readonly state: AttemptState;
    readonly step: number;
    readonly weights: Readonly<Record<ServiceId, number>>;
    readonly began: string;
    readonly changed: string;
    readonly reason?: string;
    readonly runner?: {
        readonly id: string;
        readonly holder: string;
        readonly epoch: number;
    };
    readonly paused?: number;
    readonly pausedSince?: string;
    readonly passed?: number;
    readonly deadlineFrom?: number;
    readonly wishes: readonly RolloutWish[];
    readonly back?: string;
}

interface RolloutWish {
    readonly action: 'abort' | 'pause' | 'promote' | 'resume';
    readonly full?: boolean;
    readonly by: string;
    readonly at: string;
}

interface Sample {
    readonly requests: number;
    readonly bad: number;
    readonly squares: number;
    readonly variation: number;
}

interface Scrape extends Part {
    readonly t: number;
    readonly arm: Arm;
    readonly instance: string;
    readonly side?: 'server';
    readonly requests: number;
    readonly errors: number;
    readonly latency?: LatencyCounts;
}

type ServiceId = string;

interface ShareChange extends Part {
    readonly t: number;
    readonly weight: number;
}

interface ShareCheck {
    readonly sides: 'both' | 'below' | 'far';
    readonly lowest: number;
    readonly highest: number;
    readonly candidate: number;
    readonly baseline: number;
    readonly logs: readonly number[];
    readonly doubts: number;
    readonly doubted: boolean;
}

interface SlowSums {
    excess: number;
    variance: number;
    widened: number;
    errors: number;
}

interface Span {
    readonly requests: Record<Arm, number>;
    readonly covered: Record<Arm, number>;
    isEven: boolean;
}

interface SpreadSums {
    chi2: number;
    freedom: number;
    weighted: number;
    instances: number;
}

type StreamLine = Scrape | ShareChange | FailedScrape | MetricValue;

type Trouble = 'source' | 'counters' | 'resets' | 'clock' | 'series';
