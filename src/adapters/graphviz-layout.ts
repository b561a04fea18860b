import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { GraphLayout, LayoutRequest, Point } from '../core/graph/graph-layout.ts';

/** Points of Graphviz in an inch. */
const inch = 72;

/** Lays a graph out by Graphviz, compiled to WebAssembly: the machine needs no Graphviz. */
export async function graphvizLayout(graph: LayoutRequest): Promise<GraphLayout> {
  if (graph.nodes.length === 0) return { width: 0, height: 0, nodes: [], groups: [], edges: [], labels: [] };
  const graphviz = await Graphviz.load();
  const engine = graph.style === 'layered' ? 'dot' : 'osage';
  const answer = graphviz.layout(dotOf(graph), 'json', engine, { yInvert: true });
  return read(JSON.parse(answer) as Answer, graph);
}

function dotOf({ nodes, edges, groups, style }: LayoutRequest): string {
  const grouped = Array.from({ length: groups }, (): string[] => []);
  const alone: string[] = [];
  nodes.forEach(({ width, height, group }, index) => {
    const line = `n${String(index)} [width=${inches(width)}, height=${inches(height)}, sortv=${String(index)}];`;
    // A grid has no frames: Graphviz would order them by what it drew before.
    const own = group === undefined || style === 'grid' ? undefined : grouped[group];
    (own ?? alone).push(line);
  });
  const settings =
    style === 'layered'
      ? 'rankdir=LR; ranksep=1.1; nodesep=0.18;'
      : 'packmode="array_u"; pack=26; splines=line;';
  return [
    `digraph { ${settings} node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.6, fontname=Helvetica, fontsize=11];`,
    ...alone,
    ...grouped.flatMap((lines, index) =>
      lines.length === 0
        ? []
        : `subgraph cluster_${String(index)} { label="-"; fontsize=14; margin=12; ${lines.join(' ')} }`,
    ),
    ...edges.map(({ from, to, label = 0 }, index) => {
      // The words themselves stay outside: as many letters of average width keep the room for them.
      const room = label === 0 || style === 'grid' ? '' : `, label="${'o'.repeat(label)}"`;
      return `n${String(from)} -> n${String(to)} [id="e${String(index)}"${room}];`;
    }),
    '}',
  ].join('\n');
}

function inches(pixels: number): string {
  return (pixels / inch).toFixed(3);
}

interface Answer {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos?: string; readonly bb?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos?: string; readonly lp?: string }[];
}

function read({ bb, objects = [], edges: drawn = [] }: Answer, graph: LayoutRequest): GraphLayout {
  const byName = new Map(objects.map((one) => [one.name, one]));
  const byId = new Map(drawn.map((one) => [one.id, one]));
  const [start, end] = corners(bb);
  return {
    width: Math.abs(end[0] - start[0]),
    height: Math.abs(end[1] - start[1]),
    nodes: graph.nodes.map((_, index) => point(byName.get(`n${String(index)}`)?.pos ?? '0,0')),
    groups: Array.from({ length: graph.groups }, (_, index) => {
      const box = byName.get(`cluster_${String(index)}`)?.bb;
      return box === undefined ? undefined : corners(box);
    }),
    edges: graph.edges.map((_, index) => curve(byId.get(`e${String(index)}`)?.pos ?? '')),
    labels: graph.edges.map((_, index) => {
      const place = byId.get(`e${String(index)}`)?.lp;
      return place === undefined ? undefined : point(place);
    }),
  };
}

function corners(box: string): readonly [Point, Point] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box.split(',').map(Number);
  return [
    [Math.min(x1, x2), Math.min(y1, y2)],
    [Math.max(x1, x2), Math.max(y1, y2)],
  ];
}

function point(text: string): Point {
  const [x = 0, y = 0] = text.split(',').map(Number);
  return [x, y];
}

/** Reads `e,x,y x,y x,y …`: the tip of the arrow, and the points of the curve, which ends where the arrow begins. */
function curve(text: string): readonly Point[] {
  const parts = text.split(' ').filter((part) => part !== '');
  const tip = parts.find((part) => part.startsWith('e,'));
  const points = parts.filter((part) => !/^[es],/.test(part)).map(point);
  const last = points.at(-1);
  if (tip === undefined || last === undefined) return points;
  const end = point(tip.slice(2));
  return [...points.slice(0, -1), end];
}
