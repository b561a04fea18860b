import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { arrives } from '../reach/arrives.ts';
import { boxesOf, type DiagramBox } from '../reach/boxes.ts';
import { Budget } from '../reach/budget.ts';
import type { ListedClass } from '../reach/callers.ts';
import { type Compiled, compileMeanings } from '../reach/compiled.ts';
import { declaredCondition } from '../reach/declared-calls.ts';
import type { Node } from '../reach/diagram.ts';
import type { Destination } from '../reach/entries.ts';
import { type Case, type CaseGroup, casesOf, groupedCases } from '../reach/grouped-cases.ts';
import { requestMeaning } from '../reach/meaning/request-meaning.ts';
import { branch, type Meaning } from '../reach/meaning.ts';
import type { GraphBox } from './call-graph.ts';
import { type CallerNode, callerIds, callerNodes } from './caller-nodes.ts';
import type { EdgeCollector } from './edge-collector.ts';
import { type GraphMeshes, graphBox, type PlacedCell, receivers } from './graph-box.ts';
import { deliveryOf, isRefusal, RequestCells } from './request-cell.ts';

/** Adds the edges to one port of a service or External, or the edges from and to a gateway. */
export function addDestination(
  meshes: GraphMeshes,
  destination: Destination,
  classes: readonly ListedClass[],
  into: EdgeCollector,
): void {
  const { now, before = now } = meshes;
  const cases = casesOf(destination, classes).filter(
    (one) => arrives(now, destination, one) || arrives(before, destination, one),
  );
  const positions = new Set(cases.map(({ position }) => position));
  const asked = { ...destination, entries: destination.entries.filter((_, index) => positions.has(index)) };
  const cells = new RequestCells();
  const { compiled, nodes } = cellsOf(meshes, destination, cases, cells);
  const { diagram, variables } = compiled;
  for (const [node, same] of grouped(cases, nodes)) {
    if (diagram.label(node) === 0) continue;
    const boxes = [...boxesOf(diagram, variables, node, 0)];
    for (const group of groupedCases(asked, same)) {
      const senders = sendersOf(destination, group, classes);
      for (const box of boxes) addBox({ meshes, destination, cells, into }, senders, group, box);
    }
  }
}

/** Returns the parts that send the requests of a group; at a gateway all of them are clients. */
function sendersOf(
  { kind }: Destination,
  { first, from, cases }: CaseGroup<ListedClass>,
  classes: readonly ListedClass[],
): readonly CallerNode[] {
  return kind === 'gateway'
    ? [{ id: callerIds.clients, first: first.caller, from, except: [] }]
    : callerNodes([...new Set(cases.map(({ caller }) => caller))], classes);
}

