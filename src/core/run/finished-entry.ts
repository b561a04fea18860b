import type { HistoryEntry, HistoryObject, HistoryOutcome } from '../history/entry.ts';
import { countsOf } from '../plan/assemble-plan.ts';
import { contentDigest, writtenByRef } from '../revision/object-ref.ts';
import { revisionDigest } from '../revision/revision-files.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { Delivery, Run } from './delivery.ts';

/** Returns the entry of a run that is about to write. */
export function startedEntry(delivery: Delivery, run: Run, snapshot: string): HistoryEntry {
  const { observed, next, plan, recorded } = delivery;
  const of = { ...run, ...recorded };
  return {
    formatVersion: '1.0',
    id: run.id,
    epoch: delivery.epoch,
    command: run.command,
    started: run.started,
    outcome: 'running',
    actor: run.actor,
    ...(of.commit !== undefined && { commit: of.commit }),
    ...(of.dirty !== undefined && { dirty: of.dirty }),
    tool: run.tool,
    digests: { spec: of.specDigest, compiled: revisionDigest(next.artifacts) },
    planId: run.planId,
    counts: countsOf([plan]),
    objects: objects(delivery),
    ...(observed.state.applied !== undefined && { parent: observed.state.applied }),
    ...(of.rollbackOf !== undefined && { rollbackOf: of.rollbackOf }),
    snapshot,
  };
}

/** Returns the entry of a run that ended, in which changes up to `wave` are done. */
export function finishedEntry(
  entry: HistoryEntry,
  end: {
    readonly finished: string;
    readonly outcome: HistoryOutcome;
    readonly cause?: string;
    readonly wave: number;
  },
): HistoryEntry {
  const { finished, outcome, cause, wave } = end;
  return {
    ...entry,
    finished,
    outcome,
    ...(cause !== undefined && { cause }),
    objects: entry.objects.map((one) => ({ ...one, result: (one.wave ?? 0) <= wave ? 'done' : 'not done' })),
  };
}

function objects({ plan, observed, next }: Delivery): readonly HistoryObject[] {
  const [was, will] = [digests(observed.current?.snapshot.artifacts ?? []), digests(next.artifacts)];
  return plan.objects.map(({ ref, op, wave }): HistoryObject => {
    const [before, after] = [was.get(ref), will.get(ref)];
    const known = {
      ...(before !== undefined && { before: before() }),
      ...(after !== undefined && { after: after() }),
    };
    return { ref, op, wave, ...known, result: 'not done' };
  });
}

/** Returns functions that compute digests, by ref, since usually only a few of many are needed. */
function digests(artifacts: readonly Artifact[]): ReadonlyMap<string, () => string> {
  return new Map([...writtenByRef(artifacts)].map(([ref, one]) => [ref, () => contentDigest(one)]));
}
