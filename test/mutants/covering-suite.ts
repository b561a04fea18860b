import { describeOutcome } from '../../src/core/explain/request/describe-outcome.ts';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { compareMeshes } from '../../src/core/reach/compare-meshes.ts';
import { allowTakes } from '../../src/core/semantics/access.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Outcome } from '../../src/core/semantics/outcome.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import type { SourceSet } from '../../src/core/source/source.ts';
import { originKey, specRules } from '../../src/core/suite/spec-rules.ts';
import type { SuiteTest } from '../../src/core/suite/suite.ts';
import { combinations, type MeshCase, type RequestData } from '../cases/cases.ts';
import { suiteFields } from '../core/suite/case-suite.ts';
import { linkedOrNot } from './linked-or-not.ts';
import { ruleMutants } from './rule-mutants.ts';

/** The most requests of a case among which those of a suite are looked for. */
const mostRequests = 5_000;

/**
 * Returns a suite for a case: the hand-derived requests, and of its other requests those that decide by a rule that no test
 * before is decided by; for rules that none of them decides by, requests that differ without the rule. All tests expect
 * the whole outcome that the mesh has.
 */
export function coveringSuite(meshCase: MeshCase, sources: SourceSet, ir: Ir): readonly SuiteTest[] {
  const rules = new Map(specRules(ir).map((rule) => [originKey(rule), rule]));
  const tests: SuiteTest[] = [];
  const add = (request: Request, isWanted: boolean): void => {
    const outcome = decide(ir, request);
    const lines = outcome.decidedBy.filter(
      (line) => rules.get(originKey(line))?.isAllow !== true || line.what === allowTakes,
    );
    const isNew = lines.map((line) => rules.delete(originKey(line))).some(Boolean);
    if (isWanted || isNew) tests.push(recorded(request, outcome));
  };
  const addWritten = (data: RequestData, isWanted: boolean): void => {
    const parsed = parseRequest(data, ir);
    if (!('problem' in parsed)) add(parsed.request, isWanted);
  };
  for (const { request } of meshCase.requests) addWritten(request, true);
  const others = meshCase.matrices.flatMap(combinations);
  for (const request of others.slice(0, mostRequests)) if (rules.size > 0) addWritten(request, false);
  if (rules.size === 0) return tests;
  for (const { change, sources: changed } of ruleMutants(sources)) {
    if (!change.endsWith('drop the rule')) continue;
    const other = linkedOrNot(changed, meshCase.environment);
    if (other === undefined) continue;
    const { gained, lost, routing } = compareMeshes(ir, other);
    for (const { request } of [...gained, ...lost, ...routing]) add(request, false);
  }
  return tests;
}

/** Returns a test that expects the whole outcome of a request. */
function recorded(request: Request, outcome: Outcome): SuiteTest {
  const body = outcome.outcome === 'responded' && outcome.body !== undefined && { body: outcome.body };
  const expected = suiteFields({ ...describeOutcome(outcome), ...body });
  return { name: '', location: nowhere, fields: {}, request, expected };
}

const nowhere = { file: '', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
