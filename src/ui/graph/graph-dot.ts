import type { CallGraph, GraphEdge, GraphNode } from '../../core/graph/call-graph.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { chartWords } from './edge-words.ts';

/** Yields the graph in the DOT language of Graphviz. */
export function* graphDot(graph: CallGraph): Generator<string> {
  yield `digraph ${quoted(graph.mesh)} {\n`;
  yield '  rankdir=LR\n  node [shape=box, style=rounded, fontname=Helvetica]\n  edge [fontname=Helvetica, fontsize=10]\n';
  const notes = [...graph.notes, ...graph.unproved.map(({ to, why }) => `${to}: not listed: ${why}`)];
  if (notes.length > 0) yield `  label=${quoted(notes.join('; '))}\n`;
  const clusters = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const { namespace, kind } = node;
    if (namespace === undefined || kind === 'namespace') yield nodeLine(node, '  ');
    else clusters.set(namespace, [...(clusters.get(namespace) ?? []), node]);
  }
  for (const [namespace, nodes] of clusters) {
    yield `  subgraph ${quoted(`cluster_${namespace}`)} {\n    label=${quoted(namespace)}\n`;
    for (const node of nodes) yield nodeLine(node, '    ');
    yield '  }\n';
  }
  for (const edge of graph.edges) yield edgeLine(edge);
  yield '}\n';
}

const shapes: Readonly<Record<GraphNode['kind'], string>> = {
  service: 'box',
  gateway: 'hexagon',
  external: 'parallelogram',
  hosts: 'parallelogram',
  callers: 'ellipse',
  namespace: 'folder',
};

function nodeLine({ id, kind, name, parts, change }: GraphNode, indent: string): string {
  const label = parts === undefined ? name : `${name} (${String(parts)})`;
  const style = change === 'goes' ? ', style=dashed' : change === 'appears' ? ', penwidth=2' : '';
  return `${indent}${quoted(id)} [label=${quoted(label)}, shape=${shapes[kind]}${style}]\n`;
}

function edgeLine(edge: GraphEdge): string {
  const { from, to, kind, state, change } = edge;
  const words = chartWords(edge).join('\n');
  const attributes = [
    ...(words === '' ? [] : [`label=${quoted(words)}`]),
    ...(state === 'undeclared' ? ['color=red'] : []),
    ...(state === 'refused' || change === 'goes' ? ['style=dashed'] : kind === 'route' ? ['style=bold'] : []),
    ...(change === undefined ? [] : [`color=${colourOf(change)}`, 'penwidth=2']),
  ];
  return `  ${quoted(from)} -> ${quoted(to)}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`}\n`;
}

function colourOf(change: NonNullable<GraphEdge['change']>): string {
  if (change === 'appears' || change === 'widens') return 'darkgreen';
  return change === 'goes' || change === 'tightens' ? 'purple' : 'blue';
}

/** Returns a quoted string of DOT; Graphviz reads backslashes and entities such as `&amp;` in labels. */
function quoted(text: string): string {
  const lines = text
    .split('\n')
    .map((line) =>
      escapeControl(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'),
    );
  return `"${lines.join('\\n')}"`;
}
