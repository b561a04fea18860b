import { describe, expect, test } from 'vitest';
import { graphvizLayout } from '../../src/adapters/graphviz-layout.ts';
import type { LayoutRequest } from '../../src/core/graph/graph-layout.ts';

const size = { width: 80, height: 30 };
const request: LayoutRequest = {
  nodes: [{ ...size, group: 0 }, { ...size, group: 1 }, size],
  edges: [
    { from: 0, to: 1 },
    { from: 2, to: 1 },
    { from: 0, to: 1 },
  ],
  groups: 2,
  style: 'layered',
};

describe.each(['layered', 'grid'] as const)('%s', (style) => {
  const laidOut = graphvizLayout({ ...request, style });

  test('no two parts overlap, and all lie inside the picture', async () => {
    const { nodes, width, height } = await laidOut;
    nodes.forEach(([x, y], index) => {
      expect(x - size.width / 2).toBeGreaterThanOrEqual(-1);
      expect(x + size.width / 2).toBeLessThanOrEqual(width + 1);
      expect(y - size.height / 2).toBeGreaterThanOrEqual(-1);
      expect(y + size.height / 2).toBeLessThanOrEqual(height + 1);
      for (const [x2, y2] of nodes.slice(index + 1))
        expect(Math.abs(x - x2) >= size.width || Math.abs(y - y2) >= size.height).toBe(true);
    });
  });

  test('each edge begins and ends at its parts', async () => {
    const { nodes, edges } = await laidOut;
    expect(edges).toHaveLength(3);
    request.edges.forEach(({ from, to }, index) => {
      const points = edges[index] ?? [];
      expect(points.length % 3).toBe(1);
      for (const [point, node] of [
        [points[0], nodes[from]],
        [points.at(-1), nodes[to]],
      ] as const) {
        expect(Math.abs((point?.[0] ?? 0) - (node?.[0] ?? 0))).toBeLessThanOrEqual(size.width / 2 + 2);
        expect(Math.abs((point?.[1] ?? 0) - (node?.[1] ?? 0))).toBeLessThanOrEqual(size.height / 2 + 2);
      }
    });
  });

  test('the same graph has the same layout', async () => {
    expect(await graphvizLayout({ ...request, style })).toEqual(await laidOut);
  });
});

test('callees stand to the right of their callers, inside the frames of their groups', async () => {
  const { nodes, groups } = await graphvizLayout(request);
  const [caller = [0, 0], callee = [0, 0]] = nodes;
  expect(callee[0]).toBeGreaterThan(caller[0] + size.width);
  const [from = [0, 0], to = [0, 0]] = groups[0] ?? [];
  expect(from[0]).toBeLessThan(caller[0] - size.width / 2);
  expect(to[1]).toBeGreaterThan(caller[1] + size.height / 2);
});
