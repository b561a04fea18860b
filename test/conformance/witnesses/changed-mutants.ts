import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { changedSettings } from '../../../src/core/reach/changed-settings.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import type { ChangedRequests } from '../../../src/core/reach/meaning-change.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { combinations, type MeshCase } from '../../cases/cases.ts';
import { sourcesBelow } from '../../cases/linked-mesh.ts';
import { linkedOrNot } from '../../mutants/linked-or-not.ts';
import { documentMutants, type Mutant, ruleMutants } from '../../mutants/rule-mutants.ts';
import { meantBy } from './expectations.ts';

/** A mesh with one changed rule, and the requests by which the engine shows the change. */
export interface ChangedMutant {
  /** The change in words. */
  readonly change: string;
  readonly head: Ir;
  readonly witnesses: readonly ChangedRequests[];
}

/** The mutants of a case by the answer of the engine; a mutant that is an error is none of them. */
export interface JudgedMutants {
  /** Number of mutants of which a request is decided differently: a witness, or a request of the case. */
  readonly changed: number;
  readonly found: readonly ChangedMutant[];
  /** Mutants that a request of the case shows and the engine doesn't find, and witnesses that are decided alike. */
  readonly wrong: readonly string[];
  /** Changes that the engine neither finds nor excludes. */
  readonly unproved: readonly string[];
  /** Number of mutants of which only settings change that no decision shows. */
  readonly settings: number;
  /** Number of mutants that mean the same, which the engine proves. */
  readonly equal: number;
  /** Number of mutants that are errors. */
  readonly invalid: number;
}

/** The most requests of a case that are decided for each mutant; they are taken evenly from all. */
const mostRequests = 300;

/** Compares mutants of a case with the case, by the engine and by `decide` on the requests of the case. */
export function judgedMutants(meshCase: MeshCase, base: Ir, mutants: readonly Mutant[]): JudgedMutants {
  const requests = spread(requestsOf(meshCase, base), mostRequests);
  const decided = requests.map((request) => meantBy(decide(base, request)));
  const found: ChangedMutant[] = [];
  const [wrong, unproved]: [string[], string[]] = [[], []];
  let [changed, settings, equal, invalid] = [0, 0, 0, 0];
  for (const { change, sources } of mutants) {
    const head = linkedOrNot(sources, meshCase.environment);
    if (head === undefined) {
      invalid += 1;
      continue;
    }
    const { gained, lost, routing, unproved: reasons, cut } = compareMeshes(base, head);
    const witnesses = [...gained, ...lost, ...routing];
    wrong.push(
      ...witnesses
        .filter(({ request }) => meantBy(decide(base, request)) === meantBy(decide(head, request)))
        .map(({ id }) => `${change}: the witness of ${id} is decided alike`),
    );
    const shown = requests.find((request, index) => meantBy(decide(head, request)) !== decided[index]);
    if (witnesses.length > 0 || shown !== undefined) changed += 1;
    if (witnesses.length > 0) found.push({ change, head, witnesses });
    else if (reasons.length > 0 || cut.length > 0) unproved.push(`${change}: ${reasons.join('; ')}`);
    else if (shown !== undefined)
      wrong.push(`${change}: not found, and ${JSON.stringify(shown)} is decided differently`);
    else if (changedSettings(base, head).length > 0) settings += 1;
    else equal += 1;
  }
  return { changed, found, wrong, unproved, settings, equal, invalid };
}

/** Returns at most a number of mutants of a case, taken evenly from all. */
export function mutantsOf({ directory }: MeshCase, most: number): readonly Mutant[] {
  return spread([...ruleMutants(sourcesBelow(directory))], most);
}

/** Returns at most a number of mutants of the other documents of a case, taken evenly from all. */
export function otherMutantsOf({ directory }: MeshCase, most: number): readonly Mutant[] {
  return spread([...documentMutants(sourcesBelow(directory))], most);
}

function requestsOf({ requests, matrices }: MeshCase, ir: Ir): readonly Request[] {
  const written = [...requests.map(({ request }) => request), ...matrices.flatMap(combinations)];
  return written.flatMap((data) => {
    const parsed = parseRequest(data, ir);
    return 'problem' in parsed ? [] : [parsed.request];
  });
}

/** Returns at most a number of items of a list, at even distances. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, list.length / Math.max(most, 1));
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
