import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { formatOrigin, originOf } from '../../core/location.ts';
import { requestText } from '../../core/suite/request-text.ts';
import {
  countResults,
  type SuiteResult,
  type TestResult,
  type TestRun,
} from '../../core/suite/test-result.ts';
import { xmlElement } from '../xml-element.ts';
import { repositoryPath } from './repository-path.ts';
import { mismatchLines } from './run-words.ts';

/** Returns JUnit XML: a suite for each suite with a case for each test, and a suite of errors in the files, if any. */
export function suiteJunit(run: TestRun): string {
  const { suites, findings, prefix } = run;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const body = suites.map((suite) => suiteElement(suite, prefix));
  if (errors.length > 0) {
    const cases = errors.map((one) => errorCase(one, prefix)).join('');
    const sums = attributes(errors.length, 0, errors.length, 0);
    body.push(xmlElement('testsuite', { name: 'errors in suites', ...sums }, [`\n${cases}`], 1));
  }
  const counts = countResults(run);
  const all = counts.passed + counts.failed + counts['not-compared'] + errors.length;
  const sums = attributes(all, counts.failed, errors.length, counts['not-compared']);
  const root = xmlElement('testsuites', { name: 'mesh test', ...sums }, [`\n${body.join('')}`], 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

function suiteElement(result: SuiteResult, prefix: string): string {
  const { suite, results } = result;
  const counts = countResults({ suites: [result] });
  const sums = attributes(results.length, counts.failed, 0, counts['not-compared']);
  const name = repositoryPath(prefix, suite.file);
  const cases = results.map((one) => testCase(one, name)).join('');
  return xmlElement(
    'testsuite',
    { name: suite.name === suite.file ? name : suite.name, ...sums },
    [`\n${cases}`],
    1,
  );
}

function attributes(
  tests: number,
  failures: number,
  errors: number,
  skipped: number,
): Readonly<Record<string, string>> {
  const numbers = { tests, failures, errors, skipped };
  return {
    ...Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, String(number)])),
    time: '0',
  };
}

function testCase(result: TestResult, file: string): string {
  const { test, state, note = '' } = result;
  const { line } = test.location.range.start;
  const own = { name: test.name, classname: file, file, line: String(line), time: '0' };
  if (state === 'passed') return xmlElement('testcase', own, [], 2);
  const content =
    state === 'failed'
      ? xmlElement(
          'failure',
          { type: 'expectation', message: mismatchLines(result)[0] ?? '' },
          [{ text: details(result) }],
          3,
        )
      : xmlElement('skipped', { message: note }, [], 3);
  return xmlElement('testcase', own, [`\n${content}`], 2);
}

function details(result: TestResult): string {
  return [
    requestText(result.test.fields),
    ...mismatchLines(result),
    ...result.decidedBy.map((line) => `decided by ${formatOrigin(line)} ${line.what}`),
  ]
    .map(escapeControl)
    .join('\n');
}

function errorCase({ code, message, location }: Diagnostic, prefix: string): string {
  const file = repositoryPath(prefix, location.file);
  const { line, column } = location.range.start;
  const own = {
    name: `${code} at ${String(line)}:${String(column)}`,
    classname: file,
    file,
    line: String(line),
    time: '0',
  };
  const place = `${formatOrigin({ ...originOf(location), file })} error ${code}`;
  const text = [place, message].map(escapeControl).join('\n');
  return xmlElement('testcase', own, [`\n${xmlElement('error', { type: code, message }, [{ text }], 3)}`], 2);
}
