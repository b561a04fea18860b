import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const service = `
apiVersion: v1
kind: Service
metadata: {name: echo, namespace: shop}
spec: {selector: {app: echo}, ports: [{port: 9000}]}
---
`;

const gateway = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec: {gatewayClassName: any, listeners: [{name: web, port: 80, protocol: HTTP}]}
---
`;

function route(kind: string, rule: string, parent: string): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: echo, namespace: shop}
spec: {parentRefs: [${parent}], rules: [${rule}]}
`;
}

const backend = 'backendRefs: [{name: echo, port: 9000}]';
const path = `{matches: [{path: {type: PathPrefix, value: /a}}], ${backend}}`;
const call = `{matches: [{method: {service: echo.Echo, method: Ping}}], ${backend}}`;

// Many Services say no protocol; a route of requests that leads there does.
test.each([
  ['HTTPRoute', path, '/a'],
  ['GRPCRoute', call, '/echo.Echo/Ping'],
])('a %s at a gateway says that its backends take requests', async (kind, rule, asked) => {
  const { outcome } = await askedImport(
    'gateway-api',
    service + gateway + route(kind, rule, '{name: public}'),
  );
  const method = kind === 'GRPCRoute' ? 'POST' : 'GET';
  expect(outcome({ gateway: 'shop/public', host: 'a.example', path: asked, method })).toBe('forwarded');
});

test('a route of a service says that the service takes requests', async () => {
  const native = service + route('HTTPRoute', path, '{kind: Service, name: echo, group: ""}');
  const { outcome } = await askedImport('gateway-api', native);
  expect(outcome({ from: 'shop/echo', to: 'shop/echo', path: '/a' })).toBe('forwarded');
  expect(outcome({ from: 'shop/echo', to: 'shop/echo', path: '/b' })).toBe('unroutable');
});
