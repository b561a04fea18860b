import type { Location } from '../../core/location.ts';
import { countResults, type TestResult, type TestRun } from '../../core/suite/test-result.ts';
import { findingJson } from '../diagnostics-json.ts';
import { jsonText } from '../json-text.ts';

/** Version of the shape below; a minor version only adds fields. */
const suiteFormatVersion = '1.0';

/** Returns the output of `mesh test --format json`. */
export function suiteJson(run: TestRun): string {
  const { on, suites, findings, coverage } = run;
  const counts = countResults(run);
  return jsonText({
    formatVersion: suiteFormatVersion,
    passed: counts.failed === 0 && !findings.some(({ severity }) => severity === 'error'),
    on,
    counts: { passed: counts.passed, failed: counts.failed, notCompared: counts['not-compared'] },
    suites: suites.map(({ suite, results }) => ({
      file: suite.file,
      name: suite.name,
      tests: results.map(resultJson),
    })),
    diagnostics: findings.map(findingJson),
    ...(coverage && {
      coverage: {
        rules: coverage.rules,
        covered: coverage.rules - coverage.uncovered.length,
        uncovered: coverage.uncovered.map(({ file, line, column, what }) => ({ file, line, column, what })),
      },
    }),
  });
}

function resultJson({ test, state, mismatches, decidedBy, note }: TestResult): object {
  return {
    name: test.name,
    ...start(test.location),
    state,
    request: test.fields,
    mismatches,
    ...(note !== undefined && { note }),
    decidedBy,
  };
}

function start({ file, range }: Location): object {
  return { file, line: range.start.line, column: range.start.column };
}
