import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

function pods(name: string, version: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}-${version}, namespace: shop}
spec:
  selector: {}
  template: {metadata: {labels: {app: ${name}, version: ${version}}}, spec: {serviceAccountName: ${name}}}
---
`;
}

const services = ['books', 'web']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, appProtocol: http}]}
---
${pods(name, 'v1')}${pods(name, 'v2')}`,
  )
  .join('');

function mesh(name: string, mode = 'STRICT'): string {
  return `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: {name: ${name}}
spec: {mtls: {enabledBackend: ca, backends: [{name: ca, type: builtin, mode: ${mode}}]}}
---
`;
}

function permission(name: string, spec: string, of = 'default'): string {
  return `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: {name: ${name}, namespace: kuma-system, labels: {kuma.io/mesh: ${of}}}
spec: ${spec}
---
`;
}

const everybody = 'from: [{targetRef: {kind: Mesh}, default: {action: Allow}}]';
const nobody = 'from: [{targetRef: {kind: Mesh}, default: {action: Deny}}]';

test('a permission for a part of the pods of a service does not open the others', async () => {
  const native =
    services +
    mesh('default') +
    permission('v1', `{targetRef: {kind: MeshSubset, tags: {version: v1}}, ${everybody}}`);
  const { outcome, codes } = await askedImport('kuma', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('a part of the pods of a service as caller does not let in the others', async () => {
  const from = 'from: [{targetRef: {kind: MeshSubset, tags: {version: v1}}, default: {action: Allow}}]';
  const native = services + mesh('default') + permission('v1', `{targetRef: {kind: Mesh}, ${from}}`);
  const { outcome } = await askedImport('kuma', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
});

test('a deny for workloads that nobody finds is an error', async () => {
  const native =
    services +
    mesh('default') +
    permission('all', `{targetRef: {kind: Mesh}, ${everybody}}`) +
    permission('some', `{targetRef: {kind: MeshSubset, tags: {team: a}}, ${nobody}}`);
  expect((await askedImport('kuma', native)).codes).toContain('MESH7003');
});

test('a permission of another mesh lets nobody in', async () => {
  const native =
    services + mesh('default') + permission('all', `{targetRef: {kind: Mesh}, ${everybody}}`, 'other');
  const { outcome, codes } = await askedImport('kuma', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7008');
});

test('a backend that also takes callers without identity is said to become narrower', async () => {
  expect((await askedImport('kuma', services + mesh('default', 'PERMISSIVE'))).codes).toContain('MESH7004');
  expect((await askedImport('kuma', services + mesh('default'))).codes).not.toContain('MESH7004');
});
