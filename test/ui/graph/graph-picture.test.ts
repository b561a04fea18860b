import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import type { CallGraph } from '../../../src/core/graph/call-graph.ts';
import { graphDot } from '../../../src/ui/graph/graph-dot.ts';
import { graphHtml } from '../../../src/ui/graph/graph-html.ts';
import { graphSvg, layoutRequest } from '../../../src/ui/graph/graph-svg.ts';
import { edge, graphOf, largeGraph, layoutOf, service } from './sample-graph.ts';

const html = (whole: CallGraph, shown = whole): string =>
  [...graphHtml(whole, shown, layoutOf(shown))].join('');

const hostile = "</script><script>alert(1)</script><!--\" onload='x' \u202e&";
const named = graphOf(
  [service(`shop/${hostile}`, { name: hostile, origin: `${hostile}.yaml:1` }), service('shop/web')],
  [edge('shop/web', `shop/${hostile}`)],
);

test('no name becomes markup', () => {
  const page = html(named);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  expect(page).not.toContain('<!--');
  expect(page).not.toContain('\u202e');
  const svg = graphSvg(named, layoutOf(named));
  expect(svg).not.toMatch(/<script|<!--|\u202e/);
  // No attribute but those of the picture itself.
  const tags = svg.replace(/="[^"]*"/g, '=').match(/<[^>]*>/g) ?? [];
  expect(tags.length).toBeGreaterThan(10);
  expect(tags.filter((tag) => /\son\w+=/.test(tag))).toEqual([]);
  const dot = [...graphDot(graphOf([service('shop/a', { name: 'b"]; c -> d \\N &lt;' })], []))].join('');
  expect(dot).toContain('[label="b\\"]; c -> d \\\\N &amp;lt;", shape=box]');
});

test('the page lets only its own script run, and loads nothing', () => {
  const page = html(named);
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? '';
  const digest = createHash('sha256').update(script).digest('base64');
  expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${digest}'`);
  expect(page.match(/(?:https?:)?\/\/[\w.-]+/g)).toEqual(['http://www.w3.org']);
  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval\(/);
});

test('the data of the page has every edge with its requests, lines and callers', () => {
  const box = {
    ...({
      verdict: 'allowed',
      from: ['every service'],
      port: 'http',
      methods: ['GET'],
      paths: ['*'],
    } as const),
    ...{ rules: ['access.yaml:7'], except: ['shop/b'] },
    ...{
      backends: [
        { service: 'shop/a', version: 'v1', share: 0.9 },
        { service: 'shop/a', version: 'v2', share: 0.1 },
      ],
    },
    ...{ timeout: 2000, mtls: 'strict' as const },
  };
  const graph = graphOf(
    [{ id: '*', kind: 'callers', name: 'every service' }, service('shop/a'), service('shop/b')],
    [edge('*', 'shop/a', { boxes: [box], state: 'undeclared' })],
  );
  const json = /id="data">([\s\S]*?)<\/script>/.exec(html(graph))?.[1] ?? '';
  const data = JSON.parse(json) as { edges: unknown[]; nodes: unknown[] };
  expect(data.nodes).toHaveLength(3);
  expect(data.edges).toEqual([
    {
      ...{ from: '*', to: 'shop/a', kind: 'call', state: 'undeclared', except: ['shop/b'] },
      lines: ['http GET → v1 90 %, v2 10 %, timeout 2 s, mTLS strict  access.yaml:7'],
    },
  ]);
});

test('a picture has each part and edge with its state, and frames by namespace', () => {
  const graph = graphOf(
    [service('shop/a'), service('pay/b', { change: 'appears' })],
    [edge('shop/a', 'pay/b', { state: 'refused', change: 'goes' })],
  );
  const { groups, nodes, style } = layoutRequest(graph);
  expect([groups, style, nodes.map(({ group }) => group)]).toEqual([2, 'layered', [0, 1]]);
  const svg = graphSvg(graph, layoutOf(graph));
  expect(svg).toContain('class="node service appears" data-id="pay/b"');
  expect(svg).toContain('class="edge call refused goes" data-from="shop/a" data-to="pay/b"');
  expect(svg.match(/class="node/g)).toHaveLength(2);
  const many = largeGraph(3, 10, 10);
  expect(layoutRequest(many)).toMatchObject({ groups: 0, style: 'grid' });
});
