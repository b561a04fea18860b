import type { CallGraph, GraphEdge, GraphNode } from '../../core/graph/call-graph.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';
import { boxWords, changeWords, countWords, stateWords, summaryWords } from './edge-words.ts';

/** The most requests of an edge that the text shows. */
const mostBoxes = 3;

/** Yields the graph for people: each caller with its edges. */
export function* graphText(graph: CallGraph, colours: Palette): Generator<string> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const served = new Set(
    graph.edges.flatMap(({ from, to, state }) => (state === 'refused' ? [] : [`${from} ${to}`])),
  );
  yield `${colours.strong(escapeControl(graph.mesh))}: ${summaryWords(graph)}\n`;
  let caller = '';
  for (const edge of graph.edges) {
    if (edge.from !== caller) yield `\n${colours.strong(escapeControl(nameOf(nodes, edge.from)))}\n`;
    caller = edge.from;
    for (const line of edgeLines(edge, { nodes, served }, colours)) yield `${line}\n`;
  }
  const { unproved, notes } = graph;
  if (unproved.length + notes.length > 0) yield '\n';
  for (const { to, why } of unproved)
    yield `${colours.warning('?')} ${escapeControl(`${to}: not listed: ${why}`)}\n`;
  for (const note of notes) yield `${colours.faint(escapeControl(note))}\n`;
}

/** Returns the name of a part: its id, or words if it stands for callers or hosts. */
export function nameOf(nodes: ReadonlyMap<string, GraphNode>, id: string): string {
  const node = nodes.get(id);
  if (node === undefined) return id;
  if (node.kind === 'namespace') return `namespace ${node.name}`;
  return node.kind === 'callers' || node.kind === 'hosts' ? node.name : id;
}

interface Shown {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** The ends of the edges whose requests get through, as `from to`. */
  readonly served: ReadonlySet<string>;
}

function edgeLines(
  edge: GraphEdge,
  { nodes, served }: Shown,
  { added, removed, changed, warning, error, place, faint }: Palette,
): readonly string[] {
  const { to, kind, state, change, boxes, edges, isCut } = edge;
  const marks = {
    appears: added('+'),
    goes: removed('-'),
    widens: added('>'),
    tightens: changed('<'),
    changes: changed('~'),
    reroutes: changed('~'),
  };
  const words = [
    ...(change === undefined ? [] : [changeWords[change]]),
    ...(state === 'allowed'
      ? []
      : [state === 'undeclared' ? error(stateWords.undeclared) : warning(stateWords.refused)]),
  ];
  const arrow = state === 'refused' ? '-x' : kind === 'route' ? '=>' : '->';
  const mark = change === undefined ? ' ' : marks[change];
  const count = edges === undefined ? '' : ` (${countWords(edge)})`;
  const head = `${mark} ${arrow} ${escapeControl(nameOf(nodes, to))}${count}`;
  const shown = boxes.slice(0, mostBoxes).map((box) => {
    const left = (box.except ?? []).filter((one) => !served.has(`${one} ${to}`));
    const except = left.length === 0 ? '' : `; not ${listed(left)}`;
    return `       ${escapeControl(boxWords(box, to) + except)}  ${place(box.rules.map(escapeControl).join(' '))}`;
  });
  const more = boxes.length - shown.length;
  const rest = isCut === true ? `${String(more)} and more` : `${String(more)} more`;
  return [
    `${head}${words.length === 0 ? '' : `  ${words.join(', ')}`}`,
    ...shown.map((line) => line.trimEnd()),
    ...(more > 0 ? [faint(`       … and ${rest} (--format json has all)`)] : []),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${String(names.length - 5)} more` : shown;
}
