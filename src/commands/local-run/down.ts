import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { runRecordFile } from '../../core/local-run/run-record.ts';
import { quantity } from '../../ui/quantity.ts';
import { wrapLines } from '../../ui/wrap-lines.ts';
import { answer, wantedFormats } from '../formats.ts';
import { readRecord, refuseForeign } from './claim-run.ts';
import { endPrograms, isEnding } from './end-programs.ts';
import type { LocalRunParts } from './local-parts.ts';
import { type LocalPlace, withLocalPlaces } from './local-places.ts';

/** Milliseconds that `mesh down` waits for the end of a `mesh up`. */
const patience = 15_000;

/** `mesh down`: ends the processes of a `mesh up`, also in the background, and the remains of a killed `mesh up`. */
export async function down(invocation: Invocation<'down'>, parts: LocalRunParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const code = await withLocalPlaces(invocation, parts, async (places): Promise<ExitCode> => {
    const ended: Awaited<ReturnType<typeof endRun>>[] = [];
    for (const place of places) ended.push(await endRun(place, parts));
    const text = (_: unknown, columns: number) =>
      ended.map(({ says }) => `${wrapLines(says, columns)}\n`).join('');
    await answer(invocation, { text }, parts);
    return ended.every(({ isDone }) => isDone) ? exit.success : exit.failed;
  });
  if (code === exit.findings)
    parts.console.error('mesh down --directory FOLDER ends the proxies of an output, without the mesh\n');
  return code;
}

async function endRun(place: LocalPlace, parts: LocalRunParts): Promise<{ says: string; isDone: boolean }> {
  const { name, directory } = place;
  const record = await readRecord(place);
  if (record === undefined) return { says: `${name}: nothing runs that mesh up has started`, isDone: true };
  const { supervisor, programs } = record;
  const state = parts.programs.stateOf(supervisor);
  if (state === 'elsewhere') {
    const { host } = supervisor;
    return {
      says: `${name}: mesh up runs on ${host} or in another container: run mesh down there`,
      isDone: false,
    };
  }
  refuseForeign(place, record, parts);
  parts.programs.end(supervisor, false);
  await isEnding(supervisor, patience, parts);
  const left = await endPrograms(programs, parts);
  await directory.remove(runRecordFile);
  const proxies = quantity(programs.length, 'proxy', 'proxies');
  const services = record.services === 0 ? '' : ` and ${quantity(record.services, 'service')}`;
  const says =
    state === 'ended' && left === 0
      ? 'a killed mesh up left no process behind'
      : state === 'ended'
        ? `ended ${quantity(left, 'proxy', 'proxies')} that a killed mesh up left behind`
        : `ended ${proxies}${services}`;
  return { says: `${name}: ${says}`, isDone: true };
}
