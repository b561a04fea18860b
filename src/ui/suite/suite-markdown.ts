import { formatOrigin, type Origin, originOf } from '../../core/location.ts';
import { requestText } from '../../core/suite/request-text.ts';
import type { TestRun } from '../../core/suite/test-result.ts';
import {
  markdownCode,
  markdownLimit,
  markdownRow,
  markdownTable,
  markdownText,
  partsWithin,
} from '../markdown.ts';
import { quantity } from '../quantity.ts';
import { repositoryPath } from './repository-path.ts';
import { coverageHeadline, mismatchLines, runHeadline } from './run-words.ts';

/** Returns the result of a run as a page for a step summary or a comment: the answer, the tests that fail, the coverage. */
export function suiteMarkdown(run: TestRun): string {
  const { prefix, coverage } = run;
  const failing = run.suites.flatMap(({ results }) => results).filter(({ state }) => state === 'failed');
  const errors = run.findings.filter(({ severity }) => severity === 'error');
  const placeText = ({ file, line, column }: Origin): string =>
    formatOrigin({ file: repositoryPath(prefix, file), line, column });
  const rows = [
    ...errors.map(({ code, message, location }) =>
      markdownRow([code, markdownCode(placeText(originOf(location))), markdownText(message)]),
    ),
    ...failing.map((result) => {
      const { test } = result;
      const says = [requestText(test.fields), ...mismatchLines(result)].map(markdownText).join('<br>');
      return markdownRow([markdownText(test.name), markdownCode(placeText(originOf(test.location))), says]);
    }),
  ];
  const uncovered = (coverage?.uncovered ?? []).map((rule) =>
    markdownRow([markdownCode(placeText(rule)), markdownText(rule.what)]),
  );
  const covered = coverageHeadline(run);
  return [
    '### mesh test\n',
    `${markdownText(runHeadline(run))}\n`,
    ...section(['test', 'place', 'difference'], rows),
    ...(covered === undefined ? [] : [`${markdownText(covered)}\n`]),
    ...section(['place', 'rule'], uncovered),
  ].join('\n');
}

function section(head: readonly string[], rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return [];
  const { kept, left } = partsWithin(rows, markdownLimit / 2 - 1000);
  return [markdownTable(head, kept), ...(left === 0 ? [] : [`And ${quantity(left, 'more line')}.\n`])];
}
