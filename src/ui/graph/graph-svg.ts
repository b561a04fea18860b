import type { CallGraph, GraphEdge, GraphNode } from '../../core/graph/call-graph.ts';
import type { GraphLayout, LayoutRequest, Point } from '../../core/graph/graph-layout.ts';
import { markup } from '../markup.ts';
import { boxWords, changeWords, countWords, splitLabel, stateWords } from './edge-words.ts';
import { nameOf } from './graph-text.ts';

/** The most edges that are drawn in layers, and the most that have words beside them. */
const mostLayered = 250;
const mostLabelled = 60;

/** The most requests that the words of an edge list. */
const mostBoxes = 6;

const margin = 16;

/** Returns width and height of a part, in pixels: parts of a graph with many edges are smaller. */
function sizeOf(graph: CallGraph, node: GraphNode): readonly [number, number] {
  const [padding, height] = graph.edges.length > mostLayered ? [12, 22] : [26, 30];
  return [padding + 7.4 * shownName(graph, node).length, height];
}

/** Returns the sizes of the parts of a graph, for its layout. */
export function layoutRequest(graph: CallGraph): LayoutRequest {
  const style = graph.edges.length > mostLayered ? 'grid' : 'layered';
  const groups = groupsOf(graph);
  const at = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  return {
    style,
    groups: groups.length,
    nodes: graph.nodes.map((node) => {
      const group = groups.indexOf(groupOf(node) ?? '');
      const [width, height] = sizeOf(graph, node);
      return { width, height, ...(group >= 0 && { group }) };
    }),
    edges: graph.edges.map((edge) => ({
      from: at.get(edge.from) ?? 0,
      to: at.get(edge.to) ?? 0,
      label: labelOf(graph, edge).length,
    })),
  };
}

