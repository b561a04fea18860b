import type { CallGraph, GraphEdge, GraphNode } from '../../../src/core/graph/call-graph.ts';
import type { GraphLayout } from '../../../src/core/graph/graph-layout.ts';

/** Returns an allowed edge without conditions. */
export function edge(from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge {
  const box = {
    verdict: 'allowed',
    from: [from],
    port: 'http',
    methods: ['*'],
    paths: ['*'],
    rules: [],
  } as const;
  return { from, to, kind: 'call', state: 'allowed', boxes: [box], ...more };
}

export function service(id: string, more: Partial<GraphNode> = {}): GraphNode {
  const [namespace = '', name = id] = id.split('/');
  return { id, kind: 'service', name, namespace, ...more };
}

export function graphOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): CallGraph {
  return { mesh: 'shop', nodes, edges, unproved: [], notes: [] };
}

/** Returns services of namespaces in which each calls some others, across all namespaces. */
export function largeGraph(namespaces: number, services: number, calls: number): CallGraph {
  const ids = Array.from({ length: namespaces * services }, (_, index) => {
    const namespace = `namespace-${String(index % namespaces)}`;
    return `${namespace}/service-with-a-long-name-${String(index)}`;
  });
  const edges = ids.flatMap((from, index) =>
    Array.from({ length: calls }, (_, call) =>
      edge(from, ids[(index * 7 + call * 13 + 1) % ids.length] ?? from),
    ),
  );
  return graphOf(
    ids.map((id) => service(id)),
    edges,
  );
}

/** A layout in which everything is in one place. */
export function layoutOf({ nodes, edges }: CallGraph): GraphLayout {
  return {
    ...{ width: 100, height: 100, groups: [], labels: [] },
    nodes: nodes.map(() => [50, 50]),
    edges: edges.map(() => [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]),
  };
}
