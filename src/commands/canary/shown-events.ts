import type { ArmTotals } from '../../core/canary/judge/evidence.ts';
import type { CanaryEvent, RolloutState } from '../../core/canary/progress/canary-event.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import type { ShownProgress } from '../../core/canary/run/runner-world.ts';
import type { Rollout } from '../../core/ir/rollout.ts';

/** Returns the event that shows the progress of an attempt. */
export function shownEvent({ id: rollout, steps, deadline }: Rollout, shown: ShownProgress): CanaryEvent {
  switch (shown.type) {
    case 'rollout': {
      const { record, detail } = shown;
      const why = detail ?? record.reason;
      const end =
        Date.parse(record.began) + (record.paused ?? 0) + (record.deadlineFrom ?? 0) * 1000 + deadline;
      return {
        type: 'rollout',
        rollout,
        attempt: record.attempt,
        step: record.step + 1,
        steps: steps.length,
        state: stateOf(record, detail),
        weights: record.weights,
        ...(record.state === 'running' && { until: new Date(end).toISOString() }),
        ...(why !== undefined && { detail: why }),
      };
    }
    case 'observation': {
      const { t, evidence, failed } = shown;
      const [baseline, candidate] = [countOf(evidence.baseline), countOf(evidence.candidate)];
      return {
        type: 'observation',
        rollout,
        t,
        baseline,
        candidate,
        ...(failed !== undefined && { failed }),
      };
    }
    case 'verdict': {
      const { timeLeft } = shown;
      const { verdict, at, reason, blame, evidence } = shown.verdict;
      const { fast, hold } = evidence;
      const { code, message } = reason;
      return {
        type: 'verdict',
        rollout,
        verdict,
        at,
        code,
        message,
        fast,
        hold,
        ...(blame && { blame }),
        ...(timeLeft !== undefined && { timeLeft }),
      };
    }
  }
}

function stateOf({ state, step }: RolloutRecord, detail: string | undefined): RolloutState {
  switch (state) {
    case 'running':
      return detail !== undefined ? 'gate' : step < 0 ? 'starting' : 'watching';
    case 'rolling-back':
      return 'rolling back';
    case 'rolled-back':
      return 'rolled back';
    case 'paused':
    case 'held':
    case 'promoted':
      return state;
  }
}

function countOf({ requests, errors, slow }: ArmTotals) {
  return { requests, errors, ...(slow !== undefined && { slow }) };
}
