import type { CallGraph, GraphEdge, GraphNode } from './call-graph.ts';

/** The part of a graph that is asked for. */
export interface GraphPart {
  /** Namespaces whose edges are shown, with the parts at the other ends; all if absent. */
  readonly namespaces?: readonly string[];
  /** The id of a part whose callers and callees are shown, and theirs up to `depth` steps away. */
  readonly around?: { readonly id: string; readonly depth: number };
}

/** Returns the part of a graph that is asked for. */
export function narrowGraph(graph: CallGraph, { namespaces, around }: GraphPart): CallGraph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const inNamespaces =
    namespaces === undefined ? graph : withEdges(graph, nodes, edgesOf(graph, new Set(namespaces), nodes));
  if (around === undefined) return inNamespaces;
  const { id, depth } = around;
  return withEdges(inNamespaces, nodes, edgesAround(inNamespaces, id, depth), [id]);
}

function edgesOf(
  { edges }: CallGraph,
  namespaces: ReadonlySet<string>,
  nodes: ReadonlyMap<string, GraphNode>,
): readonly GraphEdge[] {
  const isInside = (id: string): boolean => namespaces.has(nodes.get(id)?.namespace ?? '');
  return edges.filter(({ from, to }) => isInside(from) || isInside(to));
}

function edgesAround({ edges }: CallGraph, id: string, depth: number): readonly GraphEdge[] {
  const into = groupedBy(edges, ({ to }) => to);
  const outOf = groupedBy(edges, ({ from }) => from);
  const chosen = new Set<GraphEdge>();
  walk(
    id,
    depth,
    (at) => into.get(at) ?? [],
    ({ from }) => from,
    chosen,
  );
  walk(
    id,
    depth,
    (at) => [...(outOf.get(at) ?? []), ...standingFor(at).flatMap((one) => sentBy(at, outOf.get(one) ?? []))],
    ({ to }) => to,
    chosen,
  );
  return edges.filter((edge) => chosen.has(edge));
}

/** Adds the edges on all ways of at most `depth` steps. */
function walk(
  start: string,
  depth: number,
  next: (id: string) => readonly GraphEdge[],
  end: (edge: GraphEdge) => string,
  into: Set<GraphEdge>,
): void {
  const seen = new Set([start]);
  let front = [start];
  for (let step = 0; step < depth && front.length > 0; step += 1) {
    const found: string[] = [];
    for (const edge of front.flatMap(next)) {
      into.add(edge);
      if (seen.has(end(edge))) continue;
      seen.add(end(edge));
      found.push(end(edge));
    }
    front = found;
  }
}

/** Returns the parts that stand for callers of whom a service is one. */
function standingFor(id: string): readonly string[] {
  const slash = id.indexOf('/');
  return slash < 0 || id.startsWith('spiffe://') || id.endsWith('/*') ? [] : [`${id.slice(0, slash)}/*`, '*'];
}

/** Returns the edges of a part that stands for callers, of those that include a service. */
function sentBy(id: string, edges: readonly GraphEdge[]): readonly GraphEdge[] {
  const namespace = `${id.slice(0, id.indexOf('/'))}/*`;
  return edges.filter(({ boxes }) =>
    boxes.some(({ except = [] }) => !except.includes(id) && !except.includes(namespace)),
  );
}

function groupedBy(
  edges: readonly GraphEdge[],
  key: (edge: GraphEdge) => string,
): ReadonlyMap<string, readonly GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const known = groups.get(key(edge));
    if (known === undefined) groups.set(key(edge), [edge]);
    else known.push(edge);
  }
  return groups;
}

function withEdges(
  graph: CallGraph,
  nodes: ReadonlyMap<string, GraphNode>,
  edges: readonly GraphEdge[],
  more: readonly string[] = [],
): CallGraph {
  const ids = new Set([...more, ...edges.flatMap(({ from, to }) => [from, to])]);
  return {
    ...graph,
    nodes: [...nodes.values()].filter(({ id }) => ids.has(id)),
    edges,
    unproved: graph.unproved.filter(({ to }) => ids.has(to)),
  };
}