/** Returns the cell of every request as diagrams, one for each case. */
function cellsOf(
  { now, before, memory }: GraphMeshes,
  destination: Destination,
  cases: readonly Case<ListedClass>[],
  cells: RequestCells,
): { readonly compiled: Compiled; readonly nodes: readonly Node[] } {
  const declared = declaredMeanings(now, destination);
  const meanings = cases.flatMap(({ caller, entry }) => [
    requestMeaning(now, entry),
    declared(caller),
    ...(before === undefined ? [] : [requestMeaning(before, entry)]),
  ]);
  const compiled = compileMeanings(meanings, new Budget(), memory);
  const { diagram, labels } = compiled;
  const deliveries = labels.map((label) => deliveryOf(label));
  const width = before === undefined ? 2 : 3;
  const nodes = cases.map((one, index): Node => {
    const isHere = isSent(now, destination, one);
    const wasHere = isSent(before ?? now, destination, one);
    const [asked = 0, isDeclared = 0, was] = compiled.nodes.slice(width * index, width * (index + 1));
    // Calls by another host than the usual one are no declared calls.
    const canBeRefused = one.position === 0 || destination.kind === 'external';
    const pairs: (readonly [number, boolean])[] = [];
    const numbers = new Map<string, number>();
    const both = diagram.merge(asked, isDeclared, (label, answer) => {
      const isSaid = labels[answer] === isDeclaredLabel;
      const key = `${String(label)} ${String(isSaid)}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, pairs.length);
      pairs.push([label, isSaid]);
      return pairs.length - 1;
    });
    return diagram.merge(both, was ?? both, (pair, other) => {
      const [label = 0, isSaid = false] = pairs[pair] ?? [];
      const delivery = isHere ? deliveries[label] : undefined;
      const earlier = was === undefined ? deliveries[label] : deliveries[other];
      const past = wasHere ? earlier : undefined;
      const isRefused = isHere && isSaid && canBeRefused && isRefusal(labels[label] ?? {});
      return cells.number({
        ...(delivery !== undefined && { now: delivery }),
        ...(past !== undefined && { before: past }),
        isDeclared: isSaid,
        isRefused,
      });
    });
  });
  return { compiled, nodes };
}

/** Returns true if a caller is in a mesh and its requests are requests to the destination. */
function isSent(ir: Ir, destination: Destination, one: Case<ListedClass>): boolean {
  const { members } = one.caller;
  const isIn = members.type !== 'services' || members.ids.some((id) => own(ir.services, id) !== undefined);
  return isIn && arrives(ir, destination, one);
}

const isDeclaredLabel = { declared: true };
const notDeclaredLabel = { declared: false };

/** Returns the meaning of `calls` by caller: which requests to a destination it declares. */
function declaredMeanings(ir: Ir, { id, port }: Destination): (caller: ListedClass) => Meaning {
  const owner = own(ir.services, id) ?? own(ir.externals, id);
  const isHttp = owner?.ports.find(({ name }) => name === port)?.http === true;
  const known = new Map<ListedClass, Meaning>();
  return (caller) => {
    const made =
      known.get(caller) ??
      branch(
        caller.members.type === 'services' && declaredCondition(ir, caller.from, id, isHttp),
        () => ({ label: isDeclaredLabel }),
        () => ({ label: notDeclaredLabel }),
      );
    known.set(caller, made);
    return made;
  };
}

function grouped<T>(cases: readonly T[], nodes: readonly Node[]): ReadonlyMap<Node, readonly T[]> {
  const groups = new Map<Node, T[]>();
  cases.forEach((one, index) => {
    const node = nodes[index] ?? 0;
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [one]);
    else group.push(one);
  });
  return groups;
}

interface Placed extends Omit<PlacedCell, 'cell'> {
  readonly cells: RequestCells;
  readonly into: EdgeCollector;
}

/** Adds requests to the edges of their senders, and to those from the destination to other receivers. */
function addBox(
  { cells, into, ...placed }: Placed,
  senders: readonly CallerNode[],
  { first, cases, places }: CaseGroup<ListedClass>,
  box: DiagramBox,
): void {
  const { id, kind } = placed.destination;
  const cell = cells.at(box.label);
  if (cell === undefined) return;
  for (const sender of senders) {
    const own = cases.find(({ caller }) => caller === sender.first) ?? first;
    const shown = graphBox({ ...placed, cell }, sender, own, { ...box, places });
    into.add(sender.id, id, 'call', shown);
    const { change: _, verdict: __, ...rest } = withoutCalls(shown);
    if (shown.via !== undefined && (cell.now ?? cell.before) !== undefined)
      into.add(shown.via, id, 'route', withoutCalls(shown));
    for (const [service, change] of receivers(cell)) {
      if (service === id) continue;
      into.add(id, service, kind === 'gateway' ? 'call' : 'route', {
        verdict: change === 'lost' ? 'refused' : 'allowed',
        ...rest,
        ...(change !== undefined && { change }),
      });
    }
  }
}

function withoutCalls({ isDeclared: _, ...rest }: GraphBox): GraphBox {
  return rest;
}
