import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

function services(labels = '{}'): string {
  return `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: ${labels}}
---
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {selector: {app: reviews}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: reviews, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: reviews}}, spec: {}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: front}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: front}
spec: {selector: {}, template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
---
`;
}

const waypoint = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: way, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
`;

function policy(name: string, spec: string): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}
---
`;
}

const service = 'targetRefs: [{kind: Service, group: "", name: reviews}]';
const pods = 'selector: {matchLabels: {app: reviews}}';
const fromWeb = 'from: [{source: {principals: [cluster.local/ns/front/sa/web]}}]';
const fromWaypoint = 'from: [{source: {principals: [cluster.local/ns/shop/sa/way]}}]';
const get = 'to: [{operation: {methods: [GET]}}]';
const call = { from: 'front/web', to: 'shop/reviews' };
const ambient = '{istio.io/dataplane-mode: ambient}';

// A policy with targetRefs is enforced by a waypoint alone.
test('a policy for a waypoint that is not there is a warning, and an error beside a policy that holds', async () => {
  const open = policy('open', `${service}, rules: [{${get}}]`);
  expect((await askedImport('istio', services() + open)).codes).toContain('MESH7004');
  expect((await askedImport('istio', services() + waypoint + open)).codes).not.toContain('MESH7004');
  const closed = policy('closed', `${pods}, rules: [{${fromWaypoint}}]`);
  expect((await askedImport('istio', services() + open + closed)).codes).toContain('MESH7003');
});

test.each([
  ['{istio.io/use-waypoint: way}', true],
  ['{istio.io/use-waypoint: none}', false],
  ['{istio.io/use-waypoint: other}', false],
])('a namespace with the label %s has the waypoint: %s', async (labels, hasWaypoint) => {
  const { codes } = await askedImport(
    'istio',
    services(labels) + waypoint + policy('get', `${service}, rules: [{${get}}]`),
  );
  expect(codes.includes('MESH7004')).toBe(!hasWaypoint);
});

test('a policy at a waypoint holds for its services', async () => {
  const { outcome } = await askedImport(
    'istio',
    services() +
      waypoint +
      policy(
        'deny',
        'targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: way}], action: DENY, rules: [{to: [{operation: {methods: [DELETE]}}]}]',
      ),
  );
  expect(outcome({ ...call, method: 'DELETE' })).toBe('refused');
  expect(outcome(call)).toBe('forwarded');
});

// The pods let the waypoint in, and the waypoint lets in whom its own policies allow.
test('the account of a waypoint is no caller of its own', async () => {
  const atPods = policy('pods', `${pods}, rules: [{${fromWaypoint}}]`);
  const guarded = await askedImport(
    'istio',
    services() + waypoint + atPods + policy('web', `${service}, rules: [{${fromWeb}, ${get}}]`),
  );
  const asWaypoint = { ...call, from: 'spiffe://cluster.local/ns/shop/sa/way' };
  expect(guarded.outcome(asWaypoint)).toBe('refused');
  expect(guarded.outcome(call)).toBe('forwarded');
  expect(guarded.outcome({ ...call, method: 'POST' })).toBe('refused');
  const open = await askedImport('istio', services() + waypoint + atPods);
  expect(open.outcome(call)).toBe('forwarded');
});

// The proxy of a node sees connections: "ALLOW rules about requests never match, DENY rules always do".
test.each([
  ['ALLOW', 'refused'],
  ['DENY', 'refused'],
])('%s about requests at pods in ambient mode lets no call through', async (action, expected) => {
  const native = policy(
    'requests',
    `${pods}, action: ${action}, rules: [{to: [{operation: {methods: [${action === 'DENY' ? 'POST' : 'GET'}]}}]}]`,
  );
  expect((await askedImport('istio', services(ambient) + native)).outcome(call)).toBe(expected);
  expect((await askedImport('istio', services() + native)).outcome(call)).toBe('forwarded');
});

test('a policy about requests for a whole namespace in ambient mode lets no call through', async () => {
  const native = policy('requests', `rules: [{${get}}]`);
  expect((await askedImport('istio', services(ambient) + native)).outcome(call)).toBe('refused');
  expect((await askedImport('istio', services() + native)).outcome(call)).toBe('forwarded');
});
