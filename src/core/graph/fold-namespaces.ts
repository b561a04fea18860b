import type { CallGraph, EdgeChange, GraphEdge, GraphNode } from './call-graph.ts';

/** The most parts of a graph that isn't folded. */
export const mostParts = 80;

/**
 * Returns the graph with each namespace as one part; parts without a namespace stay. Edges between the same parts are
 * one edge, which counts those that it stands for; edges inside a namespace aren't shown.
 */
export function foldNamespaces(graph: CallGraph): CallGraph {
  const parts = new Map(graph.nodes.map((node) => [node.id, node.namespace ?? node.id]));
  const nodes = new Map<string, GraphNode>();
  const counts = new Map<string, number>();
  for (const node of graph.nodes) {
    const { namespace } = node;
    if (namespace === undefined) {
      nodes.set(node.id, node);
      continue;
    }
    if (node.kind !== 'callers') counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    nodes.set(namespace, { id: namespace, kind: 'namespace', name: namespace, namespace });
  }
  const edges = new Map<string, Folded>();
  let inside = 0;
  for (const edge of graph.edges) {
    const [from, to] = [parts.get(edge.from) ?? edge.from, parts.get(edge.to) ?? edge.to];
    if (from === to) {
      inside += 1;
      continue;
    }
    const key = `${from}\0${to}`;
    const known = edges.get(key) ?? { from, to, edges: [] };
    known.edges.push(edge);
    edges.set(key, known);
  }
  return {
    ...graph,
    nodes: [...nodes.values()].map((node) => {
      const count = counts.get(node.id);
      return count === undefined ? node : { ...node, parts: count };
    }),
    edges: [...edges.values()].map(foldedEdge),
    notes: [
      ...graph.notes,
      `namespaces are folded: the graph has ${String(graph.nodes.length)} parts; ${String(inside)} edges inside namespaces are not shown`,
    ],
  };
}

interface Folded {
  readonly from: string;
  readonly to: string;
  readonly edges: GraphEdge[];
}

function foldedEdge({ from, to, edges }: Folded): GraphEdge {
  const count = (state: GraphEdge['state']): number => edges.filter((one) => one.state === state).length;
  const counts = { allowed: count('allowed'), undeclared: count('undeclared'), refused: count('refused') };
  const change = changeOf(edges);
  return {
    from,
    to,
    kind: 'call',
    state: counts.undeclared > 0 ? 'undeclared' : counts.allowed > 0 ? 'allowed' : 'refused',
    boxes: [],
    edges: counts,
    ...(change !== undefined && { change }),
  };
}

function changeOf(edges: readonly GraphEdge[]): EdgeChange | undefined {
  const changes = new Set(edges.map(({ change }) => change));
  if (changes.size === 1) return edges[0]?.change;
  changes.delete(undefined);
  const [only] = changes;
  const isMixed = changes.size > 1;
  if (isMixed) return 'changes';
  // Some edges stay: the whole neither appears nor goes.
  return only === 'appears' ? 'widens' : only === 'goes' ? 'tightens' : only;
}
