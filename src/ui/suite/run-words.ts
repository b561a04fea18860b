import { countResults, type TestResult, type TestRun } from '../../core/suite/test-result.ts';
import { quantity } from '../quantity.ts';

const places: Readonly<Record<TestRun['on'], string>> = {
  meaning: 'by the meaning of the mesh',
  envoy: 'on Envoys of this machine',
  live: 'on a live mesh',
};

/** Returns the result of a run in a sentence. */
export function runHeadline(run: TestRun): string {
  const { passed, failed, 'not-compared': left } = countResults(run);
  const broken = run.findings.filter(({ severity }) => severity === 'error').length;
  const parts = [
    `${quantity(passed + failed, 'test')} ${places[run.on]}: ${String(passed)} ${passed === 1 ? 'holds' : 'hold'}`,
    ...(failed === 0 ? [] : [`${String(failed)} ${failed === 1 ? 'fails' : 'fail'}`]),
    ...(left === 0 ? [] : [`${String(left)} not compared`]),
    ...(broken === 0 ? [] : [`${quantity(broken, 'error')} in suites`]),
  ];
  return parts.join(', ');
}

/** Returns the coverage of a run in a sentence; undefined if nobody asked for it. */
export function coverageHeadline({ coverage }: TestRun): string | undefined {
  if (coverage === undefined) return undefined;
  const { rules, uncovered } = coverage;
  const covered = rules - uncovered.length;
  const rest = uncovered.length === 0 ? '' : '; no test is decided by';
  return `Coverage: tests decide by ${String(covered)} of ${quantity(rules, 'rule')}${rest}`;
}

/** Returns a line for each difference between expectation and outcome. */
export function mismatchLines({ mismatches }: TestResult): readonly string[] {
  return mismatches.map(({ field, expected, got }) => `${field}: expected ${expected}, got ${got}`);
}
