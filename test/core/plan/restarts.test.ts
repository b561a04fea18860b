import { expect, test } from 'vitest';
import type { Observed } from '../../../src/core/history/observed.ts';
import { planTarget } from '../../../src/core/plan/plan-target.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import { revisionVersions } from '../../../src/core/revision/revision-files.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import { document, linked } from '../ir/linked.ts';

/** Returns a revision with two instances on one host, or with the remaining ones. */
function revision(...endpoints: readonly string[]): Revision {
  const ir = linked(
    document('Service', 'a', [
      'ports: {http: {port: 80}}',
      `endpoints: {default: [${endpoints.join(', ')}]}`,
    ]),
  );
  return {
    ir,
    artifacts: envoy.lower(ir, { version: '1.40', options: {} }),
    proxies: envoy.proxies?.(ir) ?? [],
    about: { target: 'edge', platform: 'envoy', loss: [] },
  };
}

function endpoint(port: number, name?: string): string {
  const at = (last: number): string => `"127.0.0.1:${String(port + last)}"`;
  const named = name === undefined ? '' : `name: ${name}, `;
  return `{${named}app: ${at(0)}, inbound: ${at(1)}, outbound: ${at(2)}, admin: ${at(3)}}`;
}

function restarts(before: Revision, after: Revision) {
  const observed = {
    state: { certificates: {} },
    current: { name: 'before', versions: revisionVersions(before.artifacts), snapshot: before },
    altered: [],
    foreign: [],
    material: new Set(),
  } as unknown as Observed;
  return planTarget(observed, after, new Date('2026-11-25')).restarts;
}

test('an instance that moves up in the list gets the proxy of another, and the plan says so', () => {
  expect(restarts(revision(endpoint(21_000), endpoint(22_000)), revision(endpoint(22_000)))).toEqual([
    { proxy: 'shop-a-default-0', why: 'another instance' },
    { proxy: 'shop-a-default-1', why: 'gone' },
  ]);
});

test('an instance with a name keeps its proxy', () => {
  const [a, b] = [endpoint(21_000, 'a'), endpoint(22_000, 'b')];
  expect(restarts(revision(a, b), revision(b))).toEqual([{ proxy: 'shop-a-default-a', why: 'gone' }]);
});
