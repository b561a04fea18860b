import type { CallGraph, GraphBox, GraphEdge, GraphShare } from '../../core/graph/call-graph.ts';
import { conditionWords, describedWords } from '../access/access-words.ts';
import { quantity } from '../quantity.ts';

/** Words for the changes of edges. */
export const changeWords: Readonly<Record<NonNullable<GraphEdge['change']>, string>> = {
  appears: 'new',
  goes: 'gone',
  widens: 'more requests',
  tightens: 'fewer requests',
  changes: 'other requests',
  reroutes: 'routed in another way',
};

/** Words for the states of edges; empty for what is allowed and declared. */
export const stateWords: Readonly<Record<GraphEdge['state'], string>> = {
  allowed: '',
  undeclared: 'no calls declare it',
  refused: 'declared and refused',
};

/** Returns the requests of a box and the way that they take, in one line. */
export function boxWords(box: GraphBox, to: string): string {
  const { port, verdict, reason, isDeclared, change } = box;
  const requests = [port, requestWords(box)].filter((part) => part !== '').join(' ');
  const notes = [
    ...(verdict === 'refused' && change === undefined ? [`refused: ${reason ?? ''}`] : []),
    ...(verdict === 'allowed' ? deliveryWords(box, to) : []),
    ...(verdict === 'allowed' && isDeclared === false ? ['not declared'] : []),
    ...(change === undefined ? [] : [change === 'rerouted' ? 'routed in another way' : change]),
  ];
  return `${requests}${notes.length === 0 ? '' : ` → ${notes.join(', ')}`}`;
}

/** Returns the method, path and other conditions of a box; empty if it has none. */
function requestWords(box: GraphBox): string {
  const { methods, paths } = box;
  const row = { ...box, to: '', ports: [] };
  return [
    ...(isAny(methods) ? [] : [describedWords(methods)]),
    ...(isAny(paths) ? [] : [`path ${describedWords(paths)}`]),
    conditionWords(row),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** Returns the receivers of a box and the terms of the way there. */
function deliveryWords(
  { backends, refusedShare, timeout = 0, tries = 1, mirrors = [], mtls, via }: GraphBox,
  to: string,
): readonly string[] {
  return [
    ...(backends === undefined ? ['answered without a service'] : splitWords(backends, to)),
    ...(refusedShare === undefined ? [] : [`${percent(refusedShare)} refused`]),
    ...(timeout === 0 ? [] : [`timeout ${milliseconds(timeout)}`]),
    ...(tries === 1 ? [] : [`${String(tries)} tries`]),
    ...mirrors.map((mirror) => `copies to ${shareWords(mirror, to)}`),
    ...(mtls === undefined ? [] : [`mTLS ${mtls}`]),
    ...(via === undefined ? [] : [`by way of ${via}`]),
  ];
}

/** Returns the words beside an edge of a chart: its number, or splits, its state and its change. */
export function chartWords(edge: GraphEdge): readonly string[] {
  const { edges, state, change } = edge;
  return [
    edges === undefined ? splitLabel(edge) : countWords(edge),
    edges === undefined ? stateWords[state] : '',
    change === undefined ? '' : changeWords[change],
  ].filter((words) => words !== '');
}

/** Returns the splits of all boxes in a few words; empty if each goes to one service as a whole. */
export function splitLabel({ boxes, to }: Pick<GraphEdge, 'boxes' | 'to'>): string {
  const splits = boxes.flatMap(({ verdict, backends = [] }) =>
    // A gateway that sends all to one service has an edge to that service.
    verdict === 'allowed' && (backends.length > 1 || backends[0]?.service === to)
      ? [splitWords(backends, to).join(', ')]
      : [],
  );
  const distinct = [...new Set(splits.filter((one) => one !== ''))];
  return distinct.length > 2 ? `${distinct[0] ?? ''}, …` : distinct.join(' or ');
}

/** Returns the receivers of requests; nothing if all go to the requested service, whichever version. */
function splitWords(backends: readonly GraphShare[], to: string): readonly string[] {
  const [first] = backends;
  const isWhole = backends.length === 1 && first?.service === to && !isNamed(first.version);
  return isWhole ? [] : [backends.map((one) => shareWords(one, to)).join(', ')];
}

function shareWords({ service, version, share }: GraphShare, to: string): string {
  const name = [...(service === to ? [] : [service]), ...(isNamed(version) ? [version] : [])].join(' ');
  return `${name === '' ? service : name}${share === 1 ? '' : ` ${percent(share)}`}`;
}

function isNamed(version: string): boolean {
  return version !== '*' && version !== 'default';
}

function percent(share: number): string {
  return `${String(Math.round(share * 10_000) / 100)} %`;
}

function milliseconds(count: number): string {
  return count % 1000 === 0 ? `${String(count / 1000)} s` : `${String(count)} ms`;
}

function isAny(described: GraphBox['methods']): boolean {
  return !('not' in described) && described[0] === '*';
}

/** Returns the number of edges that an edge of folded namespaces stands for, with those of each state. */
export function countWords({ edges }: Pick<GraphEdge, 'edges'>): string {
  if (edges === undefined) return '';
  const { allowed, undeclared, refused } = edges;
  return [
    String(allowed + undeclared + refused),
    ...(undeclared === 0 ? [] : [`${String(undeclared)} not declared`]),
    ...(refused === 0 ? [] : [`${String(refused)} refused`]),
  ].join(', ');
}

/** Returns what a graph shows in one line: the numbers of its parts and of its edges by state. */
export function summaryWords({ nodes, edges }: Pick<CallGraph, 'nodes' | 'edges'>): string {
  const count = (kind: CallGraph['nodes'][number]['kind']): number =>
    nodes.filter((node) => node.kind === kind).length;
  const states = (state: GraphEdge['state']): number =>
    edges.reduce((sum, edge) => sum + (edge.edges?.[state] ?? (edge.state === state ? 1 : 0)), 0);
  const parts = [
    [count('service'), 'service', 'services'],
    [count('gateway'), 'gateway', 'gateways'],
    [count('external'), 'External', 'Externals'],
    [count('namespace'), 'namespace', 'namespaces'],
  ] as const;
  const total = states('allowed') + states('undeclared') + states('refused');
  const changed = edges.filter(({ change }) => change !== undefined).length;
  return [
    ...parts.flatMap(([number, one, more]) => (number === 0 ? [] : [quantity(number, one, more)])),
    quantity(total, 'edge'),
    ...(states('undeclared') === 0 ? [] : [`${String(states('undeclared'))} allowed and not declared`]),
    ...(states('refused') === 0 ? [] : [`${String(states('refused'))} declared and refused`]),
    ...(changed === 0 ? [] : [`${String(changed)} changed`]),
  ].join(', ');
}
