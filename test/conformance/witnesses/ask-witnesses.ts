import { ProxyAsker } from '../../../src/commands/suite/proxies/ask-proxies.ts';
import { EnvoyMesh } from '../../../src/commands/suite/proxies/envoy-mesh.ts';
import type { ProxyParts } from '../../../src/commands/suite/proxies/proxy-parts.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { ChangedRequests } from '../../../src/core/reach/meaning-change.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import { enteredListener } from '../../../src/core/semantics/listener.ts';
import type { Expected } from '../../../src/core/suite/expected-fields.ts';
import { neededProxies } from '../../../src/core/suite/proxies/needed-proxies.ts';
import type { SuiteTest } from '../../../src/core/suite/suite.ts';
import type { TestResult } from '../../../src/core/suite/test-result.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import type { ChangedMutant } from './changed-mutants.ts';
import { type Expectations, expectationsOf, meantBy } from './expectations.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** A witness with the verdict about its answers. */
export interface JudgedWitness {
  readonly mutant: ChangedMutant;
  readonly witness: ChangedRequests;
  readonly verdict: Verdict;
}

/** A witness with the expectations of both meshes. */
interface Question {
  readonly mutant: ChangedMutant;
  readonly witness: ChangedRequests;
  readonly expectations: Expectations;
}

/** The most Envoys of a mesh; a single witness may need more. */
const mostEnvoys = 6;

/**
 * Asks every witness on Envoys of the mesh before, which run once for many mutants, and on those of the mesh after, where
 * the expectation of the mesh before is asked, too. `compiledHead` chooses the mesh that the latter run.
 */
export async function askWitnesses(
  base: Ir,
  mutants: readonly ChangedMutant[],
  parts: ProxyParts,
  compiledHead: (head: Ir) => Ir = (head) => head,
): Promise<readonly JudgedWitness[]> {
  const questions = mutants.flatMap((mutant) =>
    mutant.witnesses.map((found) => {
      const witness = ofThisMachine(found, [base, mutant.head]);
      const { request, before, after } = witness;
      return { mutant, witness, expectations: expectationsOf(request, before, after) };
    }),
  );
  const atBase = new Map<Question, TestResult>();
  await onEnvoys(base, base, questions, parts, async (asker, question) => {
    atBase.set(question, await answered(asker, question, question.expectations.before));
  });
  const judged: JudgedWitness[] = [];
  for (const mutant of mutants) {
    const own = questions.filter((question) => question.mutant === mutant);
    const left = new Set(own);
    try {
      await onEnvoys(mutant.head, compiledHead(mutant.head), own, parts, async (asker, question) => {
        const { witness, expectations } = question;
        // First the other expectation: if it needs more samples, both are compared with these.
        const crossed = await answered(asker, question, expectations.before);
        const after = await answered(asker, question, expectations.after);
        const before = atBase.get(question);
        if (before === undefined) throw new Error(`${witness.id} was not asked before`);
        judged.push({ mutant, witness, verdict: verdictOf(expectations, before, after, crossed) });
        left.delete(question);
      });
    } catch (error) {
      // A mesh that doesn't run is a fault of this mutant, and the others are still asked.
      for (const { witness } of left)
        judged.push({ mutant, witness, verdict: { state: 'wrong', why: String(error) } });
    }
  }
  return judged;
}

/** Addresses of clients that this machine can have. */
const ownAddresses = ['127.0.0.9', '127.99.0.9', '127.250.0.9'];

/** Returns a witness that a client of this machine can send, if both meshes answer it as they answer the witness. */
function ofThisMachine(found: ChangedRequests, meshes: readonly [Ir, Ir]): ChangedRequests {
  const witness = withoutHost(found, meshes);
  const { request, before, after } = witness;
  if (request.address === undefined) return witness;
  for (const address of ownAddresses) {
    const own = { ...request, address };
    const [was, is] = [decide(meshes[0], own), decide(meshes[1], own)];
    if (meantBy(was) === meantBy(before) && meantBy(is) === meantBy(after))
      return { ...witness, request: own };
  }
  return witness;
}

/** Returns a witness without `Host` if listeners pass its connection on unread, so that nothing sends one. */
function withoutHost(witness: ChangedRequests, meshes: readonly [Ir, Ir]): ChangedRequests {
  const { host, ...request } = witness.request;
  const isPassed = meshes.every(({ gateways }) => {
    const gateway = gateways[request.to.id];
    const entrance = gateway && enteredListener(gateway, witness.request);
    return entrance !== undefined && 'listener' in entrance && entrance.listener.protocol === 'tls';
  });
  return host !== undefined && request.sni !== undefined && isPassed ? { ...witness, request } : witness;
}

/** Asks an expectation about a witness; a call by a service without instances is not compared. */
async function answered(
  asker: ProxyAsker,
  { witness: { request } }: Question,
  expected: Expected,
): Promise<TestResult> {
  const test: SuiteTest = { name: '', location: nowhere, fields: {}, request, expected };
  try {
    return await asker.ask(test);
  } catch (error) {
    if (!(error instanceof PortError && error.message.includes('has no address for'))) throw error;
    const note = `not compared: ${error.message}`;
    return { test, state: 'not-compared', mismatches: [], decidedBy: [], note };
  }
}

const nowhere = { file: '', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };

/** Runs the Envoys that questions need, a few questions after the other. */
async function onEnvoys(
  ir: Ir,
  compiled: Ir,
  questions: readonly Question[],
  parts: ProxyParts,
  use: (asker: ProxyAsker, question: Question) => Promise<void>,
): Promise<void> {
  for (const { needed, group } of grouped(ir, questions))
    await EnvoyMesh.with(compiled, needed, parts, async (mesh) => {
      const asker = new ProxyAsker(mesh, ir, parts);
      for (const question of group) await use(asker, question);
    });
}

interface Group {
  readonly needed: ReadonlySet<string>;
  readonly group: readonly Question[];
}

/** Divides questions, in their order, so that those of a group need few Envoys together. */
function grouped(ir: Ir, questions: readonly Question[]): readonly Group[] {
  const groups: Group[] = [];
  for (const question of questions) {
    const { request, before, after } = question.witness;
    const own = neededProxies(
      [before, after].map((outcome) => ({ request, outcome })),
      ir,
    );
    const last = groups.at(-1);
    const both = new Set([...(last?.needed ?? []), ...own]);
    if (last !== undefined && envoysOf(ir, both) <= mostEnvoys)
      groups[groups.length - 1] = { needed: both, group: [...last.group, question] };
    else groups.push({ needed: own, group: [question] });
  }
  return groups;
}

/** Returns the number of Envoys of services and gateways: one for each instance, and one for a version without any. */
function envoysOf({ services }: Ir, ids: ReadonlySet<string>): number {
  let sum = 0;
  for (const id of ids)
    for (const instances of services[id]?.versions.map((version) => version.instances) ?? [undefined])
      sum += instances?.length ?? 1;
  return sum;
}
