import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

function deployment(version: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-${version}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: web, version: ${version}}}, spec: {}}}
---
`;
}

const service = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
${deployment('v1')}${deployment('v2')}`;

function mode(namespace: string, name: string, spec: string): string {
  return `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}
---
`;
}

const strict = service + mode('istio-system', 'default', 'mtls: {mode: STRICT}');
const asked = { from: 'anonymous', to: 'shop/web' };

test('the mode of the mesh refuses callers without identity', async () => {
  expect((await askedImport('istio', strict)).outcome(asked)).toBe('refused');
});

test.each([
  [
    'a selector in the namespace of the mesh selects nothing',
    mode('istio-system', 'web', 'selector: {matchLabels: {app: web}}, mtls: {mode: DISABLE}'),
  ],
  [
    'modes of ports without a selector do not hold',
    mode('shop', 'ports', 'portLevelMtls: {8080: {mode: DISABLE}}'),
  ],
  [
    'an open mode for some pods of a service does not open the others',
    mode('shop', 'v1', 'selector: {matchLabels: {version: v1}}, mtls: {mode: PERMISSIVE}'),
  ],
])('%s', async (_, more) => {
  expect((await askedImport('istio', strict + more)).outcome(asked)).toBe('refused');
});

test('an empty selector is the same as none', async () => {
  const all = mode('istio-system', 'default', 'selector: {}, mtls: {mode: STRICT}');
  expect((await askedImport('istio', service + all)).outcome(asked)).toBe('refused');
});

test('a strict mode for some pods of a service is a warning', async () => {
  const some = mode('shop', 'v1', 'selector: {matchLabels: {version: v1}}, mtls: {mode: STRICT}');
  const { outcome, codes } = await askedImport('istio', service + some);
  expect(outcome(asked)).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('an open mode for all pods of a service opens it', async () => {
  const all = mode('shop', 'web', 'selector: {matchLabels: {app: web}}, mtls: {mode: PERMISSIVE}');
  expect((await askedImport('istio', strict + all)).outcome(asked)).toBe('forwarded');
});
