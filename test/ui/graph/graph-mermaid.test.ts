import { describe, expect, test } from 'vitest';
import { graphMermaid } from '../../../src/ui/graph/graph-mermaid.ts';
import { edge, graphOf, largeGraph, service } from './sample-graph.ts';

/** The edges of a chart, by the grammar of Mermaid's flowcharts: two ids with a link between them. */
const links = (chart: string): readonly string[] =>
  chart.split('\n').filter((line) => /^ {2}n\d+ (?:-->|-\.->|-\.-x|==>)/.test(line));

describe('limits of Mermaid', () => {
  test.each([
    ['a graph that fits', largeGraph(2, 20, 2)],
    ['many services', largeGraph(20, 250, 4)],
    ['many namespaces', largeGraph(1500, 2, 3)],
    [
      'long names that escapes lengthen',
      graphOf(
        Array.from({ length: 70 }, (_, index) => service(`shop/${'<&">'.repeat(40)}${String(index)}`)),
        [],
      ),
    ],
  ])('%s', (_name, graph) => {
    const chart = graphMermaid(graph);
    expect(chart.length).toBeLessThan(45_000);
    expect(links(chart).length).toBeLessThan(450);
  });

  test('a graph that fits is whole, and one that is folded or cut says so', () => {
    const small = largeGraph(2, 20, 2);
    expect(links(graphMermaid(small))).toHaveLength(small.edges.length);
    expect(graphMermaid(small)).not.toContain('note>');
    expect(graphMermaid(largeGraph(20, 250, 4))).toMatch(
      /note>"namespaces are folded: the graph has 5000 parts/,
    );
    expect(graphMermaid(largeGraph(1500, 2, 3))).toMatch(/edges are left out"\]/);
  });

  test('changed edges and those that want attention are left out last', () => {
    const graph = largeGraph(1500, 2, 3);
    const special = graph.edges.map((one, index) =>
      index === 8000
        ? { ...one, state: 'refused' as const }
        : index === 8500
          ? { ...one, change: 'goes' as const }
          : one,
    );
    const chart = graphMermaid({ ...graph, edges: special });
    expect(chart).toMatch(/\d, 1 refused"/);
    expect(chart).toContain('fewer requests');
  });
});

test('no name can end a label or add a line', () => {
  const name = 'a"];\nend\n%%{init: {}}%% <img src=x> `b` #quot; &amp;';
  const chart = graphMermaid(
    graphOf([service(`shop/${name}`, { name })], [edge(`shop/${name}`, `shop/${name}`)]),
  );
  const lines = chart.split('\n');
  expect(lines).toHaveLength(6);
  // Inside quotes stand only letters, digits, harmless marks, and numbers of characters.
  for (const [, text = ''] of chart.matchAll(/"([^"]*)"/g))
    expect(text.replace(/#\d+;/g, '')).toMatch(/^[\w .,:/-]*$/);
});
