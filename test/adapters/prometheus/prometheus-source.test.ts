import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { PrometheusSource } from '../../../src/adapters/prometheus/prometheus-source.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { countedArms } from '../../core/canary/counters/counted-arms.ts';
import { type Respond, StandIn, vector } from './stand-in.ts';

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function sourceOf(respond: Respond, environment: NodeJS.ProcessEnv = {}, path = '') {
  const standIn = new StandIn(respond);
  const source = new PrometheusSource(`${await standIn.listen()}${path}`, environment, systemClock);
  opened.push(
    () => source.close(),
    () => standIn.stop(),
  );
  return { source, standIn };
}

const answering =
  (text: string, status = 200): Respond =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(text);

/** Answers like a server that has one caller and one server of each version. */
const healthy: Respond = ({ form }, response) => {
  const query = form.get('query') ?? '';
  const version = query.includes('"v1"') ? 'v1' : 'v2';
  const body = query.startsWith('count by')
    ? vector([[{ pod: query.includes('serving') ? 's' : 'a' }, '1']])
    : query.includes('(requests{')
      ? vector([[{ pod: 'a', version, code: '200', flags: '' }, version === 'v1' ? '900' : '100']])
      : query.includes('(served{')
        ? vector([[{ pod: 's', version, code: '200' }, '100']])
        : vector([]);
  response.end(body);
};

describe('counters from a Prometheus server', () => {
  test('are read by POST, all at the moment of the first answer', async () => {
    const { source, standIn } = await sourceOf(healthy, {}, '/prefix/');
    expect(await source.read(countedArms, 30)).toEqual([
      { t: 30, arm: 'baseline', instance: 'web-1', requests: 900, errors: 0 },
      { t: 30, arm: 'candidate', instance: 'web-1', requests: 100, errors: 0 },
      { t: 30, arm: 'baseline', instance: 's', side: 'server', requests: 100, errors: 0 },
      { t: 30, arm: 'candidate', instance: 's', side: 'server', requests: 100, errors: 0 },
    ]);
    expect(new Set(standIn.received.map(({ path }) => path))).toEqual(new Set(['/prefix/api/v1/query']));
    const times = standIn.received
      .filter(({ form }) => form.get('query')?.startsWith('sum'))
      .map(({ form }) => form.get('time'));
    expect(times).toHaveLength(6);
    expect(new Set(times).size).toBe(1);
    expect(Math.abs(Number(times[0]) - Date.now() / 1000)).toBeLessThan(10);
  });

  test.each([
    [
      'an error of the server',
      answering('{"status":"error","error":"query timed out"}', 503),
      'counters',
      /timed out/,
    ],
    ['a page of a proxy in front', answering('<html>login</html>'), 'counters', /no JSON/],
    ['a refusal', answering('', 403), 'unreachable', /MESH_PROMETHEUS_TOKEN/],
    ['another address', answering('not found', 404), 'unreachable', /status 404/],
    ['a redirect', answering('', 302), 'unreachable', /status 302/],
    [
      'a partial answer',
      answering('{"status":"success","warnings":["no store"],"data":{"resultType":"vector","result":[]}}'),
      'unreachable',
      /no store/,
    ],
    ['no series', answering(vector([])), 'unreachable', /no proxy of a caller is seen/],
    [
      'a clock that differs',
      answering(vector([[{ pod: 'a' }, '1']], Date.now() / 1000 - 3600)),
      'clock',
      /differs from ours by 36\d\d s/,
    ],
    ['a caller that two jobs read', answering(vector([[{ pod: 'a' }, '2']])), 'series', /2 series up/],
    [
      'a connection that is cut',
      ((_, response) => void response.destroy()) satisfies Respond,
      'unreachable',
      /./,
    ],
    [
      'a body that is cut',
      ((_, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('{"status"');
        setTimeout(() => response.destroy(), 20);
      }) satisfies Respond,
      'unreachable',
      /./,
    ],
    [
      'an endless body',
      ((_, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(1 << 20)));
        };
        response.on('drain', more);
        response.on('error', () => undefined);
        more();
      }) satisfies Respond,
      'unreachable',
      /larger than 32 MiB/,
    ],
  ])('%s is a failed reading, and no number', async (_, respond, cause, why) => {
    const { source } = await sourceOf(respond);
    const lines = await source.read(countedArms, 1);
    expect(lines.every((line) => 'failed' in line)).toBe(true);
    expect(lines[0]).toMatchObject({ t: 1, failed: true, cause });
    expect(lines[0]).not.toHaveProperty('side');
    expect((lines[0] as { why: string }).why).toMatch(why);
  });

  test('nobody listens', async () => {
    const source = new PrometheusSource('http://127.0.0.1:9', {}, systemClock);
    expect(await source.read(countedArms, 1)).toMatchObject([{ failed: true, cause: 'unreachable' }]);
  });

  test('an aborted reading ends at once', async () => {
    const { source } = await sourceOf(() => undefined);
    const lines = await source.read(countedArms, 1, AbortSignal.timeout(50));
    expect(lines).toMatchObject([{ failed: true, cause: 'unreachable' }]);
  });

  test('a query of a custom metric gives one finite number, or the reason', async () => {
    const valueOf = async (text: string) => (await sourceOf(answering(text))).source.value('q');
    expect(await valueOf(vector([[{}, '0.25']]))).toBe(0.25);
    expect(await valueOf(vector([]))).toMatchObject({ cause: 'empty' });
    expect(await valueOf(vector([[{}, 'NaN']]))).toMatchObject({ cause: 'counters' });
    expect(
      await valueOf(
        vector([
          [{ a: '1' }, '1'],
          [{ a: '2' }, '1'],
        ]),
      ),
    ).toMatchObject({ cause: 'series' });
  });

  test('the present rate of a service that nobody has called is zero', async () => {
    const { source } = await sourceOf(answering(vector([])));
    expect(await source.rate(countedArms)).toEqual({ perSecond: 0, seconds: 300 });
  });

  test('a range of the past becomes lines from its beginning', async () => {
    const { source } = await sourceOf(({ form }, response) => {
      const query = form.get('query') ?? '';
      const values = (...numbers: readonly number[]) =>
        numbers.map((number, i) => [1000 + 10 * i, String(number)]);
      const result = query.startsWith('count by (pod) (up')
        ? [{ metric: { pod: 'a' }, values: values(1, 1) }]
        : query.includes('requests{version="v1"}')
          ? [{ metric: { pod: 'a', version: 'v1', code: '500', flags: '' }, values: values(5, 8) }]
          : [];
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }));
    });
    expect(await source.range(countedArms, { from: 1000, to: 1020, step: 10 })).toMatchObject([
      { t: 0, arm: 'baseline', requests: 5, errors: 5 },
      { t: 0, arm: 'candidate', requests: 0 },
      { t: 10, arm: 'baseline', requests: 8, errors: 8 },
      { t: 10, arm: 'candidate', requests: 0 },
      { t: 20, failed: true },
    ]);
  });
});

