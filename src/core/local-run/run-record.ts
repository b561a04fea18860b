import type { ProcessIdentity } from '../../ports/processes.ts';
import type { Json } from '../lib/json.ts';
import { jsonRecord } from '../lib/json-record.ts';

/** The place of the record, relative to an output directory. */
export const runRecordFile = '.mesh/up.json';

/** Folder of the logs, relative to an output directory. */
export const runLogFolder = '.mesh/up';

/** The processes that `mesh up` has started for an output, kept beside its state until they have ended. */
export interface RunRecord {
  readonly formatVersion: '1.0';
  /** The process of `mesh up`. */
  readonly supervisor: ProcessIdentity;
  /** ISO 8601. */
  readonly started: string;
  /** `ready` once every proxy has answered or ended. */
  readonly state: 'starting' | 'ready';
  readonly programs: readonly RecordedProgram[];
  /** Number of services that `mesh up` itself answers for. */
  readonly services: number;
}

/** A program with the proxy that it runs. */
export interface RecordedProgram {
  readonly id: string;
  readonly process: ProcessIdentity;
  readonly state: 'starting' | 'ready' | 'ended';
}

/** Returns the text of a record. */
export function runRecordText(record: RunRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** Reads a record; undefined for a text of another form. */
export function readRunRecord(text: string): RunRecord | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const { formatVersion, supervisor, programs, started } = jsonRecord(value);
  const isWhole =
    typeof formatVersion === 'string' &&
    formatVersion.startsWith('1.') &&
    typeof started === 'string' &&
    isIdentity(supervisor) &&
    Array.isArray(programs) &&
    programs.every((one: Json) => isIdentity(jsonRecord(one)['process']));
  return isWhole ? (value as unknown as RunRecord) : undefined;
}

function isIdentity(value: Json | undefined): boolean {
  const { host, pid } = jsonRecord(value);
  return typeof host === 'string' && typeof pid === 'number' && pid > 1;
}
