import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { UsageError } from '../../core/usage-error.ts';
import { PortError } from '../../ports/port-error.ts';
import { quantity } from '../../ui/quantity.ts';
import { wantedFormats } from '../formats.ts';
import { localEnvoy } from '../local-envoy.ts';
import { claimRun, refuseLinkedLogs, refuseRunning, releaseRun } from './claim-run.ts';
import { findProblems } from './find-problems.ts';
import { followDetached } from './follow-detached.ts';
import type { LocalRunParts } from './local-parts.ts';
import { appliedRevision, type LocalPlace, withLocalPlaces } from './local-places.ts';
import { LocalRun } from './local-run.ts';
import { newRecord } from './new-record.ts';
import { type StartedPlace, supervise } from './supervise.ts';

/** `mesh up`: runs the proxies of directory outputs on this machine until a signal or `mesh down` ends them. */
export async function up(invocation: Invocation<'up'>, parts: LocalRunParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { detach = false, services = false } = invocation;
  if (detach && parts.processes.self.machine === undefined)
    throw new UsageError(
      '--detach needs Linux: elsewhere mesh down could not tell its processes from others',
    );
  return withLocalPlaces(invocation, parts, async (places): Promise<ExitCode> => {
    const started: Pick<StartedPlace, 'place' | 'revision'>[] = [];
    for (const place of places) {
      await refuseLinkedLogs(place);
      await refuseRunning(place, parts);
      started.push({ place, revision: await appliedRevision(place) });
    }
    const envoy = await localEnvoy(places[0]?.target.versions ?? [], parts.machine);
    await refuseProblems(started, parts);
    if (detach) return followDetached(places, invocation, parts);
    const claimed: LocalPlace[] = [];
    const runs: StartedPlace[] = [];
    try {
      for (const { place, revision } of started) {
        await claimRun(place, newRecord(parts), parts);
        claimed.push(place);
        runs.push({ place, revision, run: new LocalRun(place, envoy, parts) });
      }
      return await supervise(runs, { services }, invocation, parts);
    } finally {
      for (const { run } of runs) {
        const said = `${run.name}: ended ${quantity(run.recorded().length, 'proxy', 'proxies')}`;
        await run.stop();
        if (!invocation.quiet) parts.console.error(`${said}\n`);
      }
      for (const place of claimed) await releaseRun(place);
    }
  });
}

/** Throws PortError(1) with a line for each proxy whose addresses somebody else has. */
async function refuseProblems(
  started: readonly Pick<StartedPlace, 'place' | 'revision'>[],
  parts: LocalRunParts,
): Promise<void> {
  const problems: string[] = [];
  for (const { place, revision } of started)
    problems.push(...(await findProblems(place, revision, revision.proxies, parts)).problems);
  if (problems.length === 0) return;
  for (const problem of problems) parts.console.error(`${escapeControl(problem)}\n`);
  throw new PortError('nothing was started, since addresses of proxies are taken', exit.failed);
}
