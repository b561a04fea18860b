import type { Ir } from '../ir/ir.ts';
import { decide } from '../semantics/decide.ts';
import type { Outcome } from '../semantics/outcome.ts';
import type { Request } from '../semantics/request.ts';
import { boxesOf } from './boxes.ts';
import { Budget } from './budget.ts';
import { anyClient, Callers, mention } from './callers.ts';
import { changedParts } from './changed-parts.ts';
import { closureOf } from './closure.ts';
import { compileMeanings } from './compiled.ts';
import {
  type Destination,
  externalDestinations,
  gatewayDestinations,
  serviceDestinations,
} from './entries.ts';
import { casesOf } from './grouped-cases.ts';
import { isFailure } from './meaning/labels.ts';
import { requestMeaning } from './meaning/request-meaning.ts';
import type { Label } from './meaning.ts';
import { Unproved } from './unproved.ts';
import { witnessOf } from './witness.ts';

/** A request that a mesh between two decides as neither does, or the reason why it isn't known that there is none. */
export type StrayRequest =
  | { readonly request: Request; readonly why: string }
  | { readonly unproved: string };

/** The most requests that are returned. */
const most = 20;

/**
 * Returns a request for each port and kind that both meshes let through and one of the meshes between them doesn't, or
 * that neither lets through and one of these does.
 */
export function strayRequests(old: Ir, next: Ir, between: readonly Ir[]): readonly StrayRequest[] {
  const found: StrayRequest[] = [];
  const callers = new Callers(old, next);
  for (const { id, destinations, parts } of changedDestinations(old, next)) {
    try {
      for (const destination of destinations())
        found.push(...straysAt(destination, parts, callers, { old, next, between }));
    } catch (error) {
      if (!(error instanceof Unproved)) throw error;
      found.push({ unproved: `${id}: ${error.message}` });
    }
    if (found.length > most) return found.slice(0, most);
  }
  return found;
}

interface Meshes {
  readonly old: Ir;
  readonly next: Ir;
  readonly between: readonly Ir[];
}

interface Place {
  readonly id: string;
  readonly parts: unknown;
  readonly destinations: () => readonly Destination[];
}

function* changedDestinations(old: Ir, next: Ir): Generator<Place> {
  const meshes = [old, next];
  const { services, externals, gateways } = changedParts(old, next);
  for (const [ids, destinationsOf] of [
    [services, serviceDestinations],
    [externals, externalDestinations],
    [gateways, gatewayDestinations],
  ] as const) {
    for (const id of ids) {
      const parts = closureOf(meshes, id);
      yield { id, parts, destinations: () => destinationsOf(meshes, id, parts) };
    }
  }
}

/** The answer to a request on the way: as a mesh says, refused though both let it through, or let through though none does. */
const kept = 0;
const refused = 1;
const passed = 2;

function straysAt(
  destination: Destination,
  parts: unknown,
  callers: Callers,
  { old, next, between }: Meshes,
): readonly StrayRequest[] {
  const mentioned = { ids: new Set<string>(), namespaces: new Set<string>() };
  mention(parts, mentioned);
  mentioned.namespaces.add(destination.id.slice(0, destination.id.indexOf('/')));
  const classes = (destination.hasCallers ? callers.classes(mentioned) : [anyClient]).filter(
    ({ hasProxy, isComparable }) => isComparable && (hasProxy || destination.kind !== 'external'),
  );
  const cases = casesOf(destination, classes);
  const all = [old, next, ...between];
  const compiled = compileMeanings(
    cases.flatMap(({ entry }) => all.map((ir) => requestMeaning(ir, entry))),
    new Budget(),
  );
  const { diagram, variables, nodes, labels } = compiled;
  const isPassed = labels.map(isLetThrough);
  const found = new Map<number, StrayRequest>();
  cases.forEach(({ entry }, index) => {
    const [was, will, ...way] = nodes.slice(index * all.length, (index + 1) * all.length);
    if (was === undefined || will === undefined || found.size === passed) return;
    // 1: both let it through, 2: neither does, 0: one of them does.
    const both = diagram.merge(was, will, (a, b) =>
      isPassed[a] === isPassed[b] ? (isPassed[a] === true ? refused : passed) : kept,
    );
    way.forEach((node, at) => {
      const stray = diagram.merge(both, node, (kind, label) =>
        (kind === refused && isPassed[label] === false) || (kind === passed && isPassed[label] === true)
          ? kind
          : kept,
      );
      for (const { parts: values, label } of boxesOf(diagram, variables, stray, kept)) {
        const mesh = between[at];
        if (mesh === undefined || found.has(label)) continue;
        const request = witnessOf(next, entry, values);
        if (
          isShown(
            label,
            [old, next, mesh].map((ir) => decide(ir, request)),
          )
        )
          found.set(label, { request, why: whys[label] ?? '' });
      }
    });
  });
  return [...found.values()];
}

const whys: Readonly<Record<number, string>> = {
  [refused]: 'both meshes let it through, and it is refused for a moment on the way',
  [passed]: 'neither mesh lets it through, and it passes for a moment on the way',
};

function isLetThrough(label: Label | Outcome): boolean {
  return !isFailure(label);
}

function isShown(label: number, outcomes: readonly Outcome[]): boolean {
  const [was, will, between] = outcomes.map(isLetThrough);
  return was === will && was === (label === refused) && between !== was;
}
