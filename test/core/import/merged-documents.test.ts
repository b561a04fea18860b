import { expect, test } from 'vitest';
import { askedImport } from './asked-import.ts';
import { nativeService } from './native-service.ts';

const services = ['books', 'web', 'evil'].map((name) => nativeService(name)).join('');

const deny = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: books, namespace: shop}
spec:
  action: DENY
  selector: {matchLabels: {app: books}}
  rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/evil]}}]}]
---
`;

const allow = {
  'gloo-mesh': `
apiVersion: security.policy.gloo.solo.io/v2
kind: AccessPolicy
metadata: {name: books, namespace: shop}
spec:
  applyToDestinations: [{selector: {name: books, namespace: shop}}]
  config: {authzList: [{allowedClients: [{serviceAccountSelector: {namespace: shop}}]}]}
`,
  tsb: `
apiVersion: security.tsb.tetrate.io/v2
kind: ServiceSecuritySetting
metadata: {name: books, namespace: shop}
spec: {service: shop/books.shop.svc.cluster.local, settings: {authorization: {mode: NAMESPACE}}}
`,
} as const;

test.each(Object.entries(allow))(
  'a deny of Istio holds beside an allow of %s for the same service',
  async (platform, native) => {
    const { outcome } = await askedImport(platform, services + deny + native);
    expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
    expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('forwarded');
  },
);

test('two objects that say where calls to one service go are an error', async () => {
  const route = (name: string, path: string): string => `
apiVersion: traffic.tsb.tetrate.io/v2
kind: ServiceRoute
metadata: {name: ${name}, namespace: shop}
spec:
  service: shop/books.shop.svc.cluster.local
  httpRoutes: [{name: r, match: [{name: m, uri: {prefix: ${path}}}], destination: [{destinationHost: web.shop.svc.cluster.local}]}]
---
`;
  const { codes } = await askedImport('tsb', services + route('one', '/a') + route('two', '/b'));
  expect(codes).toContain('MESH7011');
});
