import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { decide } from '../semantics/decide.ts';
import type { Caller } from '../semantics/request.ts';
import { arrives } from './arrives.ts';
import { boxesOf } from './boxes.ts';
import { Budget } from './budget.ts';
import { anyClient, type CallerClass, Callers, mention } from './callers.ts';
import { closureOf } from './closure.ts';
import { compileMeanings } from './compiled.ts';
import { declaredCondition, declaringCallers, declaringServices } from './declared-calls.ts';
import type { Described } from './describe.ts';
import type { Node } from './diagram.ts';
import {
  type Destination,
  externalDestinations,
  gatewayDestinations,
  serviceDestinations,
} from './entries.ts';
import { type Case, casesOf, groupedCases } from './grouped-cases.ts';
import { failure, isFailure } from './meaning/labels.ts';
import { requestMeaning } from './meaning/request-meaning.ts';
import { branch, type Meaning } from './meaning.ts';
import { Unproved } from './unproved.ts';
import { ValueMemory } from './value-memory.ts';
import { witnessOf } from './witness.ts';

/** The part of a mesh whose access is listed. */
export interface AccessQuestion {
  /** One caller; if absent, all. */
  readonly from?: { readonly caller: Caller; readonly name: string };
  /** A service, External or gateway; if absent, all of them. */
  readonly to?: string;
  /** True if only requests count that no `calls` of their callers declares. */
  readonly isUnused: boolean;
}

/** Requests that get through to one port. */
export interface AllowedRequests {
  readonly from: readonly string[];
  readonly to: string;
  readonly port: string;
  readonly conditions: ReadonlyMap<string, Described>;
  /** The lines that let the first of these requests pass, as `file:line`. */
  readonly rules: readonly string[];
  /** The reason why the requests to this port can't be listed; then the other fields are empty. */
  readonly unproved?: string;
}

/** Yields the requests that get through, exactly, destination by destination. */
export function* listAccess(ir: Ir, question: AccessQuestion): Generator<AllowedRequests> {
  const callersOf = question.isUnused ? declaringServices(ir) : ir;
  const callers = new Callers(callersOf, callersOf);
  const asked = { ir, question, callers, memory: new ValueMemory() };
  for (const id of question.to === undefined
    ? Object.keys({ ...ir.services, ...ir.externals, ...ir.gateways }).sort()
    : [question.to]) {
    const parts = closureOf([ir], id);
    try {
      for (const destination of destinationsOf(asked, id, parts)) yield* allowedAt(asked, destination, parts);
    } catch (error) {
      if (!(error instanceof Unproved)) throw error;
      yield { from: [], to: id, port: 'any', conditions: new Map(), rules: [], unproved: error.message };
    }
  }
}

/** Returns the places where requests are asked for; no calls declare what clients of a gateway send. */
function destinationsOf({ ir, question }: Asked, id: string, parts: unknown): readonly Destination[] {
  return [
    ...serviceDestinations([ir], id, parts),
    ...externalDestinations([ir], id, parts),
    ...(question.isUnused ? [] : gatewayDestinations([ir], id, parts)),
  ];
}

const passes = 1;
const fails = 0;

function* allowedAt(asked: Asked, destination: Destination, parts: unknown): Generator<AllowedRequests> {
  const { ir, question, memory } = asked;
  const cases = casesOf(destination, classesOf(asked, destination, parts)).filter((one) =>
    arrives(ir, destination, one),
  );
  const positions = new Set(cases.map(({ position }) => position));
  const reached = { ...destination, entries: destination.entries.filter((_, index) => positions.has(index)) };
  const meanings = cases.map((one) => meaningOf(ir, question, destination, one));
  const compiled = compileMeanings(meanings, new Budget(), memory);
  const { diagram, variables, nodes, labels } = compiled;
  const groups = new Map<Node, Case[]>();
  cases.forEach((one, index) => {
    const node = diagram.merge(nodes[index] ?? 0, diagram.leaf(fails), (label) =>
      isFailure(labels[label] ?? {}) ? fails : passes,
    );
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [one]);
    else group.push(one);
  });
  for (const [node, same] of groups) {
    if (diagram.label(node) === fails) continue;
    for (const { first, from, places } of groupedCases(reached, same)) {
      for (const box of boxesOf(diagram, variables, node, fails)) {
        const { decidedBy } = decide(ir, witnessOf(ir, first.entry, box.parts));
        const rules = [...new Set(decidedBy.map(({ file, line }) => `${file}:${String(line)}`))];
        const conditions = new Map([...places, ...box.conditions]);
        yield { from, to: destination.id, port: destination.port, conditions, rules };
      }
    }
  }
}

interface Asked {
  readonly ir: Ir;
  readonly question: AccessQuestion;
  readonly callers: Callers;
  readonly memory: ValueMemory;
}

function classesOf(
  { ir, question: { from, isUnused }, callers }: Asked,
  destination: Destination,
  parts: unknown,
): readonly CallerClass[] {
  if (from !== undefined) return [{ from: from.caller, name: from.name, isComparable: true, hasProxy: true }];
  if (!destination.hasCallers) return [anyClient];
  const mentioned = { ids: new Set<string>(), namespaces: new Set<string>() };
  mention(parts, mentioned);
  mentioned.namespaces.add(destination.id.slice(0, destination.id.indexOf('/')));
  if (isUnused) for (const id of declaringCallers(ir, destination.id)) mentioned.ids.add(id);
  return callers
    .classes(mentioned)
    .filter(({ hasProxy }) => hasProxy || (!isUnused && destination.kind !== 'external'));
}

function meaningOf(
  ir: Ir,
  { isUnused }: AccessQuestion,
  { id, port }: Destination,
  { entry }: Case,
): Meaning {
  const meaning = (): Meaning => requestMeaning(ir, entry);
  if (!isUnused) return meaning();
  const owner = own(ir.services, id) ?? own(ir.externals, id);
  const isHttp = owner?.ports.find(({ name }) => name === port)?.http === true;
  const declared = declaredCondition(ir, entry.from, id, isHttp);
  return branch(declared, () => ({ label: failure('unroutable', 0) }), meaning);
}
