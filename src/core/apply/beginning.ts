import { inForce } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import { pointerOf } from '../history/pointer-of.ts';
import type { Observed } from '../plan/observe.ts';
import type { Revision } from '../revision/revision.ts';
import { revisionVersions } from '../revision/revision-files.ts';
import type { Acceptance, Baselines } from '../targets/acceptance.ts';
import { acceptanceOf } from './acceptance-of.ts';
import type { Outcome } from './event.ts';
import type { Prepared } from './prepare.ts';
import type { Step } from './step.ts';
import { currentSecrets, type Secrets } from './write-secrets.ts';

/** How far a run has come. */
export interface Walk {
  /** `succeeded` while nothing has gone wrong. */
  readonly outcome: Outcome;
  /** What proxies read when the run began: those that run were started with it. */
  readonly started: Revision | undefined;
  /** The revisions that were in force, the last of them now; the first is where the run began. */
  readonly steps: readonly Step[];
  /** Changes up to this wave are in force. */
  readonly wave: number;
  /** Proxies that ever answered. */
  readonly seen: ReadonlySet<string>;
  /** Those of them that no longer do. */
  readonly silent: ReadonlySet<string>;
  readonly secrets: Secrets;
  /** What an earlier run counted before it switched to the revision that is in force, by proxy. */
  readonly recorded: Baselines;
  /** What each proxy had counted when it accepted the last step; absent until then. */
  readonly accepted?: Baselines;
}

/** Where a run begins, or where it was stopped. */
export async function beginning({ delivery, way, from }: Prepared): Promise<Walk> {
  const { observed } = delivery;
  const first = from === undefined ? undefined : await stepOf(new Ledger(delivery.directory), from);
  const done = way.stages.slice(0, way.reached).map(({ folder, revision }): Step => {
    return { name: folder, revision, versions: revisionVersions(revision.artifacts) };
  });
  return {
    outcome: { result: 'succeeded' },
    started: first?.revision,
    steps: [...(first ? [first] : []), ...done],
    wave: 0,
    ...known(acceptanceOf(delivery), observed),
    silent: new Set(),
    secrets: await currentSecrets(delivery),
  };
}

/** Proxies that ever answered, and what they had counted: from the state, and from a journal whose run may have been killed. */
export function known(
  { readBaselines }: Acceptance,
  { state, current, journal }: Observed,
): Pick<Walk, 'seen' | 'recorded'> {
  const { evidence, isAccepted = false } = current === undefined ? {} : inForce(journal, current.name);
  const recorded = readBaselines(evidence, isAccepted);
  const reported = [...recorded].flatMap(([id, { report }]) => (report === undefined ? [] : [id]));
  return { recorded, seen: new Set([...Object.keys(state.proxies), ...reported]) };
}

/** A revision that is in the output, with the versions that it was written with. */
async function stepOf(ledger: Ledger, name: string): Promise<Step | undefined> {
  const pointer = (await pointerOf(ledger, name))?.pointer;
  const revision = pointer && (await ledger.readSnapshot(pointer.snapshot));
  if (!revision) return undefined;
  const versions = new Map(Object.entries(pointer.files).map(([path, { version }]) => [path, version]));
  return { name, revision, versions };
}
