import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const services = ['web', 'admin']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}
---
`,
  )
  .join('');

function gateway(allowed = ''): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec:
  gatewayClassName: x
  listeners:
    - {name: public, port: 80, protocol: HTTP${allowed}}
    - {name: private, port: 8080, protocol: HTTP${allowed}}
    - {name: inner, port: 8080, hostname: inner.example, protocol: HTTP${allowed}}
---
`;
}

function route(namespace: string, parent: string): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: admin, namespace: ${namespace}}
spec:
  hostnames: [inner.example]
  parentRefs: [{name: gw, namespace: shop, ${parent}}]
  rules: [{filters: [{type: RequestRedirect, requestRedirect: {hostname: admin.example}}]}]
---
`;
}

const at = (port: string) => ({ gateway: 'shop/gw', port, host: 'inner.example' });

test('a route of one listener holds at this one alone', async () => {
  const { outcome } = await askedImport(
    'gateway-api',
    services + gateway() + route('shop', 'sectionName: inner'),
  );
  expect(outcome(at('inner'))).toBe('redirected');
  expect(outcome(at('public'))).not.toBe('redirected');
});

test('a route of a port holds at all listeners of the port', async () => {
  const { outcome } = await askedImport('gateway-api', services + gateway() + route('shop', 'port: 8080'));
  expect(outcome(at('inner'))).toBe('redirected');
  expect(outcome(at('public'))).not.toBe('redirected');
});

// `allowedRoutes.namespaces.from` is Same unless written.
test.each([
  ['', false],
  [', allowedRoutes: {namespaces: {from: Same}}', false],
  [', allowedRoutes: {namespaces: {from: None}}', false],
  [', allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}', false],
  [
    ', allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: ops}}}}',
    true,
  ],
  [', allowedRoutes: {namespaces: {from: All}}', true],
])('a listener takes routes of other namespaces as it says: %s', async (allowed, isTaken) => {
  const { outcome } = await askedImport(
    'gateway-api',
    services + gateway(allowed) + route('ops', 'sectionName: public'),
  );
  expect(outcome(at('public')) === 'redirected').toBe(isTaken);
});
