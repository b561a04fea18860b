import { describe, expect, test } from 'vitest';
import { checkWritten, importTexts } from '../../import/import-case.ts';

/** Returns the defaults of two callers and of a service that both call. */
function native(web: string, jobs: string, books: string): string {
  const callers = { web, jobs, books };
  return Object.entries(callers)
    .map(
      ([name, upstreamConfig]) => `apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: {name: ${name}, namespace: shop}
spec: {protocol: http, upstreamConfig: ${upstreamConfig}}
`,
    )
    .join('---\n');
}

async function imported(web: string, jobs = web, books = '{}') {
  const result = await importTexts('consul', { 'a.yaml': native(web, jobs, books) });
  const { ir, errors } = checkWritten(result);
  expect(errors).toEqual([]);
  const settings = ir?.services['shop/books']?.settings;
  return { books: settings, codes: result.diagnostics.map(({ code }) => code) };
}

const limited = '{overrides: [{name: books, limits: {maxConnections: 7}}]}';

// Consul keeps the limits of an upstream at each caller: https://developer.hashicorp.com/consul/docs/reference/config-entry/service-defaults
describe('limits of upstreams', () => {
  test('on which all callers agree are those of the service', async () => {
    const { books, codes } = await imported(limited, limited, limited);
    // A number that an override leaves out is Envoy's limit, whatever the defaults are.
    expect(books?.connections).toMatchObject({
      maxConnections: 7,
      maxPendingRequests: 1024,
      maxRequests: 1024,
    });
    expect(codes).not.toContain('MESH7005');
  });

  test('on which callers differ are lost', async () => {
    const { books, codes } = await imported(limited, limited.replace('7', '8'));
    expect(books?.connections.maxConnections).toBe(1024);
    expect(codes).toContain('MESH7005');
  });

  test('that one caller alone has are those of all, which is said', async () => {
    const { books, codes } = await imported(limited, '{}');
    expect(books?.connections.maxConnections).toBe(7);
    expect(codes).toContain('MESH7006');
  });

  test('of another peer are lost', async () => {
    const { books, codes } = await imported(limited.replace('name: books', 'name: books, peer: east'));
    expect(books?.connections.maxConnections).toBe(1024);
    expect(codes).toContain('MESH7005');
  });

  test.each([
    [
      '{maxFailures: 3, interval: 2s, baseEjectionTime: 1m}',
      { consecutive5xx: 3, interval: 2000, baseEjectionTime: 60_000 },
    ],
    // Without a number Envoy ejects after five failures, for half a minute, a tenth of the instances at most.
    ['{interval: 2s}', { consecutive5xx: 5, baseEjectionTime: 30_000, maxEjectionPercent: 10 }],
    ['{maxFailures: 3, enforcingConsecutive5xx: 0}', { consecutive5xx: 0 }],
  ])('eject instances by the passive check %s', async (check, expected) => {
    const { books } = await imported(`{overrides: [{name: books, passiveHealthCheck: ${check}}]}`);
    expect(books?.outlierDetection).toMatchObject(expected);
  });

  test('of all upstreams are those of the Mesh if every service has them', async () => {
    const all = '{defaults: {limits: {maxConnections: 7}}}';
    const { books } = await imported(all, all, all);
    expect(books?.connections).toMatchObject({ maxConnections: 7, maxRequests: 1024 });
    for (const others of [
      [all, '{}'],
      [all.replace('7', '8'), all],
    ]) {
      const differing = await imported(all, ...others);
      expect(differing.books?.connections.maxConnections).toBe(1024);
      expect(differing.codes).toContain('MESH7005');
    }
  });

  test('that an entry for one service leaves out are those for all', async () => {
    const all = '{defaults: {limits: {maxConnections: 7}, passiveHealthCheck: {maxFailures: 3}}';
    const own = `${all}, overrides: [{name: books, passiveHealthCheck: {enforcingConsecutive5xx: 0}}]}`;
    const { books } = await imported(own, `${all}}`, `${all}}`);
    expect(books?.connections.maxConnections).toBe(7);
    expect(books?.outlierDetection?.consecutive5xx).toBe(0);
  });
});
