import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../../../src/core/graph/build-graph.ts';
import type { CallGraph, GraphBox } from '../../../src/core/graph/call-graph.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import { meshes, requests } from '../../core/semantics/arbitrary.ts';
import { runCount } from '../run-count.ts';
import { denseRequests } from './dense-requests.ts';
import { mixed } from './mixed.ts';

const asked = fc.oneof(requests, { weight: 2, arbitrary: denseRequests });

type IsThere = (box: GraphBox) => boolean;
const isNow: IsThere = ({ verdict }) => verdict === 'allowed';
const wasBefore: IsThere = ({ verdict, change }) =>
  verdict === 'allowed' ? change !== 'gained' : change === 'lost';

/** Returns the pairs of services and destinations between which requests get through. */
function pairs({ edges }: CallGraph, ir: Ir, isThere: IsThere): readonly string[] {
  const services = Object.keys(ir.services);
  const found = new Set<string>();
  for (const { from, to, kind, boxes } of edges) {
    if (kind === 'route') continue;
    for (const box of boxes.filter(isThere))
      for (const id of services) if (isAmong(id, from, box.except)) found.add(`${id} ${to}`);
  }
  return [...found].sort();
}

function isAmong(id: string, from: string, except: readonly string[] = []): boolean {
  const namespace = `${id.slice(0, id.indexOf('/'))}/*`;
  if (from === id) return true;
  return (from === '*' || from === namespace) && !except.includes(id) && !except.includes(namespace);
}

test('a request of a service gets through only along an edge of the graph', () => {
  let sent = 0;
  fc.assert(
    fc.property(meshes, fc.array(asked, { minLength: 40, maxLength: 40 }), (ir, list) => {
      const graph = buildGraph(ir);
      const open = new Set(pairs(graph, ir, isNow));
      const unknown = new Set(graph.unproved.map(({ to }) => to));
      for (const request of list) {
        const { from, to } = request;
        if (from.type !== 'service' || to.type !== 'service') continue;
        if (ir.services[from.id] === undefined || unknown.has(to.id)) continue;
        if (ir.services[to.id] === undefined || request.host !== undefined) continue;
        const { outcome } = decide(ir, request);
        if (outcome === 'refused' || outcome === 'unroutable') continue;
        sent += 1;
        expect(open, `${from.id} to ${to.id}`).toContain(`${from.id} ${to.id}`);
      }
    }),
    { numRuns: runCount({ short: 40, long: 2000 }), seed: 7 },
  );
  expect(sent).toBeGreaterThan(50);
});

test('the graph of two revisions has the edges of each, and says which are new or gone', () => {
  let changed = 0;
  fc.assert(
    fc.property(meshes, meshes, fc.nat(1023), (before, other, mask) => {
      const now = mixed(before, other, mask);
      const both = buildGraph(now, before);
      const [alone, past] = [buildGraph(now), buildGraph(before)];
      if (both.unproved.length + alone.unproved.length + past.unproved.length > 0) return;
      if ([both, alone, past].some(({ edges }) => edges.some(({ isCut }) => isCut === true))) return;
      changed += both.edges.filter(({ change }) => change !== undefined).length;
      expect(pairs(both, now, isNow)).toEqual(pairs(alone, now, isNow));
      expect(pairs(both, before, wasBefore)).toEqual(pairs(past, before, isNow));
    }),
    { numRuns: runCount({ short: 25, long: 2000 }), seed: 7 },
  );
  expect(changed).toBeGreaterThan(20);
});
