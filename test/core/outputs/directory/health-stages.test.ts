import { expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { stages } from '../../../../src/core/outputs/directory/stages.ts';
import type { Revision } from '../../../../src/core/revision/revision.ts';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import { handMade } from '../../run/hand-made.ts';
import { linked, lower } from '../../targets/envoy/lowered.ts';

function revision(check: string): Revision {
  const ir = linked(`kind: Service
metadata: {name: web, namespace: shop}
spec: {endpoints: {default: [{name: a}]}}
---
kind: Service
metadata: {name: app, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: []
  endpoints: {default: ["10.0.0.7:8080"]}
${check}`);
  const base = handMade({ admin: 1, outbound: 2, clusters: {}, weights: {} });
  return { ...base, ir, artifacts: lower(ir) };
}

/** Returns the paths that proxies answer as checks, and those that callers check, at each stage. */
function asked(old: Revision, next: Revision): readonly string[] {
  const way = stages(old, next, (ir: Ir) => lower(ir), envoy.between);
  return way.map(({ name, revision: { artifacts } }) => {
    const of = (kind: string, pattern: RegExp): string => {
      const text = JSON.stringify(artifacts.filter((artifact) => artifact.kind === kind));
      return [...new Set([...text.matchAll(pattern)].map(([, path]) => path))].sort().join(' ');
    };
    const answered = of('RouteConfiguration', /"name":"path","match":\{"path":"([^"]+)"/g);
    return `${name}: answered ${answered}, asked ${of('Cluster', /"method":"GET","path":"([^"]+)"/g)}`;
  });
}

const [none, one, other] = ['', '  healthCheck: {path: /one}\n', '  healthCheck: {path: /other}\n'].map(
  revision,
);

test('proxies answer a check before callers use it, and as long as any caller uses it', () => {
  expect(asked(none!, one!)).toEqual([
    'make: answered /one, asked ',
    'switch: answered /one, asked /one',
    'break: answered /one, asked /one',
  ]);
  expect(asked(one!, other!)).toEqual([
    'make: answered /one /other, asked /one',
    'switch: answered /one /other, asked /other',
    'break: answered /other, asked /other',
  ]);
  expect(asked(one!, none!)).toEqual([
    'make: answered /one, asked /one',
    'switch: answered /one, asked ',
    'break: answered , asked ',
  ]);
});
