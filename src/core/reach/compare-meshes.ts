import type { Ir } from '../ir/ir.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/sha256.ts';
import { decide } from '../semantics/decide.ts';
import type { Outcome } from '../semantics/outcome.ts';
import type { Request } from '../semantics/request.ts';
import { boxesOf, type DiagramBox } from './boxes.ts';
import { Budget } from './budget.ts';
import { anyClient, Callers, mention } from './callers.ts';
import { changeOf } from './change-kind.ts';
import { changedParts } from './changed-parts.ts';
import { closureOf } from './closure.ts';
import { type Compiled, compileMeanings } from './compiled.ts';
import type { Node } from './diagram.ts';
import {
  type Destination,
  externalDestinations,
  gatewayDestinations,
  serviceDestinations,
} from './entries.ts';
import { type Case, type CaseGroup, casesOf, groupedCases } from './grouped-cases.ts';
import { unnamedHost } from './hostnames.ts';
import { requestMeaning } from './meaning/request-meaning.ts';
import type { Label } from './meaning.ts';
import type { ChangedRequests, MeaningChange } from './meaning-change.ts';
import { isOpenToProxies, isReachedAlike } from './reached-alike.ts';
import { touchedCallers } from './touched-callers.ts';
import { undecided } from './undecided.ts';
import { Unproved } from './unproved.ts';
import { ValueMemory } from './value-memory.ts';
import { likeWitness, witnessOf } from './witness.ts';

/**
 * Returns the requests that two meshes decide differently, all of them or with the reason why some may be missing. `most` is the number
 * of boxes of one destination; more are counted only.
 */
export function compareMeshes(before: Ir, after: Ir, most: number = mostBoxes): MeaningChange {
  const comparison = new Comparison(before, after, most);
  comparison.run();
  return comparison.result();
}

/** The most boxes of one destination that people read. */
const mostBoxes = 40;

/** The most accounts that come or go and are named one by one. */
const mostNamed = 10;

class Comparison {
  private readonly found: ChangedRequests[] = [];
  private readonly unproved: string[] = [];
  private readonly cut: string[] = [];
  private readonly memory = new ValueMemory();
  private readonly callers: Callers;
  private readonly before: Ir;
  private readonly after: Ir;
  private readonly most: number;

  constructor(before: Ir, after: Ir, most: number) {
    this.most = most;
    this.before = before;
    this.after = after;
    this.callers = new Callers(before, after);
  }

  run(): void {
    const meshes = [this.before, this.after];
    const { services, externals, gateways, egress } = changedParts(this.before, this.after);
    for (const id of services) {
      const parts = closureOf(meshes, id);
      this.guarded(id, () => serviceDestinations(meshes, id, parts), parts);
    }
    this.unchanged(meshes, new Set([...services, ...externals]));
    for (const id of externals) {
      const parts = closureOf(meshes, id);
      this.guarded(id, () => externalDestinations(meshes, id, parts), parts);
    }
    for (const id of gateways) {
      const parts = closureOf(meshes, id);
      this.guarded(id, () => gatewayDestinations(meshes, id, parts), parts);
    }
    if (egress) this.guarded(outside, () => [unknownHosts(meshes)], []);
    this.unproved.push(...undecided(this.before, this.after));
  }

  /** Compares calls to the other destinations by accounts that come or go: their calls take routes on one side only. */
  private unchanged(meshes: readonly Ir[], changed: ReadonlySet<string>): void {
    const accounts = this.callers.comingOrGoing();
    if (accounts.length === 0) return;
    for (const [id, service] of Object.entries(this.after.services)) {
      if (changed.has(id) || isReachedAlike(service)) continue;
      const parts = closureOf(meshes, id);
      this.guarded(id, () => serviceDestinations(meshes, id, parts), parts, accounts);
    }
    for (const [id, external] of Object.entries(this.after.externals)) {
      if (changed.has(id) || isOpenToProxies(external)) continue;
      const parts = closureOf(meshes, id);
      this.guarded(id, () => externalDestinations(meshes, id, parts), parts, accounts);
    }
  }

  result(): MeaningChange {
    const of = (kind: ChangedRequests['kind']): readonly ChangedRequests[] =>
      this.found.filter((one) => one.kind === kind);
    return {
      gained: of('gained'),
      lost: of('lost'),
      routing: of('routing'),
      unproved: this.unproved,
      cut: this.cut,
    };
  }

  private guarded(
    id: string,
    destinations: () => readonly Destination[],
    parts: unknown,
    only?: readonly string[],
  ): void {
    let at = id;
    try {
      for (const destination of destinations()) {
        at = `${id} (${destination.port})`;
        this.destination(destination, parts, only);
      }
    } catch (error) {
      if (!(error instanceof Unproved)) throw error;
      this.unproved.push(`${at}: ${error.message}`);
    }
  }

  private destination(destination: Destination, parts: unknown, only?: readonly string[]): void {
    const mentioned = { ids: new Set<string>(), namespaces: new Set<string>() };
    if (only !== undefined && only.length <= mostNamed) for (const id of only) mentioned.ids.add(id);
    mention(parts, mentioned);
    const slash = destination.id.indexOf('/');
    if (slash > 0) mentioned.namespaces.add(destination.id.slice(0, slash));
    const touches =
      destination.kind === 'service' ? touchedCallers(this.before, this.after, destination.id) : () => true;
    const classes = (destination.hasCallers ? this.callers.classes(mentioned) : [anyClient]).filter(
      // No proxy sees the calls to an External by a workload without one.
      ({ hasProxy, isComparable, from }) =>
        (hasProxy || destination.kind !== 'external') &&
        (only === undefined || !isComparable) &&
        (!isComparable || touches(from.type === 'spiffe' ? from.id : undefined)),
    );
    const cases = casesOf(destination, classes);
    const meanings = cases.flatMap(({ entry }) => [
      requestMeaning(this.before, entry),
      requestMeaning(this.after, entry),
    ]);
    const compiled = compileMeanings(meanings, new Budget(), this.memory);
    this.report(destination, compiled, differences(compiled, cases, destination.kind));
  }

