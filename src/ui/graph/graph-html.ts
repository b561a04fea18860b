import type { CallGraph, GraphEdge, GraphNode } from '../../core/graph/call-graph.ts';
import type { GraphLayout } from '../../core/graph/graph-layout.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { sha256 } from '../../core/lib/sha256.ts';
import { markup } from '../markup.ts';
import { boxWords, changeWords, countWords, stateWords, summaryWords } from './edge-words.ts';
import { graphSvg } from './graph-svg.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/** The data that the script of the page reads. */
interface GraphPageData {
  readonly nodes: readonly Pick<GraphNode, 'id' | 'kind' | 'name' | 'namespace' | 'origin'>[];
  readonly edges: readonly PageEdge[];
  /** Ids of the parts in the picture. */
  readonly drawn: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

interface PageEdge extends Pick<GraphEdge, 'from' | 'to' | 'kind' | 'state' | 'change'> {
  /** Services and namespaces that `from` stands for and that send none of the requests. */
  readonly except?: readonly string[];
  /** The requests, in words, with the lines that decide. */
  readonly lines: readonly string[];
}

/**
 * Yields the graph as one page that loads nothing from elsewhere: a picture of `shown`, and the callers and callees of
 * every part of `whole`. Only the page's own script runs in it (Content Security Policy).
 */
export function* graphHtml(
  whole: CallGraph,
  shown: CallGraph,
  layout: GraphLayout,
  base?: string,
): Generator<string> {
  const title = `Call graph of ${whole.mesh}${base === undefined ? '' : `, compared with ${base}`}`;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${digest(pageScript)}'; base-uri 'none'; form-action 'none'">
<title>${markup(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${markup(title)}</h1>
<span class="soft">${markup(summaryWords(whole))}</span>
<input id="search" type="search" placeholder="Search (press /)" aria-label="Search for a part of the graph" autocomplete="off">
<span class="zoom"><button type="button" id="closer" aria-label="Zoom in">+</button> <button type="button" id="farther" aria-label="Zoom out">−</button> <button type="button" id="fit">fit</button></span>
<span class="legend">${legend(whole)}</span>
</header>
<main id="picture" tabindex="-1">
`;
  yield graphSvg(shown, layout);
  yield `</main>
<aside id="panel" aria-live="polite"></aside>
<script type="application/json" id="data">`;
  yield* dataOf(whole, shown);
  yield `</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

function legend({ edges }: CallGraph): string {
  const used = new Set<string>(edges.flatMap(({ state, change }) => [state, ...(change ? [change] : [])]));
  return Object.entries({
    allowed: 'calls',
    undeclared: stateWords.undeclared,
    refused: stateWords.refused,
    ...changeWords,
  })
    .filter(([name]) => used.has(name))
    .map(([name, words]) => `<span class="${name}"><i></i>${markup(words)}</span>`)
    .join('');
}

/** Yields the data as JSON in which no text can end the element: `<` is escaped. */
function* dataOf(whole: CallGraph, shown: CallGraph): Generator<string> {
  const { edges, ...rest } = pageData(whole, shown);
  yield `${embedded(rest).slice(0, -1)},"edges":[`;
  let separator = '\n';
  for (const edge of edges) {
    yield `${separator}${embedded(edge)}`;
    separator = ',\n';
  }
  yield ']}';
}

function pageData(whole: CallGraph, shown: CallGraph): GraphPageData {
  const folded = shown.nodes.filter(({ kind }) => kind === 'namespace');
  return {
    nodes: [...whole.nodes, ...folded].map(({ id, kind, name, namespace, origin }) => ({
      id,
      kind,
      name,
      ...(namespace !== undefined && { namespace }),
      ...(origin !== undefined && { origin }),
    })),
    edges: [...whole.edges, ...shown.edges.filter(({ edges }) => edges !== undefined)].map(pageEdge),
    drawn: shown.nodes.map(({ id }) => id),
    words: { ...stateWords, ...changeWords },
    notes: [...shown.notes, ...shown.unproved.map(({ to, why }) => `${to}: not listed: ${why}`)],
  };
}

function pageEdge(edge: GraphEdge): PageEdge {
  const { from, to, kind, state, change, boxes, edges, isCut } = edge;
  const [first, ...others] = boxes
    .filter(({ verdict }) => verdict === 'allowed')
    .map(({ except = [] }) => except);
  const except = (first ?? []).filter((one) => others.every((list) => list.includes(one)));
  const count = edges === undefined ? [] : [`edges: ${countWords(edge)}`];
  return {
    from,
    to,
    kind,
    state,
    ...(change !== undefined && { change }),
    ...(except.length > 0 && { except }),
    lines: [
      ...boxes.map((box) => `${boxWords(box, to)}  ${box.rules.join(' ')}`),
      ...count,
      ...(isCut === true ? ['and more: mesh access lists all'] : []),
    ],
  };
}

function embedded(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? escapeControl(part) : part,
  );
  // `##` could become a command of a CI system that reads the output.
  return text.replaceAll('<', '\\u003c').replaceAll('##', '#\\u0023');
}

/** Returns the SHA-256 of a text in Base64, as a Content Security Policy writes it. */
function digest(text: string): string {
  const bytes = sha256(text).match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
}
