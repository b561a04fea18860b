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

/** The places that a request gets to; an empty set is a request that no proxy lets through. */
export type Reached = ReadonlySet<string>;

/**
 * Returns a request for each port and kind that both meshes let through and one of the meshes between them doesn't, or
 * that neither lets through and one of these does; with `reachedBy` it is asked for each of the places that a request
 * gets to.
 */
export function strayRequests(
  old: Ir,
  next: Ir,
  between: readonly Ir[],
  reachedBy: (answer: Label | Outcome) => Reached = isLetThrough,
): readonly StrayRequest[] {
  const found: StrayRequest[] = [];
  const callers = new Callers(old, next);
  for (const { id, destinations, parts } of changedDestinations(old, next)) {
    try {
      for (const destination of destinations())
        found.push(...straysAt(destination, parts, callers, { old, next, between, reachedBy }));
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
  readonly reachedBy: (answer: Label | Outcome) => Reached;
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
  { old, next, between, reachedBy }: Meshes,
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
  const reached = labels.map(reachedBy);
  const pairs = new PairsOfAnswers(reached);
  const found = new Map<number, StrayRequest>();
  cases.forEach(({ entry }, index) => {
    const [was, will, ...way] = nodes.slice(index * all.length, (index + 1) * all.length);
    if (was === undefined || will === undefined || found.size === passed) return;
    const both = diagram.merge(was, will, (a, b) => pairs.numberOf(a, b));
    way.forEach((node, at) => {
      const stray = diagram.merge(both, node, (pair, label) =>
        strayKind(...pairs.at(pair), reached[label] ?? nothing),
      );
      for (const { parts: values, label } of boxesOf(diagram, variables, stray, kept)) {
        const mesh = between[at];
        if (mesh === undefined || found.has(label)) continue;
        const request = witnessOf(next, entry, values);
        const [before, after, on] = [old, next, mesh].map((ir) => reachedBy(decide(ir, request)));
        if (strayKind(before ?? nothing, after ?? nothing, on ?? nothing) === label)
          found.set(label, { request, why: whys[label] ?? '' });
      }
    });
  });
  return [...found.values()];
}

const nothing: Reached = new Set();

/** Pairs of answers by number: the same numbers of both labels are asked again and again. */
class PairsOfAnswers {
  private readonly reached: readonly Reached[];
  private readonly numbers = new Map<string, number>();
  private readonly pairs: (readonly [Reached, Reached])[] = [];

  constructor(reached: readonly Reached[]) {
    this.reached = reached;
  }

  numberOf(one: number, other: number): number {
    const pair = [this.reached[one] ?? nothing, this.reached[other] ?? nothing] as const;
    const key = pair.map((places) => [...places].sort().join('\0')).join('\n');
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.pairs.push(pair) - 1);
    return this.pairs.length - 1;
  }

  at(number: number): readonly [Reached, Reached] {
    return this.pairs[number] ?? [nothing, nothing];
  }
}

/** Returns how a mesh on the way answers a request that the old and the next mesh take to these places. */
function strayKind(was: Reached, will: Reached, on: Reached): number {
  const isRefused =
    (was.size > 0 && will.size > 0 && on.size === 0) ||
    [...was].some((place) => will.has(place) && !on.has(place));
  if (isRefused) return refused;
  return [...on].some((place) => !was.has(place) && !will.has(place)) ? passed : kept;
}

const whys: Readonly<Record<number, string>> = {
  [refused]: 'both meshes let it through, and it is refused for a moment on the way',
  [passed]: 'neither mesh lets it through, and it passes for a moment on the way',
};

const somewhere: Reached = new Set(['somewhere']);

function isLetThrough(answer: Label | Outcome): Reached {
  return isFailure(answer) ? nothing : somewhere;
}

/** Returns the versions of services that a request gets to, or that a proxy answers it. */
export function placesOf(answer: Label | Outcome): Reached {
  if (isFailure(answer)) return nothing;
  if (!('backends' in answer)) return somewhere;
  const backends = answer.backends as readonly { readonly service: string; readonly version: string }[];
  return new Set(backends.map(({ service, version }) => `${service}@${version}`));
}
