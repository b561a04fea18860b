import { describe, expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository } from './repository.ts';

const limit = { timeout: 240_000 };

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec: {trustDomain: shop.example, targets: {local: {platform: envoy}}}
`;

const service = (name: string, more = '', namespace = 'shop'): string => `apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}${more}}
---
`;

const access = (callers: string): string => `apiVersion: mesh/v1
kind: Access
metadata: {name: payments, namespace: shop}
spec:
  service: payments
  rules:
    - allow: {from: [${callers}]}
`;

function repository(): Repository {
  return new Repository({
    'mesh.yaml': mesh,
    'services.yaml': [
      service('payments'),
      service('checkout', ', calls: [payments]'),
      service('reports', ', calls: [payments]'),
      service('other', ', calls: []'),
    ].join(''),
    'access.yaml': access('{service: checkout}, {service: other}'),
  });
}

const noColour = { env: { NO_COLOR: '1' } };

interface Printed {
  readonly edges: readonly { from: string; to: string; state: string; change?: string }[];
}

function edgesOf(out: string): readonly string[] {
  const { edges } = conforming('graph', out) as Printed;
  return edges.map(({ from, to, state, change }) => `${from} ${to} ${state} ${change ?? ''}`.trimEnd());
}

test('shows who calls what, what nobody declares and what is declared and refused', limit, () => {
  const shop = repository();
  const { code, out, error } = shop.mesh(['graph', '--format', 'json']);
  expect(code, error).toBe(0);
  expect(edgesOf(out)).toEqual([
    'shop/checkout shop/payments allowed',
    'shop/other shop/payments undeclared',
    'shop/reports shop/payments refused',
  ]);
  const text = shop.mesh(['graph'], noColour).out;
  expect(text).toContain('shop: 4 services, 3 edges, 1 allowed and not declared, 1 declared and refused');
  expect(text).toMatch(/shop\/checkout\n {2}-> shop\/payments\n {7}http .*access\.yaml:7/);
  expect(text).toContain('shop/other\n  -> shop/payments  no calls declare it');
  expect(text).toContain('shop/reports\n  -x shop/payments  declared and refused');
});

test('--service, --depth and --namespace show a part', limit, () => {
  const shop = repository();
  shop.write('far.yaml', service('probe', ', calls: [shop/checkout]', 'far'));
  const edges = (...args: readonly string[]): readonly string[] =>
    edgesOf(shop.mesh(['graph', '--format', 'json', ...args]).out).map((one) => one.replace(/ \w+$/, ''));
  const [direct, far] = ['shop/checkout shop/payments', 'far/probe shop/checkout'];
  expect(edges('--service', 'checkout')).toEqual([far, direct]);
  expect(edges('--service', 'far/probe')).toEqual([far]);
  expect(edges('--service', 'far/probe', '--depth', '2')).toEqual([far, direct]);
  expect(edges('--namespace', 'far')).toEqual([far]);
  expect(shop.mesh(['graph', '--service', 'nobody'])).toMatchObject({ code: 64 });
  expect(shop.mesh(['graph', '--namespace', 'fra'])).toMatchObject({
    code: 64,
    error: expect.stringContaining('did you mean') as unknown,
  });
  expect(shop.mesh(['graph', '--depth', '2']).code).toBe(64);
  expect(shop.mesh(['graph', '--service', 'checkout', '--depth', 'x']).code).toBe(64);
});

test('--fold shows a namespace as one part', limit, () => {
  const shop = repository();
  shop.write('far.yaml', service('probe', ', calls: [shop/checkout]', 'far'));
  const { out } = shop.mesh(['graph', '--fold', 'always'], noColour);
  expect(out).toContain('namespace far\n  -x namespace shop (1, 1 refused)  declared and refused');
  expect(out).toContain('3 edges inside namespaces are not shown');
});

test('--diff marks what a change adds, takes and leaves', limit, () => {
  const shop = repository();
  shop.committed();
  shop.write('access.yaml', access('{service: checkout}, {service: reports}'));
  const { code, out, error } = shop.mesh(['graph', '--diff', 'HEAD', '--format', 'json']);
  expect(code, error).toBe(0);
  expect(edgesOf(out)).toEqual([
    'shop/checkout shop/payments allowed',
    'shop/other shop/payments allowed goes',
    'shop/reports shop/payments allowed appears',
  ]);
  const text = shop.mesh(['graph', '--diff', 'HEAD'], noColour).out;
  expect(text).toContain('shop/other\n- -> shop/payments  gone');
  expect(text).toContain('shop/reports\n+ -> shop/payments  new');
  expect(shop.mesh(['graph', '--diff', 'nowhere']).code).not.toBe(0);
});

describe('as a picture', () => {
  test('mermaid and dot have every part and edge', limit, () => {
    const shop = repository();
    const chart = shop.mesh(['graph', '--format', 'mermaid']).out;
    expect(chart).toMatch(/^flowchart LR\n {2}subgraph g0\["shop"\]\n/);
    expect(chart).toContain('n1 -->|"no calls declare it"| n2');
    expect(chart).toContain('n3 -.->|"declared and refused"| n2');
    expect(chart).toContain('linkStyle 1 stroke:#d1242f');
    const dot = shop.mesh(['graph', '--format', 'dot']).out;
    expect(dot).toMatch(/^digraph "shop" \{\n/);
    expect(dot).toContain('"shop/reports" -> "shop/payments" [label="declared and refused", style=dashed]');
  });
});

test('a page has the picture in it, and both are the same each time', limit, () => {
  const shop = repository();
  const svg = shop.mesh(['graph', '--format', 'svg']).out;
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d/);
  expect(svg).toContain('data-from="shop/reports" data-to="shop/payments"');
  expect(shop.mesh(['graph', '--format', 'svg']).out).toBe(svg);
  const html = shop.mesh(['graph', '--format', 'html']).out;
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain(svg);
});
