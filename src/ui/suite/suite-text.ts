import { escapeControl } from '../../core/lib/escape-control.ts';
import { formatOrigin, originOf } from '../../core/location.ts';
import { requestText } from '../../core/suite/request-text.ts';
import type { TestResult, TestRun } from '../../core/suite/test-result.ts';
import type { Palette } from '../palette.ts';
import { coverageHeadline, mismatchLines, runHeadline } from './run-words.ts';

/** The most lines of the spec that are shown beside a test that fails. */
const mostLines = 4;

/** Yields the result of a run for people: the tests that fail, then the sums; with `verbose` every test. */
export function* suiteText(run: TestRun, colours: Palette, isVerbose: boolean): Generator<string> {
  for (const { results } of run.suites)
    for (const result of results) {
      if (result.state === 'passed' && !isVerbose) continue;
      yield block(result, colours);
    }
  const headline = runHeadline(run);
  yield `${colours.strong(headline)}\n`;
  const covered = coverageHeadline(run);
  if (covered === undefined) return;
  yield `${covered}\n`;
  for (const rule of run.coverage?.uncovered ?? [])
    yield `  ${colours.place(escapeControl(formatOrigin(rule)))} ${escapeControl(rule.what)}\n`;
}

function block(result: TestResult, colours: Palette): string {
  const { test, state, decidedBy, note } = result;
  const place = colours.place(escapeControl(formatOrigin(originOf(test.location))));
  const head = `${mark(state, colours)} ${escapeControl(test.name)}  ${place}\n`;
  const request = requestText(test.fields);
  const lines = [
    ...(state === 'passed' || test.name.endsWith(request) ? [] : [request]),
    ...mismatchLines(result),
    ...(note === undefined ? [] : [note]),
    ...(state === 'failed' ? deciding(decidedBy) : []),
  ];
  return head + lines.map((line) => `    ${escapeControl(line)}\n`).join('');
}

function mark(state: TestResult['state'], { added, error, faint }: Palette): string {
  if (state === 'passed') return added('holds');
  return state === 'failed' ? error('fails') : faint('not compared');
}

function deciding(lines: TestResult['decidedBy']): readonly string[] {
  const shown = lines.slice(0, mostLines).map((line) => `decided by ${formatOrigin(line)} ${line.what}`);
  const more = lines.length - mostLines;
  return more > 0 ? [...shown, `and ${String(more)} more lines`] : shown;
}
