import { exit } from '../../core/exit-code.ts';
import {
  type RunRecord,
  readRunRecord,
  runLogFolder,
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
      refuseForeign(place, before, parts);
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

/**
 * Returns the record of the last `mesh up` of an output that has not ended properly; undefined if there is none. Throws
 * PortError(7) for a record of another user, and PortError(1) for one that can't be understood.
 */
export async function readRecord({ name, directory }: LocalPlace): Promise<RunRecord | undefined> {
  const text = await directory.read(runRecordFile);
  if (text === undefined) return undefined;
  const file = `${directory.path}/${runRecordFile}`;
  const facts = await directory.facts(runRecordFile);
  if (facts?.isOwn === false)
    throw new PortError(
      `${file} belongs to ${facts.owner}, so the processes in it are not taken for those of target ${name}: run mesh up and mesh down as ${facts.owner}, or remove the file`,
      exit.foreign,
    );
  const record = readRunRecord(text);
  if (record !== undefined) return record;
  throw new PortError(
    `${file} is no whole record of a mesh up, so what runs for target ${name} is unknown: end mesh up and its Envoys yourself (pgrep -af ${directory.path}/ lists the Envoys), then remove the file`,
    exit.failed,
  );
}

/** Throws PortError(7) if a process of a record that still runs is no `mesh up`, or no proxy of the output. */
export function refuseForeign(
  { directory }: LocalPlace,
  { supervisor, programs: recorded }: RunRecord,
  { programs }: Pick<LocalRunParts, 'programs'>,
): void {
  const isProxy = (word: string): boolean => word.startsWith(`${directory.path}/`);
  const foreign = [
    { process: supervisor, isMeant: (word: string) => word === 'up' },
    ...recorded.map(({ process }) => ({ process, isMeant: isProxy })),
  ].find(({ process, isMeant }) => {
    const words = programs.wordsOf(process);
    return words.length > 0 && !words.some(isMeant);
  });
  if (foreign === undefined) return;
  throw new PortError(
    `process ${String(foreign.process.pid)} in ${directory.path}/${runRecordFile} is no mesh up and no proxy of this folder, so nothing was ended: end the proxies of this folder yourself (pgrep -af ${directory.path}/ lists them), then remove the file`,
    exit.foreign,
  );
}

/** Throws PortError(6) if another `mesh up` runs the output. */
export async function refuseRunning(place: LocalPlace, parts: LocalRunParts): Promise<void> {
  const record = await readRecord(place);
  if (record !== undefined) refuseRecorded(place, record, parts);
}

/** Throws PortError(7) if the logs of an output would go elsewhere by a link, and PortError if their folder is none. */
export async function refuseLinkedLogs({ directory }: LocalPlace): Promise<void> {
  if ((await directory.linkTarget(runLogFolder)) !== undefined) throw linked(directory.path, runLogFolder);
  for (const { name, type } of await directory.entries(runLogFolder))
    if (type === 'link') throw linked(directory.path, `${runLogFolder}/${name}`);
}

function linked(directory: string, file: string): PortError {
  return new PortError(
    `${directory}/${file} is a symbolic link, and mesh up writes its logs there: remove the link`,
    exit.foreign,
  );
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
