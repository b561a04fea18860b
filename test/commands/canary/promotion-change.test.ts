import { expect, test } from 'vitest';
import { promotionChange } from '../../../src/commands/canary/promotion-change.ts';
import { loadMesh } from '../../../src/commands/load-mesh.ts';
import type { SpecStore } from '../../../src/ports/spec-store.ts';

const options = { today: '2026-01-01' } as unknown as Parameters<typeof promotionChange>[1];

const base = {
  'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec: {trustDomain: shop.example, targets: {cluster: {platform: istio}}}
`,
  'services.yaml': `apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 80}}
  versions:
    v1: {}
    v2: {}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: {http: {port: 80}}, versions: {v1: {}}}
`,
};

const rollout = `apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop}
spec: {service: reviews, from: v1, to: v2, steps: [5%, 100%]}
`;

const route = (rules: string, rest = '') => `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
${rules}${rest}`;

function storeOf(files: Readonly<Record<string, string>>): SpecStore {
  const names = Object.keys(files).sort();
  return {
    description: 'memory',
    list: () => Promise.resolve(names.map((file) => ({ file, size: files[file]?.length ?? 0 }))),
    read: (wanted) =>
      Promise.resolve({
        sources: wanted.map((file) => ({ file, bytes: new TextEncoder().encode(files[file]) })),
        unreadable: [],
      }),
    file: () => Promise.resolve(undefined),
    commit: () => Promise.resolve(undefined),
    isOn: () => Promise.resolve(false),
  };
}

async function changed(files: Readonly<Record<string, string>>) {
  const store = storeOf({ ...base, ...files });
  const { ir, diagnostics } = await loadMesh(store, options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message)).toEqual([]);
  const found = ir?.rollouts?.['shop/reviews-v2'];
  if (found === undefined) throw new Error('no Rollout');
  const change = await promotionChange(store, options, found);
  return change && Object.fromEntries(change.map(({ file, text }) => [file, text]));
}

test.each([
  ['one version', '    - backends: [{version: v1}]\n', '    - backends: [{version: v2}]\n'],
  [
    'both versions by weight, in one line',
    '    - backends: [{version: v1, weight: 90}, {version: v2, weight: 10}] # canary\n',
    '    - backends: [{version: v2, weight: 100}] # canary\n',
  ],
  [
    'both versions by weight, in lines',
    '    - backends:\n        - version: v1 # old\n          weight: 90\n        - version: v2\n          weight: 10\n      timeout: 2s\n',
    '    - backends:\n        - version: v2 # old\n          weight: 100\n      timeout: 2s\n',
  ],
  [
    'all versions',
    '    - backends: [{service: reviews}]\n    - backends:\n        - service: reviews\n',
    '    - backends: [{service: reviews, version: v2}]\n    - backends:\n        - version: v2\n          service: reviews\n',
  ],
  [
    'no backends',
    '    - match: [{path: {prefix: /a}}]\n      timeout: 2s\n    - {}\n',
    '    - backends: [{version: v2}]\n      match: [{path: {prefix: /a}}]\n      timeout: 2s\n    - {backends: [{version: v2}]}\n',
  ],
  [
    'an alias',
    '    - match: [{path: {prefix: /a}}]\n      backends: &all [{version: v1, weight: 1}, {version: v2, weight: 1}]\n    - backends: *all\n',
    '    - match: [{path: {prefix: /a}}]\n      backends: &all [{version: v2, weight: 2}]\n    - backends: *all\n',
  ],
  [
    'another service, a redirect and a copy',
    '    - match: [{path: {prefix: /a}}]\n      backends: [{service: web, version: v1}]\n    - match: [{path: {prefix: /b}}]\n      redirect: {path: /c}\n    - backends: [{version: v1}]\n      mirror: [{version: v1, percent: 5%}]\n',
    '    - match: [{path: {prefix: /a}}]\n      backends: [{service: web, version: v1}]\n    - match: [{path: {prefix: /b}}]\n      redirect: {path: /c}\n    - backends: [{version: v2}]\n      mirror: [{version: v2, percent: 5%}]\n',
  ],
])(
  'rules that lead to %s name the new version alone, and the file of the Rollout is removed',
  async (_, before, after) => {
    const files = { 'routes.yaml': route(before), 'rollout.yaml': rollout };
    expect(await changed(files)).toEqual({ 'routes.yaml': route(after), 'rollout.yaml': undefined });
  },
);

test('only the Rollout is removed from a file with more documents', async () => {
  const rules = route('    - backends: [{version: v1}]\n');
  const after = rules.replace('v1}]', 'v2}]');
  expect(await changed({ 'shop.yaml': `${rollout}---\n${rules}` })).toEqual({ 'shop.yaml': `---\n${after}` });
  expect(await changed({ 'shop.yaml': `# ours\n${rules}---\n${rollout}` })).toEqual({
    'shop.yaml': `# ours\n${after}`,
  });
});

test('a service without a Route gets one in place of the Rollout', async () => {
  const { 'rollout.yaml': text = '' } = (await changed({ 'rollout.yaml': rollout })) ?? {};
  expect(text).toContain('kind: Route');
  expect(text).toContain('version: v2');
  expect(text).not.toContain('kind: Rollout');
});
