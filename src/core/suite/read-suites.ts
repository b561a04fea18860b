import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding, type Report } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import type { Location } from '../location.ts';
import type { SourceText } from '../source/document.ts';
import { locate } from '../source/locate.ts';
import type { Source } from '../source/source.ts';
import type { ExpectedOutcome, SuiteDocument, Test, TestRequest } from '../spec/types.gen.ts';
import { askedRequest } from './asked-request.ts';
import { contradiction, expectedFields } from './expected-fields.ts';
import { destinationOf } from './expected-shares.ts';
import { mergeFields, type WrittenFields } from './merge-fields.ts';
import { messages } from './messages.ts';
import { lineProblem, requestLine } from './request-line.ts';
import { requestText } from './request-text.ts';
import type { Suite, SuiteTest } from './suite.ts';
import { suiteDocuments } from './suite-documents.ts';
import { columnProblem, tableRow } from './table-rows.ts';

/** The suites of a file, with the findings that keep tests from being asked. */
export interface ReadSuites {
  readonly text: SourceText;
  readonly suites: readonly Suite[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the suites of a file and resolves their requests in a mesh. */
export function readSuites(source: Source, ir: Ir): ReadSuites {
  const { text, documents, diagnostics } = suiteDocuments(source);
  const found = [...diagnostics];
  const suites = documents.map((document) => suiteOf(document, source.file, ir, (one) => found.push(one)));
  return { text, suites, diagnostics: found };
}

function suiteOf(document: SuiteDocument, file: string, ir: Ir, report: Report): Suite {
  const { metadata, spec } = document;
  const defaults = writtenFields(spec.defaults);
  const wrong = lineFinding(spec, 'defaults');
  if (wrong !== undefined) {
    report(wrong);
    return { file, name: metadata?.name ?? file, tests: [] };
  }
  const tests = spec.tests.flatMap((test, index) =>
    writtenTests(test, locate(spec.tests, index), report).flatMap(
      (written) => resolved(written, defaults, ir, report) ?? [],
    ),
  );
  return { file, name: metadata?.name ?? file, tests };
}

/** A test before its request is resolved. */
interface WrittenTest {
  readonly name?: string;
  /** The name of the table that a row without a name belongs to. */
  readonly table?: string | undefined;
  readonly location: Location;
  /** The container whose values are looked up for the place of a problem. */
  readonly fields: WrittenFields;
  readonly expect: ExpectedOutcome;
  readonly expectPlace: Location;
  readonly places: readonly object[];
}

/** Returns the fields of a request, which may be written as a line. */
function writtenFields(request: TestRequest = {}): WrittenFields {
  return typeof request === 'string' ? requestLine(request) : { ...request };
}

/** Returns the finding about a request that is written as a line; undefined if there is none. */
function lineFinding<T extends object>(container: T, key: keyof T & string): Diagnostic | undefined {
  const line = container[key];
  const problem = typeof line === 'string' ? lineProblem(line) : undefined;
  return problem === undefined
    ? undefined
    : finding(messages, 'MESH2292', locate(container, key), { problem });
}

/** Returns the tests of an entry: itself, or the rows of its table. */
function writtenTests(test: Test, location: Location, report: Report): readonly WrittenTest[] {
  const { name, request, expect, columns, rows } = test;
  const wrongLine = lineFinding(test, 'request');
  if (wrongLine !== undefined) {
    report(wrongLine);
    return [];
  }
  const fields = writtenFields(request);
  const places = [...(typeof request === 'object' ? [request] : [])];
  const named = { ...(name !== undefined && { name }) };
  if (columns === undefined && rows === undefined) {
    if (expect === undefined) {
      report(finding(messages, 'MESH2293', location, { where: '' }));
      return [];
    }
    return [{ ...named, location, fields, expect, expectPlace: locate(test, 'expect'), places }];
  }
  const table = (at: Location, problem: string): readonly [] => {
    report(finding(messages, 'MESH2294', at, { problem }));
    return [];
  };
  if (columns === undefined) return table(locate(test, 'rows', 'key'), '`rows` need `columns`');
  if (rows === undefined) return table(locate(test, 'columns', 'key'), '`columns` need `rows`');
  const wrong = columnProblem(columns);
  if (wrong !== undefined) return table(locate(columns, wrong.at), wrong.problem);
  return rows.flatMap((row, index): readonly WrittenTest[] => {
    const place = locate(rows, index);
    const read = tableRow(columns, row);
    if ('problem' in read) return table(read.at === undefined ? place : locate(row, read.at), read.problem);
    const own = read.expect ?? expect;
    if (own === undefined) {
      report(finding(messages, 'MESH2293', place, { where: ' in the row or beside `rows`' }));
      return [];
    }
    const at = columns.indexOf('expect');
    return [
      {
        ...(read.name === undefined ? { table: name } : { name: read.name }),
        location: place,
        fields: mergeFields(fields, read.fields),
        expect: own,
        expectPlace: read.expect === undefined ? locate(test, 'expect') : locate(row, at),
        places: [row, ...places],
      },
    ];
  });
}

function resolved(
  { name, table, location, fields, expect, expectPlace, places }: WrittenTest,
  defaults: WrittenFields,
  ir: Ir,
  report: Report,
): SuiteTest | undefined {
  const asked = askedRequest(mergeFields(defaults, fields), ir);
  if ('problem' in asked) {
    const { problem } = asked;
    report(finding(messages, 'MESH2292', quotedPlace(problem, places) ?? location, { problem }));
    return undefined;
  }
  const { request } = asked;
  const expected = expectedFields(expect);
  const keys = Object.keys({ ...expected.backends, ...expected.mirrors });
  const unknown = keys.map((key) => destinationOf(key, request, ir)).find((to) => 'problem' in to);
  const problem = contradiction(expected) ?? (unknown && 'problem' in unknown ? unknown.problem : undefined);
  if (problem !== undefined) {
    report(finding(messages, 'MESH2295', expectPlace, { problem }));
    return undefined;
  }
  const own = requestText(asked.fields);
  const title = name ?? (table === undefined ? own : `${table}: ${own}`);
  return { name: title, location, fields: asked.fields, request, expected };
}

/** Returns the place of the value that a problem quotes; undefined if the problem quotes none of the test. */
function quotedPlace(problem: string, places: readonly object[]): Location | undefined {
  for (const container of places)
    for (const [key, value] of Object.entries(container))
      if (typeof value === 'string' && value !== '' && problem.includes(`\`${value}\``))
        return locate(container, Array.isArray(container) ? Number(key) : key);
  return undefined;
}
