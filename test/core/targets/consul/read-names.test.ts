import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';
import { importTexts } from '../../import/import-case.ts';

const manifests = `
{apiVersion: v1, kind: Service, metadata: {name: books, namespace: shop}, spec: {selector: {app: books}, ports: [{name: http, port: 80}, {name: admin, port: 81}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: stock, namespace: shop}, spec: {selector: {app: stock}, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}
---
`;

function entry(kind: string, name: string, spec: string): string {
  return `{apiVersion: consul.hashicorp.com/v1alpha1, kind: ${kind}, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}\n---\n`;
}

const http = (name: string): string => entry('ServiceDefaults', name, '{protocol: http}');
const closed = entry(
  'ServiceIntentions',
  '"*"',
  '{destination: {name: "*"}, sources: [{name: "*", action: deny}]}',
);
const call = { from: 'shop/web', to: 'shop/books' };

// Consul knows a service by its name alone: further ports of a Service are registered as NAME-PORT.
test('a name of a further port is the port, with its own intentions and routes', async () => {
  const { outcome } = await askedImport(
    'consul',
    manifests +
      closed +
      http('books') +
      http('books-admin') +
      http('stock') +
      entry(
        'ServiceIntentions',
        'books-admin',
        '{destination: {name: books-admin}, sources: [{name: web, action: allow}]}',
      ) +
      entry(
        'ServiceRouter',
        'books-admin',
        '{routes: [{match: {http: {pathExact: /x}}, destination: {service: books, serviceSubset: none}}]}',
      ),
  );
  expect(outcome({ ...call, port: 'admin' })).toBe('forwarded');
  expect(outcome({ ...call, port: 'http' })).toBe('refused');
});

test('a caller of which one name is refused is not let in', async () => {
  const intentions = (sources: string): string =>
    manifests +
    closed +
    http('books') +
    http('books-admin') +
    http('stock') +
    entry('ServiceIntentions', 'stock', `{destination: {name: stock}, sources: [${sources}]}`);
  const own = { from: 'shop/books', to: 'shop/stock' };
  const alike = await askedImport(
    'consul',
    intentions('{name: books, action: allow}, {name: books-admin, action: allow}'),
  );
  expect(alike.outcome(own)).toBe('forwarded');
  const differing = await askedImport(
    'consul',
    intentions('{name: books, action: allow}, {name: books-admin, action: deny}'),
  );
  expect(differing.outcome(own)).toBe('refused');
  expect(differing.codes).toContain('MESH7004');
});

const divided =
  manifests +
  http('books') +
  http('stock') +
  entry(
    'ServiceRouter',
    'books',
    '{routes: [{match: {http: {pathPrefix: /}}, destination: {service: shares}}]}',
  ) +
  entry('ServiceSplitter', 'shares', '{splits: [{weight: 75, service: stock}, {weight: 25, service: web}]}') +
  http('web') +
  http('shares');

async function textOf(native: string): Promise<string> {
  const { files } = await importTexts('consul', { 'mesh.yaml': native });
  return files.map(({ text }) => text).join('---\n');
}

test('a name that only divides requests of routes is no service', async () => {
  const text = await textOf(divided);
  expect(text).not.toContain('shares');
  expect(text).toContain('{service: stock, weight: 7500}, {service: web, weight: 2500}');
});

test('a name that has intentions is a service, whatever its splitter says', async () => {
  const guarded =
    divided +
    entry(
      'ServiceIntentions',
      'shares',
      '{destination: {name: shares}, sources: [{name: web, action: allow}]}',
    );
  expect(await textOf(guarded)).toContain('name: shares');
});
