import { expect, test } from 'vitest';
import type { Artifact } from '../../../../src/core/targets/artifact.ts';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import { filesOf, linked } from './lowered.ts';

const ir = linked(
  `kind: Service
metadata: {name: web, namespace: shop}
spec: {calls: [app], endpoints: {default: [{name: a, outbound: "127.0.0.1:15001"}]}}
---
kind: Service
metadata: {name: app, namespace: shop}
spec:
  ports: {http: {port: 80, mtls: permissive}}
  calls: []
  endpoints: {default: ["10.0.0.7:8080"]}
---
kind: Access
metadata: {name: app, namespace: shop}
spec: {service: app, rules: [{allow: {from: [{service: web}]}}]}
`,
);
const root = '0123456789abcdef'.repeat(4);
const trust = { 't.example': 'PEM' };
const before = envoy.lower(ir, { version: '1.40', options: {}, trust });
const after = envoy.lower(ir, { version: '1.40', options: {}, trust, distrusted: root });
const resources = (all: readonly Artifact[], kind: string): readonly object[] =>
  filesOf(all)
    .filter((one) => one.kind === kind)
    .map(({ resource }) => resource as object);

test('a distrusted root changes every chain of every listener, so that Envoy drains its connections', () => {
  const chains = (all: readonly Artifact[]): readonly string[] =>
    resources(all, 'Listener').flatMap((listener) => {
      const { filter_chains: list, default_filter_chain: other } = listener as Record<string, unknown>;
      return [...(list as readonly unknown[]), ...(other === undefined ? [] : [other])].map((one) =>
        JSON.stringify(one),
      );
    });
  const [old, now] = [chains(before), chains(after)];
  expect(old.length).toBeGreaterThan(3);
  expect(now).toHaveLength(old.length);
  expect(now.filter((one) => old.includes(one))).toEqual([]);
});

test('everything that reads a bundle reads one that never held the root', () => {
  const texts = (kind: string): string => JSON.stringify(resources(after, kind));
  const name = 't.example+without-0123456789abcdef';
  expect(resources(after, 'Secret')).toMatchObject([{ name }]);
  for (const kind of ['Cluster', 'Listener']) {
    expect(texts(kind), kind).toContain(`/trust/${name}.json`);
    expect(texts(kind), kind).not.toContain('/trust/t.example.json');
  }
});
