import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const services = ['books', 'web', 'evil']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}, namespace: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
`,
  )
  .join('');

function intentions(destination: string, sources: string): string {
  return `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: {name: of-${destination === '*' ? 'all' : destination}, namespace: shop}
spec: {destination: {name: "${destination}"}, sources: [${sources}]}
---
`;
}

const open = '{name: "*", action: allow}';

// Precedence: exact destination before `*`, and below each an exact source before `*`.
test('an entry for all services that refuses a caller is an error where all others are let in', async () => {
  const all = intentions('*', `${open}, {name: evil, action: deny}`);
  expect((await askedImport('consul', services + all)).codes).toContain('MESH7003');
});

test('a caller without an entry at a service has that of all services', async () => {
  const native = services + intentions('*', open) + intentions('books', '{name: web, action: deny}');
  const { outcome } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('forwarded');
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
});

test('an entry for all callers of a service replaces that of all services', async () => {
  const native = services + intentions('*', open) + intentions('books', '{name: "*", action: deny}');
  const { outcome } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
});