describe('credentials of the environment', () => {
  const headersOf = async (environment: NodeJS.ProcessEnv) => {
    const { source, standIn } = await sourceOf(healthy, environment);
    await source.value('q');
    return standIn.received[0]?.headers;
  };

  test('a token, a user, and headers of a tenant go with each query', async () => {
    expect(await headersOf({ MESH_PROMETHEUS_TOKEN: 'abc' })).toMatchObject({ authorization: 'Bearer abc' });
    expect(await headersOf({ MESH_PROMETHEUS_USER: 'u', MESH_PROMETHEUS_PASSWORD: 'p:w' })).toMatchObject({
      authorization: `Basic ${Buffer.from('u:p:w').toString('base64')}`,
    });
    expect(await headersOf({ MESH_PROMETHEUS_HEADERS: 'X-Scope-OrgID: shop\nX-Other:  a b ' })).toMatchObject(
      {
        'x-scope-orgid': 'shop',
        'x-other': 'a b',
      },
    );
  });

  test('a token comes from a file, without the line feed at its end', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-token-'));
    opened.push(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'token');
    writeFileSync(file, 'from a file\n');
    expect(await headersOf({ MESH_PROMETHEUS_TOKEN_FILE: file })).toMatchObject({
      authorization: 'Bearer from a file',
    });
  });

  test.each([
    [
      'over a network in plain text',
      'http://prometheus.example',
      { MESH_PROMETHEUS_TOKEN: 'secret' },
      /plain text/,
    ],
    [
      'of two kinds',
      'http://127.0.0.1:9',
      { MESH_PROMETHEUS_TOKEN: 'secret', MESH_PROMETHEUS_USER: 'u' },
      /unset one/,
    ],
    [
      'with a line feed',
      'http://127.0.0.1:9',
      { MESH_PROMETHEUS_TOKEN: 'secret\r\nx: y' },
      /no header can have/,
    ],
    [
      'that are no header',
      'http://127.0.0.1:9',
      { MESH_PROMETHEUS_HEADERS: 'secret' },
      /line 1 of MESH_PROMETHEUS_HEADERS/,
    ],
    [
      'in a file that is not there',
      'http://127.0.0.1:9',
      { MESH_PROMETHEUS_CA_FILE: '/nowhere' },
      /MESH_PROMETHEUS_CA_FILE.*ENOENT/,
    ],
    [
      'that are half a certificate',
      'https://127.0.0.1:9',
      { MESH_PROMETHEUS_CERT_FILE: '/dev/null/x' },
      /MESH_PROMETHEUS_CERT_FILE/,
    ],
  ])('credentials %s are refused, and not told', (_, url, environment, why) => {
    const open = () => new PrometheusSource(url, environment, systemClock);
    expect(open).toThrow(why);
    expect(open).not.toThrow(/secret/);
  });
});
