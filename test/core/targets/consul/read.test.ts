import { describe, expect, test } from 'vitest';
import { parseRequest } from '../../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import { checkWritten, importCases, importTexts } from '../../import/import-case.ts';

async function irOf(name: string): Promise<Ir> {
  const found = importCases().find((one) => one.platform === 'consul' && one.name === name);
  const { ir } = checkWritten(await importTexts('consul', found?.native ?? {}));
  if (ir === undefined) throw new Error('the written mesh does not link');
  return ir;
}

function outcome(ir: Ir, data: Readonly<Record<string, unknown>>) {
  const read = parseRequest(data, ir);
  if ('problem' in read) throw new Error(read.problem);
  return decide(ir, read.request);
}

// Derived from the intentions of the case by the rules of Consul: the entry for a caller replaces the entry for all, and the
// first permission that fits decides.
describe('imported intentions', async () => {
  const ir = await irOf('access');
  const status = (from: string, method: string, path: string, to = 'shop/books'): number | string => {
    const result = outcome(ir, { from, to, method, path });
    return result.outcome === 'refused' ? result.status : result.outcome;
  };

  test.each([
    ['a caller with an allow may send everything', 'shop/web', 'POST', '/any', 'forwarded'],
    ['a caller with a deny may send nothing, whatever all others may', 'shop/spy', 'GET', '/healthz', 403],
    [
      'a caller with permissions has only these, and not those of all others',
      'shop/jobs',
      'GET',
      '/healthz',
      403,
    ],
    ['a prefix takes no shorter path', 'shop/jobs', 'GET', '/book', 403],
    ['a prefix takes what begins so', 'shop/jobs', 'GET', '/books2', 'forwarded'],
    ['a permission that denies comes before one that allows', 'shop/jobs', 'GET', '/books/secret', 403],
    ['another method is refused', 'shop/jobs', 'POST', '/books/a', 403],
    ['a permission that needs a token lets nobody in', 'shop/jobs', 'GET', '/token', 403],
    ['all others have the entry for all', 'spiffe://cluster.local/ns/x/sa/y', 'GET', '/healthz', 'forwarded'],
    ['all others have nothing else', 'spiffe://cluster.local/ns/x/sa/y', 'GET', '/books', 403],
  ])('%s', (_, from, method, path, expected) => {
    expect(status(from, method, path)).toBe(expected);
  });

  test('a caller that the spec can not name makes the entry for all others void, never wider', () => {
    expect(status('spiffe://cluster.local/ns/x/sa/y', 'GET', '/', 'shop/jobs')).toBe(403);
    expect(status('shop/web', 'GET', '/', 'shop/jobs')).toBe('forwarded');
  });

  test('a service without intentions is closed', () => {
    expect(status('shop/web', 'GET', '/', 'shop/spy')).toBe(403);
  });
});

describe('imported routes', async () => {
  const ir = await irOf('routes');
  const open = {
    ...ir,
    services: Object.fromEntries(
      Object.entries(ir.services).map(([id, one]) => [
        id,
        { ...one, access: { closed: false, allow: [], deny: [] } },
      ]),
    ),
  };
  const ask = (path: string, more: Readonly<Record<string, unknown>> = {}) =>
    outcome(open, { from: 'shop/shelf', to: 'shop/books', path, ...more });

  test('a route exchanges what it names, by characters', () => {
    expect(ask('/v12/a', { query: 'q=a', headers: { 'x-user': 'a' } })).toMatchObject({
      rewritten: { path: '/2/a?q=a' },
      backends: [{ version: 'v1', share: 1 }],
      timeout: 2000,
      tries: 4,
    });
  });

  test('the rest is divided by the splitter, in hundredths of a percent', () => {
    expect(ask('/v1')).toMatchObject({
      backends: [
        { version: 'v1', share: 0.9999 },
        { version: 'v2', share: 0.0001 },
      ],
      timeout: 15_000,
      tries: 1,
    });
  });

  test('a route to another service has its own time, or none', () => {
    expect(ask('/shelf')).toMatchObject({ backends: [{ service: 'shop/shelf' }], timeout: 0 });
  });

  test('a path whose case does not count is one', () => {
    expect(ask('/OLD')).toMatchObject({ rewritten: { path: '/OLD' } });
  });
});
