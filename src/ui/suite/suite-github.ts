import type { Location } from '../../core/location.ts';
import { requestText } from '../../core/suite/request-text.ts';
import type { TestRun } from '../../core/suite/test-result.ts';
import { githubAnnotation, githubNotice } from '../github-annotation.ts';
import { quantity } from '../quantity.ts';
import { repositoryPath } from './repository-path.ts';
import { coverageHeadline, mismatchLines, runHeadline } from './run-words.ts';

/** The most annotations of each severity that GitHub keeps for a step; it drops the others without a word. */
const most = 10;

/**
 * Returns workflow commands of GitHub Actions: an error beside each test that fails and each mistake in a suite, a
 * warning beside each rule that no test decides by, then the result in a sentence.
 */
export function suiteGithub(run: TestRun): string {
  const failing = run.suites.flatMap(({ results }) => results).filter(({ state }) => state === 'failed');
  const errors = [
    ...run.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message, location }) => annotation('error', location, code, [message], run.prefix)),
    ...failing.map((result) => {
      const { test } = result;
      const says = [test.name, requestText(test.fields), ...mismatchLines(result)];
      return annotation('error', test.location, 'mesh test', says, run.prefix);
    }),
  ];
  const warnings = (run.coverage?.uncovered ?? []).map(({ file, line, column, what }) => {
    const location = { file, range: { start: { line, column }, end: { line, column } } };
    return annotation('warning', location, 'mesh test', [`no test is decided by ${what}`], run.prefix);
  });
  const left = Math.max(0, errors.length - most) + Math.max(0, warnings.length - most);
  const more =
    left === 0 ? [] : [githubNotice('mesh', `and ${quantity(left, 'more line')} in the log of 'mesh test'`)];
  const covered = coverageHeadline(run)?.replace(/;.*/, '');
  return [
    ...errors.slice(0, most),
    ...warnings.slice(0, most),
    ...more,
    runHeadline(run),
    ...(covered === undefined ? [] : [covered]),
    '',
  ].join('\n');
}

function annotation(
  kind: 'error' | 'warning',
  location: Location,
  title: string,
  says: readonly string[],
  prefix: string,
): string {
  return githubAnnotation(kind, { ...location, file: repositoryPath(prefix, location.file) }, title, says);
}
