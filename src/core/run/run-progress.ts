import { inForce } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { Observed } from '../history/observed.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';
import type { Landing } from '../outputs/step.ts';
import type { Acceptance, Baselines } from '../targets/acceptance.ts';
import { currentMaterial, type Material } from './bind-material.ts';
import type { Outcome } from './event.ts';
import type { Prepared } from './prepare.ts';
import type { KnownProxies } from './watched.ts';

/** The progress of a run. */
export interface RunProgress extends KnownProxies {
  /** `succeeded` until something goes wrong. */
  readonly outcome: Outcome;
  /** The steps that have been in force since the run began; the last one is in force now. */
  readonly steps: readonly Landing[];
  /** Object changes up to this wave are in force. */
  readonly wave: number;
  /** Proxies that answered before and no longer answer. */
  readonly silent: ReadonlySet<string>;
  readonly material: Material;
  /** Counters that an earlier run recorded before it put the step in force, by proxy. */
  readonly recorded: Baselines;
  /** Counters of each proxy when it accepted the last step; absent until then. */
  readonly accepted?: Baselines;
  /** True once the end of the run is written, together with the last step. */
  readonly isFinished?: boolean;
}

/** Returns the start of a run, or the point where it was stopped. */
export async function startOfRun({ delivery, way, from }: Prepared): Promise<RunProgress> {
  const { observed, output, target } = delivery;
  const first = from === undefined ? undefined : await landingOf(output, observed, from);
  return {
    outcome: { result: 'succeeded' },
    started: first?.revision,
    steps: [...(first ? [first] : []), ...way.steps.slice(0, way.reached)],
    wave: 0,
    ...knownProxies(output.acceptance(target), observed),
    silent: new Set(),
    material: await currentMaterial(delivery),
  };
}

/**
 * Returns the proxies that ever answered and their recorded counters, from the state and the journal of a killed run.
 */
export function knownProxies(
  { readBaselines }: Acceptance,
  { state, current, journal }: Observed,
): Pick<RunProgress, 'seen' | 'recorded'> {
  const { evidence, isAccepted = false } = current === undefined ? {} : inForce(journal, current.name);
  const recorded = readBaselines(evidence, isAccepted);
  const reported = [...recorded].flatMap(([id, { report }]) => (report === undefined ? [] : [id]));
  return { recorded, seen: new Set([...Object.keys(state.proxies), ...reported]) };
}

/** Returns the step of a mark with its written versions; undefined if the output no longer has the step. */
async function landingOf(
  output: OutputDriver,
  { current }: Observed,
  mark: string,
): Promise<Landing | undefined> {
  if (current?.name === mark) return { mark, revision: current.snapshot, versions: current.versions };
  const recorded = await output.recorded(mark);
  const revision = recorded && (await new Ledger(output.store).readSnapshot(recorded.snapshot));
  return revision && { mark, revision, versions: recorded.versions };
}
