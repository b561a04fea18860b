import type { Ir } from '../ir/ir.ts';
import { decide } from '../semantics/decide.ts';
import { mismatches } from './mismatches.ts';
import type { SuiteTest } from './suite.ts';
import type { TestResult } from './test-result.ts';

/** Returns the result of a test by the meaning of a mesh. */
export function askMeaning(test: SuiteTest, ir: Ir): TestResult {
  const outcome = decide(ir, test.request);
  const found = mismatches(test.expected, outcome, test.request, ir);
  return {
    test,
    state: found.length === 0 ? 'passed' : 'failed',
    mismatches: found,
    decidedBy: outcome.decidedBy,
  };
}
