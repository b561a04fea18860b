import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { Json } from '../targets/artifact.ts';
import type { Claims } from './claims.ts';
import type { HistoryEntry, HistoryOutcome, RunCommand } from './entry.ts';
import { readStored } from './read-stored.ts';
import type { BlobName, RunStore } from './run-store.ts';
import { openedLine, sealedLine } from './sealed-line.ts';

/** A step of a run, recorded in the journal before the first write. */
export interface JournalStage {
  /** `make`, `switch` or `break` in a directory. */
  readonly name: string;
  /** The step's mark: in a directory, the name of a folder. */
  readonly folder: string;
  /** Digest that names the step's snapshot. */
  readonly snapshot: string;
  /** True if connections from before this step must have ended. */
  readonly drained: boolean;
}

/** A revision in force, with evidence from which its target later decides if proxies accepted it. */
export interface InForce {
  /** The mark of its step. */
  readonly folder: string;
  /** Evidence that only the target's `acceptance` can read. */
  readonly evidence?: Json;
  /** True if every proxy had accepted the revision when the evidence was taken. */
  readonly isAccepted?: boolean;
}

/** The intent of a run, written before its first change. */
export interface JournalBegin {
  readonly type: 'begin';
  readonly formatVersion: string;
  readonly run: string;
  readonly epoch: number;
  readonly command: RunCommand;
  /** The mark of the step in force when the run began; absent if there was none. */
  readonly from?: string;
  /** The step in force when this journal began; it differs from `from` in a resumed run. Absent before 1.1. */
  readonly inForce?: InForce;
  /** Parts of the step `inForce` that somebody has changed by hand. */
  readonly altered: readonly string[];
  readonly stages: readonly JournalStage[];
  /**
   * The entry of the history, with every ref, its operation, and its digests before and after; absent if only
   * certificates change.
   */
  readonly entry?: HistoryEntry;
  /** Objects and fields that the user took over by hand. */
  readonly claims?: Claims;
}

/** One line of a journal. Times are ISO 8601. */
export type JournalLine =
  | JournalBegin
  | {
      readonly type: 'stage' | 'back' | 'secrets';
      readonly state: 'before' | 'after';
      readonly folder: string;
      readonly at: string;
      /** Counters of each proxy right before a switch. */
      readonly evidence?: Json;
    }
  | {
      readonly type: 'end';
      readonly outcome: HistoryOutcome;
      readonly at: string;
      /** Evidence of the revision in force; absent unless every proxy has accepted it. */
      readonly evidence?: Json;
    };

/** The journal of a run. */
export interface Journal {
  readonly begin: JournalBegin;
  readonly lines: readonly JournalLine[];
  /** Absent if the run is under way or was killed. */
  readonly outcome?: HistoryOutcome;
}

/** Returns the journal's record of a revision in force; without evidence if the journal has none. */
export function inForce(journal: Journal | undefined, folder: string): InForce {
  const last = journal?.lines.at(-1);
  if (journal === undefined) return { folder };
  if (last?.type === 'end' && last.outcome === 'succeeded' && last.evidence !== undefined)
    return { folder, evidence: last.evidence, isAccepted: true };
  for (const line of journal.lines.toReversed()) {
    const isSwitch = line.type === 'stage' || line.type === 'back';
    if (isSwitch && line.folder === folder && line.evidence !== undefined)
      return { folder, evidence: line.evidence };
  }
  const { begin } = journal;
  return begin.inForce?.folder === folder ? begin.inForce : { folder };
}

/** Outcomes after which nothing can be resumed. */
const closed: ReadonlySet<HistoryOutcome> = new Set(['succeeded', 'refused', 'superseded']);

/** Returns true if a run stopped half way: another run can resume, undo or supersede it. */
export function isOpen({ outcome }: Journal): boolean {
  return outcome === undefined || isOpenOutcome(outcome);
}

/** Returns true if an outcome leaves a run half way. */
export function isOpenOutcome(outcome: HistoryOutcome): boolean {
  return !closed.has(outcome);
}

/**
 * Begins the journal of an epoch, which replaces journals of earlier epochs. Throws PortError(7) if the epoch has a
 * journal.
 */
export async function beginJournal(store: RunStore, begin: JournalBegin): Promise<void> {
  const name = journalName(begin.epoch);
  if (!(await store.create(name, sealedLine(begin))))
    throw new PortError(`${store.place(name)} is there already: it is not ours`, exit.foreign);
}

/** Adds a line to the journal; it is durable when the promise resolves. */
export function addToJournal(store: RunStore, epoch: number, line: JournalLine): Promise<void> {
  return store.append(journalName(epoch), sealedLine(line));
}

/** Reads the journal with the highest epoch. Ignores a last line that a crash left incomplete. */
export async function readJournal(store: RunStore): Promise<Journal | undefined> {
  const epoch = (await journalEpochs(store)).at(-1);
  if (epoch === undefined) return undefined;
  const name = journalName(epoch);
  const file = store.place(name);
  const written = ((await store.read(name)) ?? '').split('\n');
  const lines: JournalLine[] = [];
  for (const [i, text] of written.entries()) {
    const line = lineOf(file, text);
    if (line) lines.push(line);
    else if (written.slice(i + 1).some((later) => later !== '')) {
      throw new PortError(
        `${file} is damaged: line ${i + 1} differs from what was written (without the file, a plain apply or a rollback starts from what is there)`,
        exit.failed,
      );
    }
  }
  const [begin] = lines;
  if (begin?.type !== 'begin')
    throw new PortError(`${file} is damaged: its first record is missing or invalid`, exit.failed);
  const last = lines.at(-1);
  return { begin, lines, ...(last?.type === 'end' && { outcome: last.outcome }) };
}

/** Removes the journals of epochs before this one. */
export async function removeJournalsBefore(store: RunStore, epoch: number): Promise<void> {
  for (const older of await journalEpochs(store)) if (older < epoch) await store.remove(journalName(older));
}

function journalName(epoch: number): BlobName {
  return `journal/${epoch}`;
}

async function journalEpochs(store: RunStore): Promise<readonly number[]> {
  return (await store.list('journal'))
    .filter((key) => /^\d{1,15}$/.test(key))
    .map(Number)
    .sort((a, b) => a - b);
}

function lineOf(file: string, text: string): JournalLine | undefined {
  const body = openedLine(text);
  if (body === undefined) return undefined;
  const line = JSON.parse(body) as JournalLine;
  if (line.type === 'begin') readStored(file, body);
  return line;
}
