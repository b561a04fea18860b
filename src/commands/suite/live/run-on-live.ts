import type { Ir } from '../../../core/ir/ir.ts';
import type { Suite } from '../../../core/suite/suite.ts';
import type { SuiteResult, TestResult } from '../../../core/suite/test-result.ts';
import type { ProxyParts } from '../proxies/proxy-parts.ts';
import { askLive } from './ask-live.ts';
import type { LivePlace } from './live-places.ts';

/** Sends the request of each test to a live mesh, one after the other; an interruption leaves out those that are left. */
export async function runOnLive(
  suites: readonly Suite[],
  ir: Ir,
  places: ReadonlyMap<string, LivePlace>,
  { sender, signal }: Pick<ProxyParts, 'sender' | 'signal'>,
): Promise<readonly SuiteResult[]> {
  const found: SuiteResult[] = [];
  for (const suite of suites) {
    const results: TestResult[] = [];
    for (const test of suite.tests) {
      if (signal.aborted) break;
      results.push(await askLive(test, ir, places, sender));
    }
    found.push({ suite, results });
  }
  return found;
}
