import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Decision } from '../semantics/outcome.ts';
import type { Coverage } from './coverage.ts';
import type { Mismatch } from './mismatch.ts';
import type { Suite, SuiteTest } from './suite.ts';

/** The result of one test. */
export interface TestResult {
  readonly test: SuiteTest;
  readonly state: 'passed' | 'failed' | 'not-compared';
  readonly mismatches: readonly Mismatch[];
  /** The lines of the spec that decide the request, by the meaning of the mesh. */
  readonly decidedBy: readonly Decision[];
  /** The reason why a test was not compared, or what of it was not. */
  readonly note?: string;
}

/** The results of a suite in the order of its tests. */
export interface SuiteResult {
  readonly suite: Suite;
  readonly results: readonly TestResult[];
}

/** The results of a run. */
export interface TestRun {
  /** The thing that was asked: `meaning`, `live` (an address), or the platform whose proxies ran on this machine. */
  readonly on: string;
  readonly suites: readonly SuiteResult[];
  /** Findings that keep tests from being asked. */
  readonly findings: readonly Diagnostic[];
  /** Absent if nobody asked for it. */
  readonly coverage?: Coverage;
  /** Path from the top of the repository to the root: empty, or ending in `/`. */
  readonly prefix: string;
}

/** Returns the number of results of each kind. */
export function countResults(run: Pick<TestRun, 'suites'>): Readonly<Record<TestResult['state'], number>> {
  const counts = { passed: 0, failed: 0, 'not-compared': 0 };
  for (const { results } of run.suites) for (const { state } of results) counts[state] += 1;
  return counts;
}
