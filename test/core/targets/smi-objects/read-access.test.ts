import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

function deployment(name: string, app: string, account: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: ${app}}}, spec: {serviceAccountName: ${account}}}}
---
`;
}

const native = `
apiVersion: v1
kind: Service
metadata: {name: books, namespace: shop}
spec: {selector: {app: books}, ports: [{name: http, port: 80}, {name: tcp, port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: specs.smi-spec.io/v1alpha4
kind: HTTPRouteGroup
metadata: {name: all, namespace: shop}
spec: {matches: [{name: all, pathRegex: ".*", methods: ["*"]}]}
---
apiVersion: access.smi-spec.io/v1alpha3
kind: TrafficTarget
metadata: {name: web, namespace: shop}
spec:
  destination: {kind: ServiceAccount, name: books, namespace: shop}
  rules: [{kind: HTTPRouteGroup, name: all, matches: [all]}]
  sources: [{kind: ServiceAccount, name: web, namespace: shop}]
---
${deployment('books', 'books', 'books')}${deployment('web', 'web', 'web')}`;

test.each(['', ', port: 5432'])(
  'a rule about all requests opens no port of connections (destination%s)',
  async (port) => {
    const { outcome } = await askedImport(
      'osm',
      native.replace(
        'name: books, namespace: shop}\n  rules',
        `name: books, namespace: shop${port}}\n  rules`,
      ),
    );
    expect(outcome({ from: 'shop/web', to: 'shop/books', port: 'tcp' })).toBe('refused');
    expect(outcome({ from: 'shop/web', to: 'shop/books', port: 'http' })).toBe(
      port === '' ? 'forwarded' : 'refused',
    );
  },
);

test('a service that also has pods of another account is an error', async () => {
  expect((await askedImport('osm', native)).codes).not.toContain('MESH7003');
  const { codes } = await askedImport('osm', native + deployment('books-v2', 'books', 'other'));
  expect(codes).toContain('MESH7003');
});
