import type { CallGraph, GraphEdge, GraphNode } from '../../core/graph/call-graph.ts';
import { foldNamespaces } from '../../core/graph/fold-namespaces.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { chartWords } from './edge-words.ts';
import { nameOf } from './graph-text.ts';

/** Limits of Mermaid are 500 edges and 50,000 characters; beyond them GitHub shows an error. */
const mostEdges = 449;
const mostCharacters = 44_999;

/**
 * Returns the graph as a flowchart of Mermaid that always stays within Mermaid's limits: a graph that is too large is
 * folded by namespaces, and if that is too large, too, its least important edges are left out. The chart says so.
 */
export function graphMermaid(graph: CallGraph): string {
  if (fits(graph)) return chart(graph);
  const folded = graph.nodes.some(({ kind }) => kind === 'namespace') ? graph : foldNamespaces(graph);
  if (fits(folded)) return chart(folded);
  const ranked = [...folded.edges].sort((one, other) => rank(other) - rank(one));
  for (let most = Math.min(mostEdges, ranked.length); most > 0; most = Math.floor(most * 0.8)) {
    const part = withFirst(folded, ranked, most);
    if (fits(part)) return chart(part);
  }
  return chart({ ...folded, nodes: [], edges: [], notes: ['the graph is too large for Mermaid'] });
}

function fits(graph: CallGraph): boolean {
  return graph.edges.length <= mostEdges && chart(graph).length <= mostCharacters;
}

/** Returns a graph with the first of its edges, and the parts at their ends. */
function withFirst(graph: CallGraph, ranked: readonly GraphEdge[], most: number): CallGraph {
  const kept = new Set(ranked.slice(0, most));
  const ids = new Set([...kept].flatMap(({ from, to }) => [from, to]));
  const left = ranked.length - most;
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => ids.has(id)),
    edges: graph.edges.filter((edge) => kept.has(edge)),
    notes: [...graph.notes, `${String(left)} of ${String(ranked.length)} edges are left out`],
  };
}

/** Changed edges come first, then those that want attention, then those that stand for many. */
function rank({ change, state, edges }: GraphEdge): number {
  const count = edges === undefined ? 1 : edges.allowed + edges.undeclared + edges.refused;
  const isFine = state === 'allowed' && (edges?.refused ?? 0) === 0;
  return (change === undefined ? 0 : 2e9) + (isFine ? 0 : 1e9) + Math.min(count, 1e8);
}

function chart(graph: CallGraph): string {
  const ids = new Map(graph.nodes.map(({ id }, index) => [id, `n${String(index)}`]));
  const names = new Map(graph.nodes.map((node) => [node.id, node]));
  const notes = [...graph.notes, ...graph.unproved.map(({ to }) => `the requests to ${to} are not listed`)];
  return [
    'flowchart LR',
    ...groups(graph.nodes).flatMap(([namespace, nodes], index) => [
      ...(namespace === undefined ? [] : [`  subgraph g${String(index)}[${quoted(namespace)}]`]),
      ...nodes.map((node) => `    ${ids.get(node.id) ?? ''}${shape(node, names)}`),
      ...(namespace === undefined ? [] : ['  end']),
    ]),
    ...(notes.length === 0 ? [] : [`  note>${quoted(shortened(notes))}]`]),
    ...graph.edges.map((edge) => `  ${ids.get(edge.from) ?? ''} ${link(edge)} ${ids.get(edge.to) ?? ''}`),
    ...styles(graph),
    '',
  ].join('\n');
}

function shortened(notes: readonly string[]): string {
  const shown = notes.slice(0, 5).join('; ');
  return notes.length > 5 ? `${shown}; and ${String(notes.length - 5)} more` : shown;
}

function groups(
  nodes: readonly GraphNode[],
): readonly (readonly [string | undefined, readonly GraphNode[]])[] {
  const groups = new Map<string | undefined, GraphNode[]>();
  for (const node of nodes) {
    const namespace = node.kind === 'namespace' ? undefined : node.namespace;
    const known = groups.get(namespace);
    if (known === undefined) groups.set(namespace, [node]);
    else known.push(node);
  }
  return [...groups];
}

function shape(node: GraphNode, names: ReadonlyMap<string, GraphNode>): string {
  const { kind, name, parts, change } = node;
  const count = parts === undefined ? '' : ` (${String(parts)})`;
  const text = quoted(`${kind === 'callers' ? nameOf(names, node.id) : name}${count}`);
  const css = change === undefined ? '' : `:::${change}`;
  switch (kind) {
    case 'gateway':
      return `{{${text}}}${css}`;
    case 'external':
    case 'hosts':
      return `[/${text}/]${css}`;
    case 'callers':
      return `([${text}])${css}`;
    case 'namespace':
      return `[[${text}]]${css}`;
    case 'service':
      return `[${text}]${css}`;
  }
}

function link(edge: GraphEdge): string {
  const { state, kind, change } = edge;
  const line = change === 'goes' ? '-.-x' : state === 'refused' ? '-.->' : kind === 'route' ? '==>' : '-->';
  const words = chartWords(edge).join('; ');
  return words === '' ? line : `${line}|${quoted(words)}|`;
}

function styles({ edges, nodes }: CallGraph): readonly string[] {
  const positions = (chosen: (edge: GraphEdge) => boolean): string =>
    edges.flatMap((edge, index) => (chosen(edge) ? [String(index)] : [])).join(',');
  const lines = [
    [positions(({ state, change }) => state === 'undeclared' && change === undefined), 'stroke:#d1242f'],
    [positions(({ state, change }) => state === 'refused' && change === undefined), 'stroke:#9a6700'],
    [
      positions(({ change }) => change === 'appears' || change === 'widens'),
      'stroke:#1a7f37,stroke-width:3px',
    ],
    [
      positions(({ change }) => change === 'goes' || change === 'tightens'),
      'stroke:#8250df,stroke-width:3px',
    ],
    [
      positions(({ change }) => change === 'changes' || change === 'reroutes'),
      'stroke:#0969da,stroke-width:3px',
    ],
  ] as const;
  const has = (change: GraphNode['change']): boolean => nodes.some((node) => node.change === change);
  return [
    ...(has('appears') ? ['  classDef appears stroke:#1a7f37,stroke-width:3px'] : []),
    ...(has('goes') ? ['  classDef goes stroke:#8250df,stroke-dasharray:4'] : []),
    ...lines.flatMap(([list, css]) => (list === '' ? [] : [`  linkStyle ${list} ${css}`])),
  ];
}

/** Returns a quoted text in which everything but letters, digits and harmless marks is an entity of Mermaid. */
function quoted(text: string): string {
  const safe = escapeControl(text).replace(
    /[^\p{L}\p{N} .,:/_-]/gu,
    (character) => `#${String(character.codePointAt(0) ?? 0)};`,
  );
  return `"${safe}"`;
}
