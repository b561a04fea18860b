import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

function gateway(name: string, servers: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [${servers}]}
---
`;
}

function routed(name: string, gateways: string, spec: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec: {hosts: [a.example], gateways: [${gateways}], ${spec}}
---
`;
}

const http = '{port: {number: 80, name: http, protocol: HTTP}, hosts: ["a.example"]}';
const tcp = '{port: {number: 5432, name: tcp, protocol: TCP}, hosts: ["*"]}';
const db = `
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{name: tcp, port: 5432}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: db}}, spec: {}}}
---
`;

// "L7 fields on a TCP port: ALLOW never matches, DENY always does."
test.each([
  ['ALLOW', 'paths: ["/*"]', 'refused'],
  ['ALLOW', 'methods: [GET]', 'refused'],
  ['ALLOW', 'ports: ["5432"]', 'forwarded'],
  ['DENY', 'paths: ["/admin"]', 'refused'],
])('%s about %s at a TCP server', async (action, operation, expected) => {
  const { outcome } = await askedImport(
    'istio',
    `${db}${gateway('gw', `${http}, ${tcp}`)}${routed('db', 'gw', 'tcp: [{match: [{port: 5432}], route: [{destination: {host: db}}]}]')}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: gw, namespace: istio-system}
spec: {selector: {matchLabels: {istio: ingressgateway}}, action: ${action}, rules: [{to: [{operation: {${operation}}}]}]}
`,
  );
  expect(outcome({ gateway: 'shop/gw', port: 'tcp', address: '192.0.2.1' })).toBe(expected);
});

// The mesh joins the servers of all Gateways of the same pods: a request finds the Routes of both.
test('Gateways with equal servers for the same pods are one door', async () => {
  const { outcome } = await askedImport(
    'istio',
    gateway('one', http) +
      gateway('two', http) +
      routed('a', 'one', 'http: [{match: [{uri: {exact: /a}}], redirect: {authority: b.example}}]') +
      routed('b', 'two', 'http: [{match: [{uri: {exact: /b}}], redirect: {authority: b.example}}]'),
  );
  const at = (path: string) => outcome({ gateway: 'shop/one', port: 'http', host: 'a.example', path });
  expect([at('/a'), at('/b')]).toEqual(['redirected', 'redirected']);
});

test('a server that another Gateway of the same pods has with other settings is left out with a warning', async () => {
  const { outcome, codes } = await askedImport(
    'istio',
    gateway('one', http) +
      gateway('two', `${http.replace('hosts', 'tls: {httpsRedirect: true}, hosts')}, ${tcp}`) +
      routed('b', 'two', 'http: [{directResponse: {status: 418}}]'),
  );
  expect(codes).toContain('MESH7004');
  expect(outcome({ gateway: 'shop/one', port: 'http', host: 'a.example' })).toBe('unroutable');
});
