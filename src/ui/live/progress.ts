import type { Event } from '../../core/run/event.ts';

/** The progress of a run, as the live view and its summary show it. */
export interface Progress {
  readonly start?: Event & { readonly type: 'start' };
  /** The targets in the order of the run; a target that has not begun has no stage and no certificate. */
  readonly targets: readonly TargetProgress[];
  /** The last notices, with their targets. */
  readonly notices: readonly (Event & { readonly type: 'notice' })[];
  /** Number of earlier notices. */
  readonly earlierNotices: number;
  readonly end?: Event & { readonly type: 'end' };
}

/** Progress of one target. */
export interface TargetProgress {
  readonly name: string;
  /** Every stage of the way, once the first has begun. */
  readonly way: readonly string[];
  /** The stages that were begun, in order; the last one is the present stage. Each step back is a stage, too. */
  readonly stages: readonly StageProgress[];
  /** The number of certificates that were put in place. */
  readonly bound: number;
}

/** Progress of the proxies in one stage. */
export interface StageProgress {
  readonly name: string;
  /** Number of proxies that are asked. */
  readonly proxies: number;
  readonly accepted: number;
  /**
   * The proxies that have not accepted, by id, in the order of their events; a waiting proxy is added after a while.
   */
  readonly open: ReadonlyMap<string, OpenProxy>;
}

/** A proxy that has not accepted. */
export interface OpenProxy {
  readonly state: 'waiting' | 'unseen' | 'rejected';
  readonly reason: string;
  /** The time at which the wait is given up, ISO 8601. */
  readonly until?: string;
}

/** Returns the time at which a stage is given up: the last wait of its proxies, ISO 8601; undefined if none waits. */
export function stageEnd({ open }: Pick<StageProgress, 'open'>): string | undefined {
  const ends = [...open.values()].flatMap(({ state, until }) => (state === 'waiting' ? (until ?? []) : []));
  return ends.sort().at(-1);
}

/** Returns the progress of a run before its first event. */
export function beginning(targets: readonly string[]): Progress {
  return {
    targets: targets.map((name) => ({ name, way: [], stages: [], bound: 0 })),
    notices: [],
    earlierNotices: 0,
  };
}

/** Returns the progress after more events. Pass several events at once, since each call copies the parts it changes. */
export function after(before: Progress, events: readonly Event[]): Progress {
  const drafts = new Map(before.targets.map((target) => [target.name, draftOf(target)]));
  const notices = [...before.notices];
  let { start, end } = before;
  for (const event of events) {
    if (event.type === 'start') start = event;
    else if (event.type === 'end') end = event;
    else if (event.type === 'notice') notices.push(event);
    else if (!('target' in event) || event.type === 'lock') continue;
    else {
      const draft =
        drafts.get(event.target) ?? draftOf({ name: event.target, way: [], stages: [], bound: 0 });
      drafts.set(event.target, draft);
      take(draft, event);
    }
  }
  return {
    ...(start && { start }),
    targets: [...drafts.values()],
    notices: notices.slice(-keptNotices),
    earlierNotices: before.earlierNotices + Math.max(0, notices.length - keptNotices),
    ...(end && { end }),
  };
}

const keptNotices = 10;

interface StageDraft extends StageProgress {
  accepted: number;
  readonly open: Map<string, OpenProxy>;
}

interface TargetDraft extends TargetProgress {
  way: readonly string[];
  readonly stages: StageDraft[];
  bound: number;
}

/** Returns a copy that can be changed; past stages don't change any more and aren't copied. */
function draftOf(target: TargetProgress): TargetDraft {
  const stages = target.stages.map((stage, i) =>
    i === target.stages.length - 1 ? { ...stage, open: new Map(stage.open) } : (stage as StageDraft),
  );
  return { ...target, stages };
}

type TargetEvent = Exclude<Event, { type: 'start' | 'end' | 'notice' | 'lock' }>;

function take(draft: TargetDraft, event: TargetEvent): void {
  const stage = draft.stages.at(-1);
  switch (event.type) {
    case 'switch':
      draft.way = event.stages ?? draft.way;
      draft.stages.push({ name: event.stage, proxies: event.proxies, accepted: 0, open: new Map() });
      return;
    case 'certificate':
      if (event.action !== 'delete') draft.bound++;
      return;
    case 'proxy':
      if (stage === undefined) return;
      if (event.state === 'accepted') {
        stage.accepted++;
        stage.open.delete(event.id);
      } else stage.open.set(event.id, { state: event.state, reason: event.detail ?? '' });
      return;
    case 'waiting':
      if (stage === undefined) return;
      stage.open.set(event.ref, { state: 'waiting', reason: event.reason, until: event.until });
      return;
    case 'change':
    case 'rollout':
    case 'observation':
    case 'verdict':
      return;
  }
}
