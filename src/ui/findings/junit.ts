import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { reaches } from '../../core/diagnostics/reaches.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { formatOrigin, originOf } from '../../core/location.ts';
import type { Suppressed } from '../../core/suppress/suppressed.ts';
import { xmlElement } from '../xml-element.ts';
import type { Findings } from './findings.ts';

interface TestCase {
  readonly xml: string;
  readonly result: 'passed' | 'failed' | 'skipped';
}

/**
 * Returns JUnit XML: a suite for each file, with a test for each finding or one passing test. A finding that fails the
 * command is a failure, any other passes with its text as output, a suppressed one is skipped.
 */
export function findingsJunit(findings: Findings): string {
  const { command, reported, suppressed, files } = findings;
  const cases = new Map<string, TestCase[]>(files.map((file) => [file, []]));
  const add = (file: string, one: TestCase): void => {
    const known = cases.get(file);
    if (known === undefined) cases.set(file, [one]);
    else known.push(one);
  };
  for (const one of reported) add(one.location.file, findingCase(one, findings));
  for (const one of suppressed) add(one.diagnostic.location.file, suppressedCase(one, findings));
  const suites = [...cases].map(([file, own]) => ({
    name: findings.prefix + file,
    cases: own.length > 0 ? own : [cleanCase(file, findings)],
  }));
  const all = suites.flatMap((suite) => suite.cases);
  const body = suites.map(({ name, cases: own }) =>
    xmlElement('testsuite', { name, ...sums(own) }, [`\n${own.map(({ xml }) => xml).join('')}`], 1),
  );
  const root = xmlElement('testsuites', { name: command, ...sums(all) }, [`\n${body.join('')}`], 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

function sums(cases: readonly TestCase[]): Readonly<Record<string, string>> {
  const number = (wanted: TestCase['result']): string =>
    String(cases.filter(({ result }) => result === wanted).length);
  return {
    tests: String(cases.length),
    failures: number('failed'),
    errors: '0',
    skipped: number('skipped'),
    time: '0',
  };
}

function findingCase(diagnostic: Diagnostic, findings: Findings): TestCase {
  const { code, severity, message, location, related } = diagnostic;
  const place = (at: Diagnostic['location']): string => findings.prefix + formatOrigin(originOf(at));
  const text = [
    `${place(location)} ${severity} ${code}`,
    message,
    ...related.map((other) => `see ${place(other.location)}: ${other.message}`),
    `mesh explain ${code}`,
  ]
    .map(escapeControl)
    .join('\n');
  const fails = reaches(severity, findings.failOn);
  const content = fails
    ? xmlElement('failure', { type: severity, message }, [{ text }], 3)
    : xmlElement('system-out', {}, [{ text }], 3);
  return { xml: testCase(diagnostic, findings, content), result: fails ? 'failed' : 'passed' };
}

function suppressedCase({ diagnostic, reason }: Suppressed, findings: Findings): TestCase {
  const message = `${diagnostic.message} (suppressed: ${reason})`;
  return {
    xml: testCase(diagnostic, findings, xmlElement('skipped', { message }, [], 3)),
    result: 'skipped',
  };
}

function testCase({ code, location }: Diagnostic, { prefix }: Findings, content: string): string {
  const { line, column } = location.range.start;
  const file = prefix + location.file;
  const name = `${code} at ${String(line)}:${String(column)}`;
  const attributes = { name, classname: file, file, line: String(line), time: '0' };
  return xmlElement('testcase', attributes, [`\n${content}`], 2);
}

function cleanCase(file: string, { prefix }: Findings): TestCase {
  const name = prefix + file;
  const attributes = { name: 'no findings', classname: name, file: name, time: '0' };
  return { xml: xmlElement('testcase', attributes, [], 2), result: 'passed' };
}
