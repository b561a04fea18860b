import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestSender } from '../../src/adapters/request-sender.ts';
import { askLive } from '../../src/commands/suite/live/ask-live.ts';
import { livePlaces } from '../../src/commands/suite/live/live-places.ts';
import type { TestResult } from '../../src/core/suite/test-result.ts';
import { document, linked, mesh } from '../core/ir/linked.ts';
import { shop, suitesOf, suiteText } from '../core/suite/shop.ts';

/** A server in the place of the proxy of web: it answers as the mesh would, except for /wrong. */
const server = createServer((request, response) => {
  const { url = '', headers } = request;
  seen.push(`${request.method ?? ''} ${url} ${headers.host ?? ''} ${String(headers['x-user'] ?? '')}`.trim());
  if (url.startsWith('/admin')) response.writeHead(403);
  else if (url.startsWith('/old')) response.writeHead(302, { location: 'http://reviews.shop/new' });
  else response.writeHead(url.startsWith('/wrong') ? 403 : 200, { 'x-seen': '1' });
  response.end('ok');
});
const seen: string[] = [];
let address = '';

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());

async function asked(written: string): Promise<TestResult> {
  const { suites, diagnostics } = suitesOf(suiteText(written));
  expect(diagnostics).toEqual([]);
  const [one] = suites[0]?.tests ?? [];
  if (one === undefined) throw new Error('there is no test');
  return askLive(one, shop, livePlaces([`shop/web=${address}`], shop), requestSender);
}

test('sends the request as written, with the host of the service', async () => {
  seen.length = 0;
  const result = await asked(
    '{request: {method: PUT, path: "/a?b=c", headers: {x-user: tester}}, expect: forwarded}',
  );
  expect(result.state).toBe('passed');
  expect(seen).toEqual(['PUT /a?b=c reviews.shop tester']);
});

test.each([
  ['{request: /admin, expect: 403}', 'passed'],
  ['{request: /admin, expect: refused}', 'passed'],
  ['{request: /old, expect: {location: "http://reviews.shop/new"}}', 'passed'],
  ['{request: /, expect: {responseHeaders: {set: {x-seen: "1"}}}}', 'passed'],
  ['{request: /, expect: {backends: {v1: 90%, v2: 10%}}}', 'passed'],
  ['{request: /wrong, expect: forwarded}', 'failed'],
  ['{request: /, expect: 403}', 'failed'],
  ['{request: /old, expect: {location: "http://reviews.shop/other"}}', 'failed'],
  ['{request: /, expect: {responseHeaders: {set: {x-seen: "2"}}}}', 'failed'],
  ['{request: /, expect: {backends: {v1: 80%, v2: 20%}}}', 'failed'],
  ['{request: {from: shop/batch}, expect: forwarded}', 'not-compared'],
  ['{request: {claims: {iss: a}}, expect: forwarded}', 'not-compared'],
  ['{request: {from: "spiffe://shop.example/ns/a/sa/b"}, expect: 403}', 'not-compared'],
])('%s is %s', async (written, state) => {
  expect((await asked(written)).state).toBe(state);
});

test('says which fields an answer does not show', async () => {
  const { note } = await asked('{request: /, expect: {backends: {v1: 90%, v2: 10%}, tries: 1}}');
  expect(note).toBe('by the meaning of the mesh only: backends, tries');
});

test('--live tells a service from a gateway of the same name', () => {
  const ir = linked(
    mesh(),
    document('Service', 'web', ['ports: {http: {port: 80}}']),
    document('Gateway', 'web', ['listeners: {http: {port: 8080, protocol: http}}']),
    document('Gateway', 'edge', ['listeners: {http: {port: 8080, protocol: http}}']),
  );
  const keys = (...written: readonly string[]): readonly string[] => [
    ...livePlaces(
      written.map((one) => `${one}=http://127.0.0.1:1`),
      ir,
    ).keys(),
  ];
  expect(() => keys('web')).toThrow(/is a service and a gateway: write service:shop\/web=URL or gateway:/);
  expect(keys('service:web', 'gateway:shop/web', 'edge')).toEqual([
    'service:shop/web',
    'gateway:shop/web',
    'gateway:shop/edge',
  ]);
  expect(() => keys('service:edge')).toThrow(/there is no service `edge`/);
});
