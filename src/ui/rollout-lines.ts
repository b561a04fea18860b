import type { RolloutRecord } from '../core/canary/record/rollout-record.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { RolloutReport } from '../core/plan/rollout-report.ts';

/** Returns a sentence for each Rollout with a record, about its present weights and about the effect of an apply. */
export function rolloutLines(reports: readonly RolloutReport[]): readonly string[] {
  return reports.map((report) => {
    const { rollout, apply } = report;
    const name = escapeControl(`Rollout ${rollout}`);
    return `${name}: ${escapeControl(standing(report))}${consequences[apply]}`;
  });
}

/** Returns the state of each record in words, with its reason; control characters aren't escaped. */
export function rolloutStandings(records: readonly RolloutRecord[]): readonly string[] {
  return records.map((record) => {
    const { rollout, reason, changed } = record;
    const why = reason === undefined ? '' : `: ${reason}`;
    return `${rollout}: ${standing(record)} (since ${changed}${why})`;
  });
}

/** Returns words for the weights of a record. */
function standing({
  from,
  to,
  state,
  weights,
}: Pick<RolloutRecord, 'from' | 'to' | 'state' | 'weights'>): string {
  switch (state) {
    case 'promoted':
      return `${to} is promoted and has everything, until the spec names it (the Rollout out, ${to} in the rules)`;
    case 'rolled-back':
      return `it was rolled back, ${from} has everything`;
    case 'running':
    case 'paused':
    case 'held':
    case 'rolling-back': {
      const all = [...new Set(Object.values(weights))].map((weight) => `${String(weight)}%`);
      return `it is ${state}, ${to} has ${all.length === 0 ? '0%' : all.join(', ')} and ${from} the rest`;
    }
  }
}

const consequences: Readonly<Record<RolloutReport['apply'], string>> = {
  keeps: '',
  clears: '; the spec says by now what stands, so an apply forgets it',
  refused: '; the spec changes what it judges, so an apply is refused without --restart-rollouts',
};
