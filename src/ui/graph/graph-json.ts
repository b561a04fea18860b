import type { CallGraph } from '../../core/graph/call-graph.ts';

/** Yields the graph as JSON, one part or edge a line. `base` is the revision that the graph is compared with. */
export function* graphJson(graph: CallGraph, base?: string): Generator<string> {
  const { mesh, nodes, edges, unproved, notes } = graph;
  const head = { formatVersion: '1.0', mesh, ...(base !== undefined && { base }) };
  yield `${JSON.stringify(head).slice(0, -1)},\n"nodes":`;
  yield* list(nodes);
  yield ',\n"edges":';
  yield* list(edges);
  yield `,\n"unproved":${JSON.stringify(unproved)},\n"notes":${JSON.stringify(notes)}}\n`;
}

function* list(items: readonly unknown[]): Generator<string> {
  yield '[';
  let separator = '\n';
  for (const item of items) {
    yield `${separator}  ${JSON.stringify(item)}`;
    separator = ',\n';
  }
  yield items.length === 0 ? ']' : '\n]';
}
