import { Ledger } from '../history/ledger.ts';
import type { Revision } from '../plan/revision.ts';
import { revisionVersions } from '../plan/revision-files.ts';
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
    seen: new Set(Object.keys(observed.state.proxies)),
    silent: new Set(),
    secrets: await currentSecrets(delivery),
  };
}

/** A revision that is in the output, with the versions that it was written with. */
async function stepOf(ledger: Ledger, name: string): Promise<Step | undefined> {
  const pointer = await ledger.readPointer(name);
  const revision = pointer && (await ledger.readSnapshot(pointer.snapshot));
  if (!revision) return undefined;
  const versions = new Map(Object.entries(pointer.files).map(([path, { version }]) => [path, version]));
  return { name, revision, versions };
}
