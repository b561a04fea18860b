import { describe, expect, test } from 'vitest';
import { type AskedImport, askedImport } from '../../import/asked-import.ts';

const services = ['books', 'web', 'evil']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}, {name: tcp-admin, port: 9000}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
`,
  )
  .join('');

async function imported(selection: string, config: string, more = ''): Promise<AskedImport> {
  const policy = `
apiVersion: security.policy.gloo.solo.io/v2
kind: AccessPolicy
metadata: {name: p, namespace: shop}
spec: {${selection} config: ${config}}
---
`;
  return askedImport('gloo-mesh', services + policy + more);
}

const books = 'applyToDestinations: [{selector: {name: books, namespace: shop}, kind: SERVICE}],';
const web = '{serviceAccountSelector: {name: web, namespace: shop}}';
const call = (from: string, more: Readonly<Record<string, unknown>> = {}) => ({
  from: `shop/${from}`,
  to: 'shop/books',
  port: 'http',
  ...more,
});

test('a rule lets in its clients, methods and paths together', async () => {
  const { outcome } = await imported(
    books,
    `{authzList: [{allowedClients: [${web}], allowedMethods: [GET], allowedPaths: [/a*, '*.png', /c]}]}`,
  );
  expect(outcome(call('web', { path: '/ab' }))).toBe('forwarded');
  expect(outcome(call('web', { path: '/x.png' }))).toBe('forwarded');
  expect(outcome(call('web', { path: '/c/d' }))).toBe('refused');
  expect(outcome(call('web', { path: '/ab', method: 'POST' }))).toBe('refused');
  expect(outcome(call('evil', { path: '/ab' }))).toBe('refused');
  // A condition on requests fits no connection.
  expect(outcome(call('web', { port: 'tcp-admin' }))).toBe('refused');
});

test('a policy closes what it selects, and nothing else', async () => {
  const { outcome } = await imported(books, `{authzList: [{allowedClients: [${web}]}]}`);
  expect(outcome(call('evil'))).toBe('refused');
  expect(outcome({ ...call('evil'), to: 'shop/web' })).toBe('forwarded');
});

test('an entry of nothing lets nobody in', async () => {
  const { outcome } = await imported('applyToWorkloads: [{}],', '{authzList: [{}]}');
  expect(outcome(call('web'))).toBe('refused');
});

test('a dry run closes nothing', async () => {
  const { outcome } = await imported(books, `{authzList: [{allowedClients: [${web}], dryRun: true}]}`);
  expect(outcome(call('evil'))).toBe('forwarded');
});

test('addresses and labels of accounts let nobody in, with a warning', async () => {
  const { outcome, codes } = await imported(
    books,
    '{authzList: [{allowedIpBlocks: [10.0.0.0/8]}, {allowedClients: [{serviceAccountSelector: {labels: {a: b}}}]}]}',
  );
  expect(outcome(call('web'))).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('a port is closed to what its policy does not name', async () => {
  const { outcome } = await imported(
    'applyToDestinations: [{selector: {labels: {app: books}}, port: {number: 80}}],',
    `{authz: {allowedClients: [${web}]}}`,
  );
  expect(outcome(call('web'))).toBe('forwarded');
  expect(outcome(call('evil'))).toBe('refused');
});

test('a policy for services that are not there is an error', async () => {
  const { codes } = await imported('applyToDestinations: [{selector: {name: gone}}],', '{authzList: [{}]}');
  expect(codes).toContain('MESH7003');
});

test('a policy without a selection holds for all services', async () => {
  const { outcome } = await imported('', `{authzList: [{allowedClients: [${web}]}]}`);
  expect(outcome(call('evil'))).toBe('refused');
  expect(outcome({ ...call('evil'), to: 'shop/web' })).toBe('refused');
});

test("a deny of Istio's own holds beside", async () => {
  const deny = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: d, namespace: shop}
spec: {selector: {matchLabels: {app: books}}, action: DENY, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]}
---
`;
  const { outcome } = await imported(books, `{authzList: [{allowedClients: [${web}]}]}`, deny);
  expect(outcome(call('web'))).toBe('refused');
});

