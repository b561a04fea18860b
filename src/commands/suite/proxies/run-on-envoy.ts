import type { Ir } from '../../../core/ir/ir.ts';
import { decide } from '../../../core/semantics/decide.ts';
import { neededProxies } from '../../../core/suite/proxies/needed-proxies.ts';
import type { Suite } from '../../../core/suite/suite.ts';
import type { SuiteResult, TestResult } from '../../../core/suite/test-result.ts';
import { ProxyAsker } from './ask-proxies.ts';
import { EnvoyMesh } from './envoy-mesh.ts';
import type { ProxyParts } from './proxy-parts.ts';

/**
 * Runs all tests of suites on Envoys of this machine; after an interruption the remaining tests don't run. `compiled` is
 * the mesh that the Envoys run.
 */
export async function runOnEnvoy(
  suites: readonly Suite[],
  ir: Ir,
  parts: ProxyParts,
  compiled = ir,
): Promise<readonly SuiteResult[]> {
  const requests = suites.flatMap(({ tests }) => tests.map(({ request }) => request));
  const decided = requests.map((request) => ({ request, outcome: decide(ir, request) }));
  const needed = neededProxies(decided, ir);
  return EnvoyMesh.with(compiled, needed, parts, async (mesh) => {
    const asker = new ProxyAsker(mesh, ir, parts);
    const found: SuiteResult[] = [];
    for (const suite of suites) {
      const results: TestResult[] = [];
      for (const test of suite.tests) {
        if (parts.signal.aborted) break;
        results.push(await asker.ask(test));
      }
      found.push({ suite, results });
    }
    return found;
  });
}