/** Returns the graph as an SVG picture; its colours follow the reader's choice of light or dark. */
export function graphSvg(graph: CallGraph, layout: GraphLayout): string {
  const [width, all] = [layout.width + 2 * margin, layout.height + 2 * margin + noteHeight(graph)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size(width)} ${size(all)}" width="${size(width)}" height="${size(all)}" font-family="Helvetica, Arial, sans-serif" font-size="13" role="img" aria-label="${markup(`The call graph of ${graph.mesh}`)}">`,
    `<style>${graphStyle}</style>`,
    '<rect class="paper" width="100%" height="100%"/>',
    drawing(graph, layout),
    ...notesOf(graph).map(
      (note, index) =>
        `<text class="note" x="${String(margin)}" y="${size(layout.height + 2 * margin + 14 + 16 * index)}">${markup(note)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

/** The colours of the parts and edges of a picture, for light and dark. */
const graphStyle = `
svg { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --soft: #59636e; --line: #8c959f; --part: #f6f8fa; --red: #d1242f; --amber: #9a6700; --green: #1a7f37; --purple: #8250df; --blue: #0969da; }
@media (prefers-color-scheme: dark) { svg { --ink: #e6edf3; --paper: #0d1117; --soft: #9198a1; --line: #6e7681; --part: #161b22; --red: #ff7b72; --amber: #d29922; --green: #3fb950; --purple: #bc8cff; --blue: #58a6ff; } }
.paper { fill: var(--paper); }
.group rect { fill: none; stroke: var(--line); stroke-opacity: .5; stroke-dasharray: 2 3; }
.group text, .note { fill: var(--soft); }
.node rect, .node ellipse, .node path { fill: var(--part); stroke: var(--ink); }
.node text { fill: var(--ink); text-anchor: middle; dominant-baseline: central; }
.callers rect { stroke: var(--soft); stroke-dasharray: 4 3; }
.gateway rect { stroke-width: 2.5; }
.external rect, .hosts rect { stroke: var(--soft); }
.edge path { fill: none; stroke: var(--line); stroke-width: 1.3; }
.edge polygon { fill: var(--line); }
.edge text { fill: var(--soft); font-size: 11px; text-anchor: middle; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.route path { stroke-width: 2.2; stroke-dasharray: 1 4; stroke-linecap: round; }
.undeclared path { stroke: var(--red); } .undeclared polygon { fill: var(--red); }
.refused path { stroke: var(--amber); stroke-dasharray: 6 4; } .refused polygon { fill: var(--amber); }
.appears path, .widens path { stroke: var(--green); stroke-width: 2.6; } .appears polygon, .widens polygon { fill: var(--green); }
.goes path, .tightens path { stroke: var(--purple); stroke-width: 2.6; } .goes path { stroke-dasharray: 6 4; } .goes polygon, .tightens polygon { fill: var(--purple); }
.changes path, .reroutes path { stroke: var(--blue); stroke-width: 2.6; } .changes polygon, .reroutes polygon { fill: var(--blue); }
.node.appears rect { stroke: var(--green); stroke-width: 2.6; } .node.goes rect { stroke: var(--purple); stroke-dasharray: 6 4; }
.many .edge path { stroke-opacity: .25; stroke-width: 1; } .many .edge polygon { fill-opacity: .25; }
`;

/** Returns the frames, edges and parts of a picture as SVG elements, with their ids in `data-` attributes. */
function drawing(graph: CallGraph, layout: GraphLayout): string {
  const groups = groupsOf(graph);
  const names = new Map(graph.nodes.map((node) => [node.id, node]));
  const isMany = graph.edges.length > mostLayered;
  return [
    `<g${isMany ? ' class="many"' : ''} transform="translate(${String(margin)} ${String(margin)})">`,
    ...groups.map((name, index) => frame(name, layout.groups[index])),
    ...graph.edges.map((edge, index) =>
      edgeMarkup(edge, layout.edges[index] ?? [], names, {
        words: labelOf(graph, edge),
        at: layout.labels[index],
      }),
    ),
    ...graph.nodes.map((node, index) => nodeMarkup(graph, node, layout.nodes[index] ?? [0, 0])),
    '</g>',
  ].join('\n');
}

/** Returns the words beside an edge; empty in a graph of many edges. */
function labelOf(graph: CallGraph, edge: GraphEdge): string {
  return graph.edges.length > mostLabelled ? '' : splitLabel(edge);
}

function groupsOf(graph: CallGraph): readonly string[] {
  if (graph.edges.length > mostLayered) return [];
  return [...new Set(graph.nodes.flatMap((node) => groupOf(node) ?? []))];
}

function groupOf({ kind, namespace }: GraphNode): string | undefined {
  return kind === 'namespace' ? undefined : namespace;
}

function shownName(graph: CallGraph, { id, kind, name, parts }: GraphNode): string {
  if (kind === 'callers' || kind === 'hosts') return name;
  if (parts !== undefined) return `${name} (${String(parts)})`;
  return graph.edges.length > mostLayered ? id : name;
}

function frame(name: string, corners: GraphLayout['groups'][number]): string {
  if (corners === undefined) return '';
  const [[x, y], [x2, y2]] = corners;
  return `<g class="group"><rect x="${size(x)}" y="${size(y)}" width="${size(x2 - x)}" height="${size(y2 - y)}" rx="8"/><text x="${size(x + 8)}" y="${size(y + 15)}">${markup(name)}</text></g>`;
}

function nodeMarkup(graph: CallGraph, node: GraphNode, [x, y]: Point): string {
  const { id, kind, origin, change } = node;
  const name = shownName(graph, node);
  const [width, height] = sizeOf(graph, node);
  const css = ['node', kind, ...(change === undefined ? [] : [change])].join(' ');
  const title = [id, kind, ...(origin === undefined ? [] : [origin])];
  const round = kind === 'callers' ? height / 2 : kind === 'external' || kind === 'hosts' ? 0 : 6;
  return `<g class="${css}" data-id="${markup(id)}"><title>${lines(title)}</title><rect x="${size(x - width / 2)}" y="${size(y - height / 2)}" width="${size(width)}" height="${size(height)}" rx="${String(round)}"/><text x="${size(x)}" y="${size(y)}">${markup(name)}</text></g>`;
}

function edgeMarkup(
  edge: GraphEdge,
  points: readonly Point[],
  names: ReadonlyMap<string, GraphNode>,
  label: { readonly words: string; readonly at: Point | undefined },
): string {
  const { from, to, kind, state, change, edges } = edge;
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const css = ['edge', kind, state, ...(change === undefined ? [] : [change])].join(' ');
  const words = [
    `${nameOf(names, from)} → ${nameOf(names, to)}`,
    ...(state === 'allowed' ? [] : [stateWords[state]]),
    ...(change === undefined ? [] : [changeWords[change]]),
    ...edge.boxes.slice(0, mostBoxes).map((box) => `${boxWords(box, to)}  ${box.rules.join(' ')}`),
    ...(edge.boxes.length > mostBoxes ? [`and ${String(edge.boxes.length - mostBoxes)} more`] : []),
    ...(edges === undefined ? [] : [`edges: ${countWords(edge)}`]),
  ];
  const { words: beside, at = first } = label;
  const [x, y] = at;
  const text = beside === '' ? '' : `<text x="${size(x)}" y="${size(y + 4)}">${markup(beside)}</text>`;
  return `<g class="${css}" data-from="${markup(from)}" data-to="${markup(to)}"><title>${lines(words)}</title><path d="M${pair(first)}C${rest.map(pair).join(' ')}"/>${arrow(points)}${text}</g>`;
}

/** Returns an arrow head at the end of a curve. */
function arrow(points: readonly Point[]): string {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (tip === undefined || before === undefined) return '';
  const [dx, dy] = [tip[0] - before[0], tip[1] - before[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const back = (along: number, aside: number): Point => [
    tip[0] - along * ux - aside * uy,
    tip[1] - along * uy + aside * ux,
  ];
  return `<polygon points="${[tip, back(8, 3.5), back(8, -3.5)].map(pair).join(' ')}"/>`;
}

function notesOf(graph: CallGraph): readonly string[] {
  return [...graph.notes, ...graph.unproved.map(({ to, why }) => `${to}: not listed: ${why}`)].slice(0, 8);
}

function noteHeight(graph: CallGraph): number {
  const count = notesOf(graph).length;
  return count === 0 ? 0 : 10 + 16 * count;
}

/** Returns texts on a line each; a line feed in a text is escaped. */
function lines(texts: readonly string[]): string {
  return texts.map(markup).join('\n');
}

function pair([x, y]: Point): string {
  return `${size(x)},${size(y)}`;
}

function size(number: number): string {
  return String(Math.round(number * 10) / 10);
}