const elsewhere = `
apiVersion: security.policy.gloo.solo.io/v2
kind: AccessPolicy
metadata: {name: q, namespace: other}
spec: {config: {authzList: [{allowedClients: [{serviceAccountSelector: {name: evil, namespace: shop}}]}]}}
---
`;

function workspace(name: string, namespace: string): string {
  return `
apiVersion: admin.gloo.solo.io/v2
kind: Workspace
metadata: {name: ${name}, namespace: gloo-mesh}
spec: {workloadClusters: [{name: '*', namespaces: [{name: ${namespace}}]}]}
---
`;
}

// A policy without a selection holds for everything in its workspace, and accounts without a name are those of the workspace.
test('a policy holds within its own workspace', async () => {
  const workspaces = workspace('a', 'shop') + workspace('b', 'other');
  const { outcome, codes } = await imported(
    '',
    `{authzList: [{allowedClients: [${web}]}]}`,
    workspaces + elsewhere,
  );
  expect(outcome(call('web'))).toBe('forwarded');
  expect(outcome(call('evil'))).toBe('refused');
  expect(codes).toContain('MESH7003');
});

test('all accounts are those of the workspace', async () => {
  const config = '{authzList: [{allowedClients: [{serviceAccountSelector: {}}]}]}';
  const { outcome } = await imported(books, config, workspace('a', 'shop'));
  expect(outcome(call('web'))).toBe('forwarded');
  expect(outcome({ ...call('web'), from: 'spiffe://cluster.local/ns/other/sa/x' })).toBe('refused');
});

test('of two policies with a mode of TLS for one service the stricter one holds', async () => {
  const permissive = `
apiVersion: security.policy.gloo.solo.io/v2
kind: AccessPolicy
metadata: {name: q, namespace: shop}
spec: {${books} config: {authn: {tlsMode: PERMISSIVE}}}
`;
  const { outcome, codes } = await imported(books, '{authn: {tlsMode: STRICT}}', permissive);
  expect(outcome({ to: 'shop/books', port: 'http' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('rules of two tables for one host add up, the heavier table first', async () => {
  const table = (name: string, weight: number, path: string, status: number): string => `
apiVersion: networking.gloo.solo.io/v2
kind: RouteTable
metadata: {name: ${name}, namespace: shop}
spec:
  hosts: [books.shop.svc.cluster.local]
  weight: ${String(weight)}
  workloadSelectors: [{}]
  http: [{matchers: [{uri: {prefix: ${path}}}], directResponse: {status: ${String(status)}}}]
---
`;
  const { decision } = await askedImport(
    'gloo-mesh',
    services + table('one', 1, '/', 418) + table('two', 2, '/b', 419),
  );
  const status = (path: string): unknown => decision(call('web', { path }));
  expect(status('/a')).toMatchObject({ status: 418 });
  expect(status('/b')).toMatchObject({ status: 419 });
});

describe('a mode of TLS beside a PeerAuthentication', () => {
  const peer = (spec: string): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: q, namespace: shop}
spec: {${spec}}
`;
  const ofBooks = 'selector: {matchLabels: {app: books}}, ';
  const plain = { to: 'shop/books', port: 'http' };
  const asked = async (mode: string, spec: string) =>
    await imported(books, `{authn: {tlsMode: ${mode}}}`, peer(spec));

  // Of two PeerAuthentications for the same pods the older one holds, and the files say nothing of their age.
  test.each([
    ['PERMISSIVE', `${ofBooks}mtls: {mode: STRICT}`],
    ['DISABLE', `${ofBooks}mtls: {mode: STRICT}`],
    ['STRICT', `${ofBooks}mtls: {mode: PERMISSIVE}`],
    ['STRICT', `${ofBooks}portLevelMtls: {"80": {mode: PERMISSIVE}}`],
  ])('is the stricter of the two: %s beside {%s}', async (mode, spec) => {
    const { outcome, codes } = await asked(mode, spec);
    expect(outcome(plain)).toBe('refused');
    expect(codes).toContain('MESH7004');
  });

  test.each([
    ['of other pods', 'selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}'],
    ['of the namespace, before which the mode of pods goes', 'mtls: {mode: STRICT}'],
  ])('holds beside one %s', async (_what, spec) => {
    const { outcome } = await asked('PERMISSIVE', spec);
    expect(outcome(plain)).toBe('forwarded');
  });
});
