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

/** An entry of the old form for callers by their tags. */
function entry(tags: string, action: string): string {
  return `{targetRef: {kind: MeshSubset, tags: {${tags}}}, default: {action: ${action}}}`;
}

test('a tag of a service beside another label lets only pods with both in', async () => {
  const tags = 'kuma.io/service: web_shop_svc_80, version: v1';
  const native = services + mesh('default') + permission('part', `{from: [${entry(tags, 'Allow')}]}`);
  const { outcome, codes } = await askedImport('kuma', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

// Kuma 2.0 and 2.1 write actions in capitals, and later releases take them.
test('actions in capitals are those of the first releases', async () => {
  const deny = entry('kuma.io/service: web_shop_svc_80', 'DENY');
  const all = '{targetRef: {kind: Mesh}, default: {action: ALLOW}}';
  const native = services + mesh('default') + permission('old', `{from: [${all}, ${deny}]}`);
  const { outcome } = await askedImport('kuma', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
  expect(outcome({ from: 'shop/books', to: 'shop/books' })).toBe('forwarded');
});

// Kuma knows callers by their services, the language by their accounts.
test('a caller whose account pods of another service have, too, is not let in', async () => {
  const shared = services.replaceAll(/serviceAccountName: \w+/g, 'serviceAccountName: default');
  const allow = entry('kuma.io/service: web_shop_svc_80', 'Allow');
  const { outcome, codes } = await askedImport(
    'kuma',
    shared + mesh('default') + permission('web', `{from: [${allow}]}`),
  );
  expect(outcome({ from: 'shop/books', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test.each([
  ['kong-mesh-system', 'refused', 'MESH7004'],
  ['nowhere', 'forwarded', 'MESH7003'],
])('a deny in the namespace %s is never dropped in silence', async (namespace, expected, code) => {
  const deny = permission('deny', `{from: [${entry('kuma.io/service: web_shop_svc_80', 'Deny')}]}`);
  const native =
    services +
    mesh('default') +
    permission('all', `{${everybody}}`) +
    deny.replace('namespace: kuma-system', `namespace: ${namespace}`);
  const { outcome, codes } = await askedImport('kuma', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe(expected);
  expect(codes).toContain(code);
});

test('without a Mesh the import says that it takes the mesh to ask for permissions', async () => {
  const { outcome, codes } = await askedImport('kuma', services + permission('all', `{${nobody}}`));
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7030');
});

function route(name: string, namespace: string, labels = ''): string {
  return `
apiVersion: kuma.io/v1alpha1
kind: MeshHTTPRoute
metadata: {name: ${name}, namespace: ${namespace}, labels: {${labels}}}
spec:
  targetRef: {kind: Mesh}
  to:
    - targetRef: {kind: MeshService, name: books, namespace: shop}
      rules:
        - matches: [{path: {type: PathPrefix, value: /}}]
          default: {filters: [{type: RequestRedirect, requestRedirect: {hostname: other.example, statusCode: 302}}]}
---
`;
}

// A policy of a namespace with `to` another one is a consumer policy: it holds for the proxies of its own namespace.
test('a route for services of another namespace holds for callers of its own namespace', async () => {
  const native =
    services + mesh('default') + permission('all', `{${everybody}}`) + route('away', 'elsewhere');
  const { outcome } = await askedImport('kuma', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('forwarded');
});

test('a route of another mesh is refused', async () => {
  const native = services + mesh('default') + route('away', 'kuma-system', 'kuma.io/mesh: second');
  expect((await askedImport('kuma', native)).codes).toContain('MESH7008');
});

test.each([
  ['{}', 'MESH7004'],
  ['{dataplane: {matchLabels: {}}}', undefined],
])('identities for the proxies of the selector %s', async (selector, code) => {
  const native = `${services}
apiVersion: kuma.io/v1alpha1
kind: MeshIdentity
metadata: {name: identity, namespace: kuma-system}
spec: {selector: ${selector}, spiffeID: {trustDomain: shop.example}}
`;
  const { codes } = await askedImport('kuma', native);
  expect(codes.find((one) => one === 'MESH7004')).toBe(code);
});

test.each([
  ['Strict', false],
  ['Permissive', true],
])('a MeshTLS of mode %s lets no caller without an identity in', async (mode, isNarrower) => {
  const native = `${services}${mesh('default')}${permission('all', `{targetRef: {kind: Mesh}, ${everybody}}`)}
apiVersion: kuma.io/v1alpha1
kind: MeshTLS
metadata: {name: all, namespace: kuma-system, labels: {kuma.io/mesh: default}}
spec: {targetRef: {kind: Mesh}, rules: [{default: {mode: ${mode}, tlsVersion: {min: TLS13}}}]}
`;
  const { outcome, codes } = await askedImport('kuma', native);
  expect(outcome({ from: 'anonymous', to: 'shop/books' })).toBe('refused');
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('forwarded');
  expect(codes).toContain('MESH7005');
  expect(codes.includes('MESH7004')).toBe(isNarrower);
});
