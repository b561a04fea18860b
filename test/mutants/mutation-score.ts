import type { Ir } from '../../src/core/ir/ir.ts';
import { compareMeshes } from '../../src/core/reach/compare-meshes.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import { coverage } from '../../src/core/suite/coverage.ts';
import { mismatches } from '../../src/core/suite/mismatches.ts';
import type { SuiteTest } from '../../src/core/suite/suite.ts';
import type { MeshCase } from '../cases/cases.ts';
import { linkedSources, sourcesBelow } from '../cases/linked-mesh.ts';
import { coveringSuite } from './covering-suite.ts';
import { linkedOrNot } from './linked-or-not.ts';
import { ruleMutants } from './rule-mutants.ts';

/** The changed meshes of a case by the result of its suite. */
export interface MutationScore {
  /** Rules that no test is decided by. */
  readonly uncovered: readonly string[];
  /** Number of changed meshes that a test of the suite notices. */
  readonly killed: number;
  /** Changes that no test notices. */
  readonly survived: readonly string[];
  /** Number of changed meshes that mean the same, which `compareMeshes` proves: no test could notice them. */
  readonly equal: number;
  /** Number of changes that are errors, which `validate` notices. */
  readonly invalid: number;
}

/** Changes every rule of a case in every way of `ruleMutants`, and asks the covering suite of the case each time. */
export function mutationScore(meshCase: MeshCase): MutationScore {
  const sources = sourcesBelow(meshCase.directory);
  const ir = linkedSources(sources, meshCase.environment);
  const tests = coveringSuite(meshCase, sources, ir);
  const decided = tests.map(({ request }) => decide(ir, request).decidedBy);
  const uncovered = coverage(ir, decided).uncovered.map(
    ({ file, line, what }) => `${file}:${String(line)} ${what}`,
  );
  let [killed, equal, invalid] = [0, 0, 0];
  const survived: string[] = [];
  for (const { change, sources: changed } of ruleMutants(sources)) {
    const other = linkedOrNot(changed, meshCase.environment);
    if (other === undefined) invalid += 1;
    else if (tests.some((test) => isNoticed(test, other))) killed += 1;
    else if (meansTheSame(ir, other)) equal += 1;
    else survived.push(change);
  }
  return { uncovered, killed, survived, equal, invalid };
}

function isNoticed({ request, expected }: SuiteTest, ir: Ir): boolean {
  return mismatches(expected, decide(ir, request), request, ir).length > 0;
}

/** Returns true if it is proved that no request is decided in another way. */
function meansTheSame(before: Ir, after: Ir): boolean {
  const { gained, lost, routing, unproved, cut } = compareMeshes(before, after);
  return [gained, lost, routing, unproved, cut].every((list) => list.length === 0);
}
