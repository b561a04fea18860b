import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** Ends the output with `N passed, N failed, N skipped`, counted from the results that Vitest reported. */
export class CountReporter implements Reporter {
  /** The line if the run never ends: it counts as one failure. */
  private line = '0 passed, 1 failed, 0 skipped';

  onInit(): void {
    // Other reporters, too, write at the end of the run; the process's exit comes after all of them.
    process.once('exit', () => process.stdout.write(`${this.line}\n`));
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      // A file that can't be imported and a hook that fails have no test to show it.
      if (module.errors().length > 0) count.failed += 1;
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    // A test that began and has no result did not pass.
    count.failed += count.pending;
    if (reason !== 'passed' && count.failed === 0) count.failed = 1;
    this.line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
  }
}
