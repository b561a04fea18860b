import { exit } from '../../core/exit-code.ts';
import {
  type RunRecord,
  readRunRecord,
  runRecordFile,
  runRecordText,
} from '../../core/local-run/run-record.ts';
import { PortError } from '../../ports/port-error.ts';
import { endPrograms } from './end-programs.ts';
import type { LocalRunParts } from './local-parts.ts';
import type { LocalPlace } from './local-places.ts';

/**
 * Writes the record of a run that begins. Ends what a killed run left behind. Throws PortError(6) if another `mesh up`
 * runs the output.
 */
export async function claimRun(place: LocalPlace, record: RunRecord, parts: LocalRunParts): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await place.directory.createFile(runRecordFile, runRecordText(record), { secret: true })) return;
    const before = await readRecord(place);
    if (before !== undefined) {
      refuseRecorded(place, before, parts);
      const ended = await endPrograms(before.programs, parts);
      if (ended > 0)
        parts.console.error(
          `${place.name}: ended ${String(ended)} ${ended === 1 ? 'proxy' : 'proxies'} that a killed mesh up left behind\n`,
        );
    }
    await place.directory.remove(runRecordFile);
  }
  throw new PortError(
    `another mesh up begins at target ${place.name} at this moment: try again`,
    exit.locked,
  );
}

/** Returns the record of the last `mesh up` of an output that has not ended properly; undefined if there is none. */
export async function readRecord({ directory }: LocalPlace): Promise<RunRecord | undefined> {
  const text = await directory.read(runRecordFile);
  return text === undefined ? undefined : readRunRecord(text);
}

/** Throws PortError(6) if another `mesh up` runs the output. */
export async function refuseRunning(place: LocalPlace, parts: LocalRunParts): Promise<void> {
  const record = await readRecord(place);
  if (record !== undefined) refuseRecorded(place, record, parts);
}

/** Removes the record of a run that has ended. */
export async function releaseRun({ directory }: LocalPlace): Promise<void> {
  await directory.remove(runRecordFile);
}

function refuseRecorded(
  { name, directory }: LocalPlace,
  { supervisor, started }: RunRecord,
  { programs }: LocalRunParts,
): void {
  const { pid, host } = supervisor;
  switch (programs.stateOf(supervisor)) {
    case 'running':
      throw new PortError(
        `mesh up runs target ${name} already (process ${String(pid)}, since ${started}): mesh down ends it`,
        exit.locked,
      );
    case 'elsewhere':
      throw new PortError(
        `mesh up runs target ${name} on ${host} or in another container (since ${started}): run mesh down there, or, if it is gone, remove ${directory.path}/${runRecordFile}`,
        exit.locked,
      );
    case 'ended':
  }
}
