import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository } from './repository.ts';

const limit = { timeout: 240_000 };

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec: {trustDomain: shop.example, targets: {local: {platform: envoy}}}
`;

const service = (name: string, more = ''): string => `apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {ports: {http: {port: 80}}${more}}
---
`;

const access = `apiVersion: mesh/v1
kind: Access
metadata: {name: payments, namespace: shop}
spec:
  service: payments
  rules:
    - allow: {from: [{service: checkout}], to: [{methods: [POST], paths: [{prefix: /charge}]}]}
    - allow: {from: [{service: reports}], to: [{methods: [GET]}]}
    - deny: {from: [{anyone: true}], to: [{paths: [{exact: /charge/internal}]}]}
`;

function repository(): Repository {
  return new Repository({
    'mesh.yaml': mesh,
    'services.yaml': [
      service('payments'),
      service('checkout', ', calls: [{service: payments, methods: [POST], paths: [{exact: /charge}]}]'),
      service('reports', ', calls: []'),
      service('other'),
    ].join(''),
    'access.yaml': access,
  });
}

test('lists who can call what, with the lines that allow it', limit, () => {
  const { code, out, error } = repository().mesh(['access', '--to', 'shop/payments', '--format', 'json']);
  expect(code, error).toBe(0);
  expect(conforming('access', out)).toEqual([
    {
      from: ['shop/checkout'],
      to: 'shop/payments',
      ports: ['http'],
      methods: ['POST'],
      paths: { in: ['prefix /charge'], not: ['exact /charge/internal'] },
      rules: expect.arrayContaining(['access.yaml:7']) as unknown,
    },
    {
      from: ['shop/reports'],
      to: 'shop/payments',
      ports: ['http'],
      methods: ['GET'],
      paths: { not: ['exact /charge/internal'] },
      rules: expect.arrayContaining(['access.yaml:8']) as unknown,
    },
  ]);
});

test('--from limits the callers, and a caller that gets nowhere has an empty list', limit, () => {
  const shop = repository();
  const one = shop.mesh(['access', '--from', 'shop/reports', '--to', 'shop/payments']);
  expect(one.out).toContain('shop/reports  GET; path other than exact /charge/internal');
  expect(one.out).not.toContain('checkout');
  expect(shop.mesh(['access', '--from', 'shop/other']).out).toBe('No request gets through.\n');
  expect(shop.mesh(['access', '--from', 'nobody']).code).toBe(64);
  expect(shop.mesh(['access', '--to', 'nobody']).error).toContain('there is no service, External or gateway');
});

test('--unused-calls leaves out what `calls` declare', limit, () => {
  const { out } = repository().mesh(['access', '--unused-calls', '--format', 'json']);
  const rows = conforming('access', out) as { from: string[]; methods: unknown; paths: unknown }[];
  // checkout declares /charge alone; reports declares no calls at all.
  expect(rows.map(({ from }) => from)).toEqual([['shop/checkout'], ['shop/reports']]);
  expect(rows[0]).toMatchObject({
    methods: ['POST'],
    paths: { in: ['prefix /charge'], not: ['exact /charge', 'exact /charge/internal'] },
  });
});

test('as a table for spreadsheets and as a page', limit, () => {
  const shop = repository();
  const csv = shop.mesh(['access', '--format', 'csv']).out.split('\n');
  expect(csv[0]).toBe('from,to,ports,methods,paths,conditions,rules,unproved');
  expect(csv[1]).toMatch(/^"shop\/checkout","shop\/payments","http","POST",/);
  const html = shop.mesh(['access', '--format', 'html']).out;
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain('<td>shop/reports</td>');
  expect(html).not.toContain('<script');
});

test(
  'answers again from what an earlier run kept, and not from a file that was written by hand',
  limit,
  () => {
    const repo = repository();
    repo.write('many.yaml', Array.from({ length: 900 }, (_, i) => service(`s${String(i)}`)).join(''));
    const cache = path.join(repo.root, '.cache');
    const asked = (): string => {
      const { code, out, error } = repo.mesh(['access', '--format', 'json'], {
        env: { MESHWRIGHT_CACHE: cache },
      });
      expect(code, error).toBe(0);
      return out;
    };
    const first = asked();
    const results = path.join(cache, 'results');
    const entry = readdirSync(results)
      .map((name) => path.join(results, name))
      .find((file) => readFileSync(file, 'utf8').includes('"rows":'));
    if (entry === undefined) throw new Error('nothing was kept');
    const kept = readFileSync(entry, 'utf8');
    expect(asked()).toBe(first);
    writeFileSync(entry, kept.replaceAll('shop/checkout', 'shop/intruder'));
    expect(asked()).toBe(first);
    expect(readFileSync(entry, 'utf8')).toBe(kept);
  },
);
