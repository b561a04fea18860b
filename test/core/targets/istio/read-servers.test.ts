import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

function native(hosts: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
    - {port: {number: 80, name: http, protocol: HTTP}, hosts: [${hosts}]}
    - {port: {number: 8080, name: ops, protocol: HTTP}, hosts: ["ops/a.example"]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: a, namespace: shop}
spec: {hosts: [a.example], gateways: [gw], http: [{redirect: {authority: b.example}}]}
`;
}

// `NAMESPACE/HOST` of a server limits the VirtualServices that bind to it; a dot is the namespace of the Gateway.
test.each([
  ['a.example', true],
  ['"*/a.example"', true],
  ['"./a.example"', true],
  ['"shop/*"', true],
  ['"ops/a.example"', false],
  ['"shop/a.example", "ops/b.example"', false],
])('a server takes the VirtualServices that its hosts %s name', async (hosts, isTaken) => {
  const { outcome } = await askedImport('istio', native(hosts));
  const at = (port: string) => outcome({ gateway: 'shop/gw', port, host: 'a.example' });
  expect(at('http') === 'redirected').toBe(isTaken);
  expect(at('ops')).not.toBe('redirected');
});
