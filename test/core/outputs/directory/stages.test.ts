import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyState } from '../../../../src/core/history/state.ts';
import { stages } from '../../../../src/core/outputs/directory/stages.ts';
import { wayTo } from '../../../../src/core/outputs/directory/way-to.ts';
import type { Revision } from '../../../../src/core/revision/revision.ts';
import { revisionDigest, revisionFiles } from '../../../../src/core/revision/revision-files.ts';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import { handMade } from '../../run/hand-made.ts';
import { mesh, port, service } from '../../semantics/mesh.ts';

const base = { admin: 15000, outbound: 15001, clusters: { v1: 9001 }, weights: { v1: 1 } };
const old = handMade(base);
const next = handMade({ ...base, clusters: { v2: 9002 }, weights: { v2: 1 }, listener: 'new' });

function texts({ artifacts }: Revision): Readonly<Record<string, string>> {
  return Object.fromEntries([...revisionFiles(artifacts).values()].map(({ path, text }) => [path, text]));
}

function names({ artifacts }: Revision, kind: string): readonly string[] {
  return artifacts
    .filter((one) => one.kind === kind)
    .map(({ name }) => name)
    .sort();
}

const noLowering = (): never => {
  throw new Error('access is the same: nothing has to be compiled');
};

describe('from one revision to another', () => {
  const [make, change, end] = stages(old, next, noLowering, envoy.between);

  test('make adds clusters and endpoints, and routes as before', () => {
    expect(names(make!.revision, 'Cluster')).toEqual(['v1', 'v2']);
    expect(names(make!.revision, 'ClusterLoadAssignment')).toEqual(['v1', 'v2']);
    for (const path of ['lds.json', 'rds.json']) {
      const file = `config/current/proxies/client/${path}`;
      expect(texts(make!.revision)[file]).toBe(texts(old)[file]);
    }
  });

  test('switch routes as the new revision and keeps every cluster', () => {
    expect(names(change!.revision, 'Cluster')).toEqual(['v1', 'v2']);
    for (const path of ['lds.json', 'rds.json']) {
      const file = `config/current/proxies/client/${path}`;
      expect(texts(change!.revision)[file]).toBe(texts(next)[file]);
    }
  });

  test('break is the new revision', () => {
    expect(end!.revision).toBe(next);
  });
});

test('the first revision has one stage', () => {
  expect(stages(undefined, next, noLowering, envoy.between)).toEqual([
    { name: 'make', revision: next, drained: false },
  ]);
});

test('make keeps the old cluster of a name, switch has the new one', () => {
  const moved = handMade({ ...base, clusters: { v1: 9100 } });
  const [make, change] = stages(old, moved, noLowering, envoy.between);
  const file = 'config/current/services/v1-eds.json';
  expect(texts(make!.revision)[file]).toContain('9001');
  expect(texts(change!.revision)[file]).toContain('9100');
});

test('a listener that moves to the address of another one does not appear twice', () => {
  const renamed: Revision = {
    ...next,
    artifacts: next.artifacts.map((one) =>
      one.kind === 'Listener' && one.type === 'file' ? { ...one, name: 'renamed' } : one,
    ),
  };
  const [make, change] = stages(old, renamed, noLowering, envoy.between);
  expect(names(make!.revision, 'Listener')).toEqual(['outbound']);
  expect(names(change!.revision, 'Listener')).toEqual(['renamed']);
});

const client = fc
  .record({
    clusters: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 9000, max: 9003 }), {
      minKeys: 1,
    }),
    outbound: fc.constantFrom(15001, 15002),
    listener: fc.constantFrom('x', 'y'),
  })
  .map((parts) =>
    handMade({
      ...parts,
      admin: 15000,
      weights: Object.fromEntries(Object.keys(parts.clusters).map((name) => [name, 1])),
    }),
  );

test('every way ends in exactly the new files, and no stage lacks a cluster that its routes, or those of a neighbouring stage, name', () => {
  fc.assert(
    fc.property(client, client, (from, to) => {
      const observed = {
        state: emptyState('shop.default.edge'),
        current: {
          name: '1',
          compiled: revisionDigest(from.artifacts),
          versions: new Map<string, string>(),
          snapshot: { formatVersion: '1.0', ...from },
        },
        altered: [],
        foreign: [],
        material: new Set<string>(),
      };
      const way = wayTo({ observed, next: to, lower: noLowering, target: envoy }, 1);
      const walked = [from, ...way.map(({ revision }) => revision)];
      expect(texts(walked.at(-1)!)).toEqual(texts(to));
      for (const [i, revision] of walked.entries()) {
        const clusters = new Set(names(revision, 'Cluster'));
        // Proxies may read routes before or after clusters: routes of a neighbouring step must also find their
        // clusters.
        for (const beside of walked.slice(Math.max(0, i - 1), i + 2)) {
          const routes = beside.artifacts.find(({ kind }) => kind === 'RouteConfiguration');
          for (const name of JSON.stringify(routes).matchAll(/"name":"([abcd])","weight"/g)) {
            expect(clusters, `step ${String(i)} of ${way.map((stage) => stage.name).join()}`).toContain(
              name[1],
            );
          }
        }
      }
    }),
  );
});

test.each([
  ['http', 'switch', false],
  ['tcp', 'break', true],
] as const)(
  'a change of access on a %s port ends with %s, which waits for old connections: %s',
  (protocol, name, waits) => {
    const withAccess = (closed: boolean): Revision => {
      const access = { closed, allow: [], deny: [] };
      const ports = [port('main', 9000, { protocol, service: 'shop/reviews' })];
      return handMade({ ...base, ir: mesh({ services: [service('shop/reviews', { ports, access })] }) });
    };
    const lowered = (): Revision['artifacts'] => old.artifacts;
    const last = stages(withAccess(false), withAccess(true), lowered, envoy.between).at(-1);
    expect(last).toMatchObject({ name, drained: waits });
  },
);

test('the last stage waits for connections to end exactly if a root is distrusted from now on', () => {
  const trusting = (revision: Revision, distrusted?: string): Revision => ({
    ...revision,
    trust: { bundles: {}, ...(distrusted !== undefined && { distrusted }) },
  });
  const waits = (from: Revision, to: Revision): boolean =>
    stages(from, to, noLowering, envoy.between).at(-1)!.drained;
  expect(waits(old, trusting(next, 'a'))).toBe(true);
  expect(waits(trusting(old, 'a'), trusting(next, 'b'))).toBe(true);
  expect(waits(trusting(old, 'a'), trusting(next, 'a'))).toBe(false);
  expect(waits(trusting(old), trusting(next))).toBe(false);
});
