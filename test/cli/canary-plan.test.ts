import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Ran, Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

const rollout = (judge: string, more = ''): string => `apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop}
spec:
  service: reviews
  from: v1
  to: v2
  steps: [10%, 50%, 100%]
  judge: ${judge}
${more}`;

const files = (judge = '{source: scrape}', more = '') => ({
  ...shop,
  'routes.yaml': shop['routes.yaml']!.replace(', {version: v2, weight: 10}', ''),
  'rollout.yaml': rollout(judge, more),
});

const plan = (repository: Repository, ...words: readonly string[]): Ran =>
  repository.mesh(['canary', 'plan', ...words]);

test('a given rate shows the prospects without running proxies, and changes nothing', () => {
  const repository = new Repository(files()).committed();
  const { code, out: output, error } = plan(repository, '--rate', '100');
  expect(code, error).toBe(0);
  expect(output).toMatch(
    /^Rollout shop\/reviews-v2: v1 to v2 \(canary\)\n {2}target local: 3 steps compiled; a step changes at most \d+ of \d+ objects, weights and nothing else\n/,
  );
  expect(output).toContain(
    'shop/reviews: 100 requests/s (given), 0.20 % bad (assumed), by the proxies themselves',
  );
  expect(output).toContain("! the judge would be blind: the proxy shop-web-default-0 isn't running");
  expect(output).toMatch(/\n {6}10 % {4}(?:\d+ min|\d+ s)/);
  // Acceptance needs ten distinct minutes.
  expect(output).toMatch(/a healthy candidate is promoted after 1\d min/);
  expect(repository.git('status', '--porcelain')).toBe('');
});

test('the plan reports too little traffic', () => {
  const { out: output } = plan(new Repository(files()), '--rate', '0.1');
  expect(output).toContain('never');
  expect(output).toContain('a healthy candidate is not promoted before the deadline');
});

test('unreadable metrics end with 15, and the reason is printed', () => {
  const { code, out: output } = plan(new Repository(files()));
  expect(code).toBe(15);
  expect(output).toContain('rate unknown');
});

test('a Prometheus server is asked for every query once, and for the present rate', async () => {
  const queries: string[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const query = new URLSearchParams(body).get('query') ?? '';
      queries.push(query);
      const at = Date.now() / 1000;
      const result = query.startsWith('count by')
        ? [{ metric: { instance: '127.0.0.1:21000' }, value: [at, '1'] }]
        : query.startsWith('sum(rate')
          ? [{ metric: {}, value: [at, '42'] }]
          : query.startsWith('orders')
            ? [{ metric: {}, value: [at, 'NaN'] }]
            : [];
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const custom = '[{name: orders, query: "orders{version=\\"{{version}}\\"}", direction: decrease}]';
  const repository = new Repository({
    ...files(`{custom: ${custom}}`),
    'mesh.yaml': `${shop['mesh.yaml']!}  metrics: {prometheus: {url: "${url}"}}\n`,
  });
  try {
    // The server answers in this process, so the command runs in another one.
    const child = spawn(process.execPath, [bin, 'canary', 'plan', '--format', 'json'], {
      cwd: repository.root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const output = await text(child.stdout);
    expect(await ended).toEqual([15, null]);
    const [service] = (
      JSON.parse(output) as { rollouts: { targets: { services: { rate: number; blind: string[] }[] }[] }[] }
    ).rollouts[0]!.targets[0]!.services;
    expect(service).toMatchObject({ rate: 42, source: `the Prometheus server at ${url}` });
    expect(service?.blind).toEqual([
      'the query orders{version="v1"} gives NaN',
      'the query orders{version="v2"} gives NaN',
    ]);
    expect(new Set(queries).size).toBe(queries.length);
  } finally {
    server.close();
  }
});

test.each([
  [['reviews'], 64, /the mesh has no Rollout "reviews" \(known: shop\/reviews-v2\)/],
  [['--rate', '-1'], 64, /write requests a second/],
  [['--rate', '1e999'], 64, /write requests a second/],
])('%j is a usage error', (words, code, why) => {
  const ran = plan(new Repository(files()), ...words);
  expect(ran.code).toBe(code);
  expect(ran.error).toMatch(why);
});

test('a mesh without a Rollout says how to write one', () => {
  const ran = plan(new Repository(shop));
  expect(ran.code).toBe(64);
  expect(ran.error).toContain('mesh explain Rollout');
});

test.each(['plan', 'run'])(
  'canary %s refuses a rollout that an engine runs, and names the engine',
  (verb) => {
    const platform = `targets: {prod: {platform: istio, degrade: [settings.default-connections], output: {directory: out}}}\n  metrics: {prometheus: {url: "http://prometheus:9090"}}`;
    const repository = new Repository({
      'mesh.yaml': `apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec:\n  trustDomain: shop.example\n  access: allow\n  ${platform}\n`,
      'reviews.yaml':
        'apiVersion: mesh/v1\nkind: Service\nmetadata: {name: reviews, namespace: shop}\nspec:\n  ports: {http: {port: 80}}\n  versions: {v1: {}, v2: {}}\n',
      'rollout.yaml': rollout('{}', '  engine: flagger\n'),
    });
    const { code, error } = repository.mesh(['canary', verb]);
    expect(error).toContain('Rollout shop/reviews-v2 is run by Flagger');
    expect(code).toBe(4);
  },
);