  private report(destination: Destination, compiled: Compiled, { groups, pairs }: Differences): void {
    let count = 0;
    for (const [group, box] of changes(destination, compiled, groups)) {
      count += 1;
      if (count > this.most) {
        this.cut.push(`${destination.id} (${destination.port})`);
        return;
      }
      this.box(destination, group, box, pairs);
    }
  }

  private box(
    destination: Destination,
    { first: { entry }, from, places }: CaseGroup,
    box: DiagramBox,
    pairs: ReadonlyMap<number, readonly [Label, Label]>,
  ): void {
    const pair = pairs.get(box.label);
    if (pair === undefined) return;
    const witness = witnessOf(this.after, entry, box.parts);
    const isAlike = (one: Request): boolean =>
      meaningOf(decide(this.before, one)) === meaningOf(decide(this.after, one));
    const request = likeWitness(witness, pair).find((one) => !isAlike(one)) ?? witness;
    const [before, after] = [decide(this.before, request), decide(this.after, request)];
    if (meaningOf(before) === meaningOf(after)) {
      this.unproved.push(
        `${destination.id} (${destination.port}): ${request.method} ${request.path} is decided alike, and others like it may not be`,
      );
      return;
    }
    const { kind, applications } = changeOf(pair, destination.kind === 'gateway');
    const conditions = new Map([...places, ...box.conditions]);
    const content = {
      kind,
      from,
      to: destination.id,
      port: destination.port,
      conditions,
      request,
    };
    const text = {
      ...content,
      conditions: [...conditions],
      ...(kind === 'routing' ? { change: differingFields(pair) } : { applications }),
    };
    this.found.push({ id: sha256(canonicalJson(text)).slice(0, 8), ...content, before, after });
  }
}

/** Yields the boxes of all differences, each with the callers and hosts that share it. */
function* changes(
  destination: Destination,
  { diagram, variables }: Compiled,
  groups: Differences['groups'],
): Generator<readonly [CaseGroup, DiagramBox]> {
  for (const [node, cases] of groups) {
    for (const group of groupedCases(destination, cases)) {
      for (const box of boxesOf(diagram, variables, node, same)) yield [group, box];
    }
  }
}

interface Differences {
  /** The cases of each difference, by the diagram of the difference. */
  readonly groups: ReadonlyMap<Node, readonly Case[]>;
  readonly pairs: ReadonlyMap<number, readonly [Label, Label]>;
}

/** The label of requests that both meshes decide alike. */
const same = 0;

function differences(
  { diagram, nodes, labels }: Compiled,
  cases: readonly Case[],
  place: Destination['kind'],
): Differences {
  const groups = new Map<Node, Case[]>();
  const numbers = new Map<string, number>();
  const pairs = new Map<number, readonly [Label, Label]>();
  const pairOf = (one: number, other: number, isComparable: boolean): number => {
    const pair = [labels[one] ?? {}, labels[other] ?? {}] as const;
    if (one === other || meaningOf(pair[0]) === meaningOf(pair[1])) return same;
    const { kind, applications } = changeOf(pair, place === 'gateway');
    if (!isComparable && kind === 'routing') return same;
    // Access to an application changes in one way; the statuses stand in the witness.
    const key = kind === 'routing' ? differingFields(pair) : [kind, ...applications].join(' ');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size + 1);
    pairs.set(numbers.size, pair);
    return numbers.size;
  };
  cases.forEach((one, index) => {
    const [before, after] = [nodes[2 * index], nodes[2 * index + 1]];
    if (before === undefined || after === undefined || before === after) return;
    const labelsSeen = new Set<number>();
    const whole = diagram.merge(before, after, (a, b) => {
      const label = pairOf(a, b, one.caller.isComparable);
      labelsSeen.add(label);
      return label;
    });
    labelsSeen.delete(same);
    // Each kind of change on its own: the conditions of one don't divide the requests of another.
    for (const label of [...labelsSeen].sort((a, b) => a - b)) {
      const node = diagram.merge(whole, diagram.leaf(same), (found) => (found === label ? found : same));
      const group = groups.get(node);
      if (group === undefined) groups.set(node, [one]);
      else group.push(one);
    }
  });
  return { groups, pairs };
}

const unread: ReadonlySet<string> = new Set(['decidedBy', 'reason', 'origin', 'hidden']);

function meaningOf(outcome: Outcome | Label): string {
  return canonicalJson(outcome, unread);
}

/** Returns the fields in which two labels differ, so that requests with the same change stand together. */
function differingFields([before, after]: readonly [Label, Label]): string {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => !unread.has(name)).sort();
  const differing = names.flatMap((name) => {
    const both = [canonicalJson(was.get(name)), canonicalJson(is.get(name))];
    return both[0] === both[1] ? [] : [[name, ...both]];
  });
  return JSON.stringify(differing);
}

const outside = 'hosts that nothing names';

/** Returns the destination of calls to hosts outside the mesh. */
function unknownHosts(meshes: readonly Ir[]): Destination {
  const host = unnamedHost(meshes);
  return {
    kind: 'external',
    id: outside,
    port: 'any',
    hasCallers: true,
    entries: [{ to: { type: 'service', id: host }, host }],
  };
}
