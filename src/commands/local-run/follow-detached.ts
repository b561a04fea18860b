import { resolve } from 'node:path';
import type { Options } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { runLogFolder } from '../../core/local-run/run-record.ts';
import { PortError } from '../../ports/port-error.ts';
import { wrapLines } from '../../ui/wrap-lines.ts';
import { durationOf } from '../delivery/duration-option.ts';
import { type PlaceOptions, placeText } from '../delivery/place-text.ts';
import { readRecord } from './claim-run.ts';
import type { LocalRunParts } from './local-parts.ts';
import type { LocalPlace } from './local-places.ts';

const minute = 60_000;
const pollEvery = 100;

/** Starts `mesh up` in the background and waits until its proxies are ready; reports what the background process says. */
export async function followDetached(
  places: readonly LocalPlace[],
  options: Options<'timeout' | 'quiet'> & PlaceOptions,
  { programs, clock, signal, console, readNamedFile }: LocalRunParts,
): Promise<ExitCode> {
  const timeout = durationOf(options, 'timeout', minute);
  const log = resolve(places[0]?.directory.path ?? '.', `${runLogFolder}/up.log`);
  const child = programs.startDetached(['--detach'], log);
  const until = clock.monotonic() + timeout;
  for (;;) {
    const ending = child.ending();
    if (ending !== undefined) {
      const said = (await readNamedFile(log)).trim();
      throw new PortError(`mesh up ended in the background (${ending}): ${said}`, exit.failed);
    }
    const records = await Promise.all(places.map(readRecord));
    const isReady = records.every(
      (record) => record?.state === 'ready' && record.supervisor.pid === child.process.pid,
    );
    if (isReady) {
      const columns = console.liveError === undefined ? Number.POSITIVE_INFINITY : console.columns;
      console.error(wrapLines(await readNamedFile(log), columns));
      const started = records.flatMap((record) => record?.programs ?? []);
      const ended = started.filter(({ state }) => state === 'ended');
      if (ended.length > 0) return exit.unaccepted;
      const end = `Runs in the background; mesh down${placeText(options)} ends it.`;
      if (!options.quiet) console.error(`${wrapLines(end, columns)}\n`);
      return exit.success;
    }
    if (signal.aborted || clock.monotonic() > until) {
      child.end(false);
      if (signal.aborted) return signal.reason === exit.terminated ? exit.terminated : exit.interrupted;
      throw new PortError(
        `the proxies were not ready within ${String(timeout / 1000)} s (${log})`,
        exit.unaccepted,
      );
    }
    await clock.sleep(pollEvery, signal);
  }
}
