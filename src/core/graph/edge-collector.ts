import { append } from '../lib/append.ts';
import type { EdgeChange, GraphBox, GraphEdge } from './call-graph.ts';

/** The most boxes of one edge. */
const mostBoxes = 40;

/** Decides the state of an edge whose requests get through, by their boxes. */
export type JudgeEdge = (edge: Pick<GraphEdge, 'from' | 'to' | 'boxes'>) => GraphEdge['state'];

interface Draft {
  readonly from: string;
  readonly to: string;
  readonly kind: GraphEdge['kind'];
  readonly boxes: Map<string, GraphBox>;
}

/** Joins boxes with the same ends to edges. */
export class EdgeCollector {
  private readonly drafts = new Map<string, Draft>();

  add(from: string, to: string, kind: GraphEdge['kind'], box: GraphBox): void {
    const key = `${from}\0${to}\0${kind}`;
    const known = this.drafts.get(key);
    const draft = known ?? { from, to, kind, boxes: new Map<string, GraphBox>() };
    if (known === undefined) this.drafts.set(key, draft);
    // Boxes are made in one place, with their fields in one order.
    const text = JSON.stringify(box);
    if (!draft.boxes.has(text)) draft.boxes.set(text, box);
  }

  /** Returns the edges in the order of their ends. */
  edges(judge: JudgeEdge): readonly GraphEdge[] {
    const edges: GraphEdge[] = [];
    append(
      edges,
      [...this.drafts.values()].map((draft) => edgeOf(draft, judge)),
    );
    return edges.sort((one, other) => compare(keyOf(one), keyOf(other)));
  }
}

function edgeOf({ from, to, kind, boxes: found }: Draft, judge: JudgeEdge): GraphEdge {
  // Requests that get through come first; `sort` keeps the order of the others.
  const boxes = [...found.values()].sort((one, other) => Number(isAllowed(other)) - Number(isAllowed(one)));
  const change = changeOf(boxes);
  return {
    from,
    to,
    kind,
    state: boxes.some(isAllowed) ? judge({ from, to, boxes }) : stateWithoutAllowed(boxes),
    boxes: boxes.slice(0, mostBoxes),
    ...(boxes.length > mostBoxes && { isCut: true as const }),
    ...(change !== undefined && { change }),
  };
}

function isAllowed({ verdict }: GraphBox): boolean {
  return verdict === 'allowed';
}

function stateWithoutAllowed(boxes: readonly GraphBox[]): GraphEdge['state'] {
  return boxes.some(({ isDeclared }) => isDeclared === true) ? 'refused' : 'allowed';
}

function changeOf(boxes: readonly GraphBox[]): EdgeChange | undefined {
  const has = (change: GraphBox['change']): boolean => boxes.some((box) => box.change === change);
  const was = boxes.some(({ verdict, change }) =>
    verdict === 'allowed' ? change !== 'gained' : change === 'lost',
  );
  if (has('gained') && !was) return 'appears';
  if (has('lost') && !boxes.some(isAllowed)) return 'goes';
  if (has('gained')) return has('lost') ? 'changes' : 'widens';
  if (has('lost')) return 'tightens';
  return has('rerouted') ? 'reroutes' : undefined;
}

function keyOf({ from, to, kind }: GraphEdge): string {
  return `${from}\0${to}\0${kind}`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
