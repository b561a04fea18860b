import { didYouMean } from '../lib/did-you-mean.ts';
import type { ExpectedOutcome } from '../spec/types.gen.ts';
import { suiteValidators } from '../spec/validate.gen.ts';
import type { WrittenFields } from './merge-fields.ts';
import { lineProblem, requestLine } from './request-line.ts';
import { suiteVersion } from './suite-documents.ts';

/** The fields that a row of a table gives to its test. */
export interface TableRow {
  readonly name?: string;
  readonly fields: WrittenFields;
  /** Absent if the row leaves the expectation to the table. */
  readonly expect?: ExpectedOutcome;
}

/** The columns of fields; `headers.NAME` and `claims.NAME` are columns, too. */
const fieldColumns = [
  'from',
  'to',
  'gateway',
  'port',
  'method',
  'path',
  'query',
  'host',
  'sni',
  'address',
  'headers',
  'claims',
];
const columnNames = ['name', 'request', 'expect', ...fieldColumns];

/** Returns the reason why a column can't be one, and its place in the list; undefined if all are good. */
export function columnProblem(
  columns: readonly string[],
): { readonly at: number; readonly problem: string } | undefined {
  for (const [at, column] of columns.entries()) {
    if (!columnNames.includes(column) && !/^(?:headers|claims)\.[^.\s]/.test(column))
      return { at, problem: `there is no column "${column}"${didYouMean(column, columnNames)}` };
    if (columns.indexOf(column) < at) return { at, problem: `the column "${column}" is there twice` };
  }
  return undefined;
}

/** The reason why a row isn't one, and the place of the wrong value. */
interface RowProblem {
  readonly at?: number;
  readonly problem: string;
}

/** Returns a row as the fields of a test, or the reason why it isn't one; an empty value leaves its field out. */
export function tableRow(columns: readonly string[], row: readonly unknown[]): TableRow | RowProblem {
  if (row.length !== columns.length)
    return { problem: `the row has ${String(row.length)} values for ${String(columns.length)} columns` };
  const own: { name?: string; line?: string; expect?: ExpectedOutcome } = {};
  const fields: Record<string, unknown> = {};
  for (const [at, column] of columns.entries()) {
    const value = row[at];
    if (value === null || value === undefined || value === '') continue;
    const [field = '', part] = splitColumn(column);
    if (field === 'expect') {
      const expect = expectation(value);
      if (expect === undefined) return { at, problem: wrongExpectation };
      own.expect = expect;
    } else if (field === 'name' || field === 'request') {
      const problem = textProblem(field, value);
      if (problem !== undefined) return { at, problem };
      own[field === 'name' ? 'name' : 'line'] = value as string;
    } else fields[field] = part === undefined ? value : { ...asMap(fields[field]), [part]: value };
  }
  const { line, ...rest } = own;
  return { ...rest, fields: { ...(line !== undefined && requestLine(line)), ...fields } };
}

/** Returns the reason why a value of a column is no name or no request; undefined if it is one. */
function textProblem(field: 'name' | 'request', value: unknown): string | undefined {
  if (typeof value !== 'string') return `a value of the column ${field} is a text`;
  if (field === 'name') return undefined;
  const tests = [{ request: value, expect: 403 }];
  const fits = suiteValidators.Suite({ apiVersion: suiteVersion, kind: 'Suite', spec: { tests } });
  return fits ? lineProblem(value) : 'a value of the column request is METHOD PATH, a path or a method';
}

const wrongExpectation = 'a value of the column expect is a word, a status, or fields of an outcome';

function asMap(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function splitColumn(column: string): readonly string[] {
  const dot = column.indexOf('.');
  return dot < 0 ? [column] : [column.slice(0, dot), column.slice(dot + 1)];
}

/** Returns a value of the column `expect`, checked as the schema checks `expect`; undefined if it doesn't fit. */
function expectation(value: unknown): ExpectedOutcome | undefined {
  const tests = [{ request: '/', expect: value }];
  const fits = suiteValidators.Suite({ apiVersion: suiteVersion, kind: 'Suite', spec: { tests } });
  return fits ? (value as ExpectedOutcome) : undefined;
}
