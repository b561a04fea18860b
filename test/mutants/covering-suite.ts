import { describeOutcome } from '../../src/core/explain/request/describe-outcome.ts';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { allowTakes } from '../../src/core/semantics/access.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Outcome } from '../../src/core/semantics/outcome.ts';
import { readSuites } from '../../src/core/suite/read-suites.ts';
import { originKey, specRules } from '../../src/core/suite/spec-rules.ts';
import type { SuiteTest } from '../../src/core/suite/suite.ts';
import { combinations, type ExpectedRequest, type MeshCase, type RequestData } from '../cases/cases.ts';
import { caseSuite } from '../core/suite/case-suite.ts';

/** The most requests of a case among which those of a suite are looked for. */
const mostRequests = 5_000;

/**
 * Returns a suite for a case: the hand-derived requests, and of its other requests those that decide by a rule that no test
 * before is decided by. All tests expect the whole outcome that the mesh has.
 */
export function coveringSuite(meshCase: MeshCase, ir: Ir): readonly SuiteTest[] {
  const rules = new Map(specRules(ir).map((rule) => [originKey(rule), rule]));
  const chosen: ExpectedRequest[] = [];
  const add = (request: RequestData, isWanted: boolean): void => {
    const parsed = parseRequest(request, ir);
    if ('problem' in parsed) return;
    const outcome = decide(ir, parsed.request);
    const lines = outcome.decidedBy.filter(
      (line) => rules.get(originKey(line))?.isAllow !== true || line.what === allowTakes,
    );
    const isNew = lines.map((line) => rules.delete(originKey(line))).some(Boolean);
    if (isWanted || isNew) chosen.push(expected(request, outcome));
  };
  for (const { request } of meshCase.requests) add(request, true);
  const others = meshCase.matrices.flatMap(combinations);
  for (const request of others.slice(0, mostRequests)) if (rules.size > 0) add(request, false);
  const text = caseSuite({ name: meshCase.name, requests: chosen });
  const { suites } = readSuites({ file: 'suite.yaml', bytes: new TextEncoder().encode(text) }, ir);
  return suites.flatMap(({ tests }) => tests);
}

/** Returns a request with the whole outcome; the body of an answer is no part of `mesh explain request --format json`. */
function expected(request: RequestData, outcome: Outcome): ExpectedRequest {
  const body = outcome.outcome === 'responded' && outcome.body !== undefined && { body: outcome.body };
  return { name: 'recorded', feature: '', request, expect: { ...describeOutcome(outcome), ...body } };
}
