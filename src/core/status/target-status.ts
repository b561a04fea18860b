import type { Clock } from '../../ports/clock.ts';
import type { Processes } from '../../ports/processes.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import { RolloutRecords } from '../canary/record/rollout-records.ts';
import type { HistoryEntry } from '../history/entry.ts';
import { Ledger } from '../history/ledger.ts';
import type { Observed } from '../history/observed.ts';
import type { IssuerLife } from '../identity/issuer-life.ts';
import { findLock } from '../lock/lock-record.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';
import type { Target } from '../targets/target.ts';
import { certificateStatuses } from './certificate-statuses.ts';
import { proxyStatuses } from './proxy-statuses.ts';
import { runStatus } from './run-status.ts';
import type { LockStatus, TargetStatus } from './status.ts';

/** The parts of the world that observing a target needs. */
export interface Looking {
  readonly clock: Clock;
  readonly admin: ProxyAdmin;
  readonly processes: Processes;
}

/** Returns the status of an observed output; writes nothing. */
export async function targetStatus(
  target: Pick<Target, 'acceptance'>,
  output: OutputDriver,
  observed: Observed,
  issuers: readonly IssuerLife[],
  { clock, admin, processes }: Looking,
): Promise<TargetStatus> {
  const { state, current, altered, foreign } = observed;
  const applied = await appliedEntry(output, observed);
  const run = runStatus(observed.journal);
  const lock = await lockStatus(output, processes);
  const objects = await output.arrived?.(observed);
  const rollouts = await new RolloutRecords(output.store).all();
  return {
    ...(applied && { applied }),
    ...(current && { revision: current.name }),
    proxies: await proxyStatuses(output, target, observed, { admin, clock }),
    ...(objects && { objects }),
    certificates: certificateStatuses(observed, clock.now()),
    ...(state.renewed !== undefined && { renewed: state.renewed }),
    ...(issuers.length > 0 && { issuers }),
    ...(rollouts.length > 0 && { rollouts }),
    ...(run && { run }),
    ...(state.hold && { hold: state.hold }),
    ...(lock && { lock }),
    differing: [...foreign.map(({ path }) => path), ...altered],
  };
}

async function appliedEntry(
  { store }: OutputDriver,
  { state }: Observed,
): Promise<TargetStatus['applied'] | undefined> {
  const entries: readonly HistoryEntry[] = await new Ledger(store).entries();
  const entry = entries.find(({ id }) => id === state.applied);
  if (entry === undefined) return undefined;
  const { objects: _, counts: __, digests: ___, ...known } = entry;
  return known;
}

async function lockStatus({ lock }: OutputDriver, processes: Processes): Promise<LockStatus | undefined> {
  const found = await findLock(lock);
  if (found === undefined || found.record?.released === true) return undefined;
  const { epoch, record } = found;
  if (record === undefined) return { epoch, isGone: false };
  const { id, holder, command, taken, process } = record;
  return { epoch, id, holder, command, since: taken, isGone: await processes.isGone(process) };
}
