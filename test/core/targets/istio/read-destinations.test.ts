import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const services = `
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {selector: {app: reviews}, ports: [{name: http, port: 80}, {name: tcp, port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: front}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: reviews, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: reviews}}, spec: {}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: front}
spec: {selector: {}, template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
---
`;

function virtualService(spec: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec: {hosts: [reviews], ${spec}}
---
`;
}

const call = { from: 'front/web', to: 'shop/reviews' };
const imported = (native: string) => askedImport('istio', services + native);

// A route to a host that is not in the registry has no cluster: Envoy answers 503.
test('requests of a rule to an unknown host fail and take no other rule', async () => {
  const { outcome, codes } = await imported(
    virtualService(`http: [
      {match: [{uri: {prefix: /old}}], route: [{destination: {host: gone.example.com}}]},
      {route: [{destination: {host: reviews, port: {number: 80}}}]}]`),
  );
  expect(outcome({ ...call, path: '/old/x' })).toBe('responded');
  expect(outcome({ ...call, path: '/new' })).toBe('forwarded');
  expect(codes).toContain('MESH7006');
});

test('the share of an unknown host fails and goes to no other destination', async () => {
  const { decision } = await imported(
    virtualService(
      'http: [{route: [{destination: {host: reviews, port: {number: 80}}, weight: 75}, {destination: {host: gone.example.com}, weight: 25}]}]',
    ),
  );
  expect(decision(call)).toMatchObject({
    outcome: 'forwarded',
    backends: [{ share: 0.75 }, { service: 'shop/reviews', version: 'unknown-host', share: 0.25 }],
  });
});

test('connections of a rule to an unknown host fail', async () => {
  const { outcome } = await imported(
    virtualService('tcp: [{match: [{port: 5432}], route: [{destination: {host: gone.example.com}}]}]'),
  );
  expect(outcome({ ...call, port: 'tcp' })).toBe('unroutable');
});

// "~" exports to no namespace.
test.each([
  ['"~"', 'forwarded'],
  ['"*"', 'responded'],
  ['front', 'responded'],
])('a VirtualService exported to %s decides for its proxies alone', async (exportTo, expected) => {
  const { outcome } = await imported(
    virtualService(`exportTo: [${exportTo}], http: [{directResponse: {status: 418}}]`),
  );
  expect(outcome(call)).toBe(expected);
});

test.each([
  ['"~"', 'refused'],
  ['"*"', 'forwarded'],
  ['front', 'forwarded'],
  ['shop', 'refused'],
])('an External exported to %s is open to its namespaces', async (exportTo, expected) => {
  const { outcome } = await imported(`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: pay, namespace: shop}
spec: {hosts: [pay.example], exportTo: [${exportTo}], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: istio-system}
spec: {egress: [{hosts: ["*/*"]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}
---
`);
  const asked = outcome({ from: 'front/web', host: 'pay.example' });
  expect(asked === 'forwarded').toBe(expected === 'forwarded');
});

test('a VirtualService that is not exported to the pods of a Gateway takes nothing there', async () => {
  const gateway = (exportTo: string) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["a.example"]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: a, namespace: shop}
spec: {hosts: [a.example], gateways: [gw], exportTo: [${exportTo}], http: [{redirect: {authority: b.example}}]}
`;
  const at = { gateway: 'shop/gw', port: 'http', host: 'a.example' };
  expect((await imported(gateway('istio-system'))).outcome(at)).toBe('redirected');
  expect((await imported(gateway('"."'))).outcome(at)).not.toBe('redirected');
  expect((await imported(gateway('"~"'))).outcome(at)).not.toBe('redirected');
});

// A pattern has to match the whole method (Envoy's string matcher).
test.each([
  ['GET|POST', 'POST', 'responded'],
  ['^(GET|POST)$', 'POST', 'responded'],
  ['P.*', 'POST', 'forwarded'],
  ['P.*', 'P.*', 'forwarded'],
  ['POST?', 'POST?', 'forwarded'],
])('methods by the pattern %s are words or are left out with a finding', async (regex, method, expected) => {
  const { outcome, codes } = await imported(
    virtualService(`http: [
      {match: [{method: {regex: "${regex}"}}], directResponse: {status: 418}},
      {route: [{destination: {host: reviews, port: {number: 80}}}]}]`),
  );
  expect(outcome({ ...call, method })).toBe(expected);
  expect(codes.includes('MESH7003')).toBe(expected === 'forwarded');
});
