import { createHmac } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import type { Arrival } from './harness/echo.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];
const web = 'spiffe://attacks.example/ns/shop/sa/web';
const tool = 'spiffe://attacks.example/ns/ops/sa/tool';

interface Said {
  readonly status: number;
  readonly answer: string;
  readonly arrivals: readonly Arrival[];
}

/**
 * Attacks that aren't requests for `decide`: bytes that aren't valid requests, callers that bypass their proxy,
 * applications that lie.
 */
describe.skipIf(envoy === undefined)('attacks', () => {
  let mesh: RunningMesh;
  let counted = 0;
  beforeAll(async () => {
    const found = meshCases().find(({ name }) => name === 'attacks');
    if (found === undefined) throw new Error('fixtures/cases/attacks is gone');
    mesh = await RunningMesh.start(found, envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
  });

  const at = (machine: number, port: number): net.NetConnectOpts => ({
    host: `${mesh.network}30.${String(machine)}`,
    port,
  });
  const outbound = (): net.NetConnectOpts => at(1, 15001);

  /** Sends a request head unchanged after a first line, with an id by which the echoes record it. */
  async function say(
    where: net.NetConnectOpts,
    first: string,
    lines: readonly string[],
    identity?: string,
  ): Promise<Said> {
    counted += 1;
    const id = `attack-${String(counted)}`;
    const head = [first, ...lines, `x-test-id: ${id}`, 'connection: close', '', ''].join('\r\n');
    const pair = identity === undefined ? undefined : await mesh.certificateOf(identity);
    const answer = await talk(where, head, pair);
    return {
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0),
      answer,
      arrivals: mesh.echoes.arrivals(id),
    };
  }

  const get = (path: string, host: string, ...lines: string[]): [string, string[]] => [
    `GET ${path} HTTP/1.1`,
    [`Host: ${host}`, ...lines],
  ];

  test.each([
    ['two lengths', ['Host: api.shop', 'Content-Length: 1', 'Content-Length: 2']],
    ['a length and chunks', ['Host: api.shop', 'Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['an unknown transfer coding', ['Host: api.shop', 'Transfer-Encoding: xchunked']],
    ['a space before the colon', ['Host: api.shop', 'x-block : yes']],
    ['NUL in a value', ['Host: api.shop', 'x-a: b\0c']],
    ['no Host', []],
    ['two Hosts', ['Host: api.shop', 'Host: store.shop']],
    ['a Host with a path', ['Host: api.shop/x']],
  ])('bytes that proxies may read in two ways are not forwarded: %s', async (_what, lines) => {
    const { status, arrivals } = await say(outbound(), 'POST /a HTTP/1.1', lines);
    expect([400, 404, 501]).toContain(status);
    expect(arrivals).toEqual([]);
  });

  test('the target of an absolute request line chooses the service, and Host does not', async () => {
    const { arrivals } = await say(outbound(), ...get('http://api.shop/a', 'store.shop'));
    expect(arrivals.map(({ service, host }) => [service, host])).toEqual([['shop/api', 'api.shop']]);
  });

  test.each(['CONNECT api.shop:80 HTTP/1.1', 'OPTIONS * HTTP/1.1', 'GET * HTTP/1.1'])(
    '%s reaches nobody',
    async (first) => {
      const { status, arrivals } = await say(outbound(), first, ['Host: api.shop']);
      expect([400, 404]).toContain(status);
      expect(arrivals).toEqual([]);
    },
  );

  test('a line that is broken inside a value does not become another header', async () => {
    const { arrivals } = await say(outbound(), ...get('/a', 'api.shop', 'x-a: b\rx-admin: yes'));
    expect(arrivals.flatMap(({ headers }) => headers).filter(([name]) => name === 'x-admin')).toEqual([]);
  });

  test('headers that proxies write are not accepted from callers', async () => {
    const forged = [
      `x-forwarded-client-cert: URI=${tool}`,
      'x-envoy-original-path: /a',
      'x-envoy-upstream-rq-timeout-ms: 1',
      'x-envoy-max-retries: 9',
    ];
    const inside = await say(outbound(), ...get('/a', 'api.shop', ...forged));
    const outside = await say(
      at(10, 8080),
      ...get('/a', 'one.example', ...forged, `x-meshwright-client: ${tool}`),
    );
    for (const { status, arrivals } of [inside, outside]) {
      expect(status).toBe(200);
      const names = arrivals.flatMap(({ headers }) => headers.map(([name]) => name));
      expect(names.filter((name) => /^x-envoy-|^x-meshwright-|client-cert/.test(name))).toEqual([]);
    }
  });

  test.each([[`x-meshwright-client: ${tool}`], ['connection: x-meshwright-client']])(
    'a header does not identify a client at a gateway: %s',
    async (line) => {
      expect((await say(at(10, 8080), ...get('/me', 'one.example', line))).answer).toMatch(/nobody$/);
    },
  );

  test.each(['connect-failure', 'refused-stream'])(
    'an application cannot report a failure to connect: %s',
    async (failure) => {
      const lie = `x-echo-header: x-meshwright-failure: ${failure}`;
      const { status, arrivals, answer } = await say(outbound(), ...get('/retried', 'api.shop', lie));
      expect([status, arrivals.length]).toEqual([200, 1]);
      expect(answer).not.toContain('x-meshwright-failure');
    },
  );

  test('an application can not prevent a retry of its answer', async () => {
    const lines = ['x-echo-header: x-envoy-ratelimited: true', 'x-echo-status: 503'];
    expect((await say(outbound(), ...get('/retried', 'api.shop', ...lines))).arrivals).toHaveLength(3);
  });

  test('headers that come from claims are not accepted from callers, in any spelling', async () => {
    const { status, arrivals } = await say(
      at(4, 15006),
      ...get('/open', 'store.shop', 'x-sub: root', 'x_sub: root', 'X_Sub: root', 'x-subs: kept'),
    );
    expect(status).toBe(200);
    expect(arrivals[0]?.headers.filter(([name]) => /^x.sub/.test(name))).toEqual([['x-subs', 'kept']]);
  });

  test.each(['bearer abc', 'BEARER abc', 'Bearer abc', 'Basic x, bearer abc'])(
    'a bad token is refused in any spelling of its scheme: %s',
    async (value) => {
      const { status, arrivals } = await say(
        at(4, 15006),
        ...get('/open', 'store.shop', `authorization: ${value}`),
      );
      expect([status, arrivals]).toEqual([401, []]);
    },
  );

  test('a value that only resembles the scheme of tokens is no token', async () => {
    expect(
      (await say(at(4, 15006), ...get('/open', 'store.shop', 'authorization: Basic YmVhcmVy'))).status,
    ).toBe(200);
  });

  const claims = { iss: 'https://staff.example', aud: 'api', role: 'admin', sub: 'me', exp: 4_000_000_000 };
  const key = Buffer.from('dGhlIGtleSBvZiB0aGUgc3RhZmYsIDMyIGJ5dGVzICE', 'base64url');
  const token = (header: object, payload: object): string => {
    const text = [header, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };

  test('a good token is accepted', async () => {
    expect(
      (
        await say(
          at(4, 15006),
          ...get('/token', 'store.shop', `authorization: Bearer ${token({ alg: 'HS256' }, claims)}`),
        )
      ).status,
    ).toBe(200);
  });

  test.each([
    ['alg none', token({ alg: 'none' }, claims).replace(/[^.]*$/, '')],
    ['alg none with a signature', token({ alg: 'none' }, claims)],
    ['an algorithm for another type of key', token({ alg: 'RS256' }, claims)],
    ['another kid', token({ alg: 'HS256', kid: 'x' }, claims)],
    ['expired', token({ alg: 'HS256' }, { ...claims, exp: 1_500_000_000 })],
    ['not yet valid', token({ alg: 'HS256' }, { ...claims, nbf: 3_900_000_000 })],
    ['no issuer', token({ alg: 'HS256' }, { ...claims, iss: undefined })],
    ['another issuer', token({ alg: 'HS256' }, { ...claims, iss: 'x' })],
    ['another audience', token({ alg: 'HS256' }, { ...claims, aud: 'x' })],
    ['no audience', token({ alg: 'HS256' }, { ...claims, aud: undefined })],
  ])('a token is refused: %s', async (_what, bad) => {
    const { status, arrivals } = await say(
      at(4, 15006),
      ...get('/token', 'store.shop', `authorization: Bearer ${bad}`),
    );
    expect([status, arrivals]).toEqual([401, []]);
  });

  test('a caller at the egress gateway that bypasses its proxy reaches only the hosts that it may call', async () => {
    const status = async (host: string, identity?: string): Promise<number> =>
      (await say(at(11, 18080), ...get('/a', host, `x-meshwright-client: ${tool}`), identity)).status;
    expect(await status('guarded.example')).toBe(404);
    expect(await status('free.example')).toBe(404);
    expect(await status('guarded.example', web)).toBe(404);
    expect(await status('guarded.example', 'spiffe://partner.example/ns/ops/sa/tool')).toBe(404);
    expect(await status('guarded.example', tool)).toBe(200);
    expect(await status('free.example', web)).toBe(200);
  });

  test('nor on a port that is not HTTP', async () => {
    const greeted = async (identity?: string): Promise<boolean> => {
      const pair = identity === undefined ? undefined : await mesh.certificateOf(identity);
      return (await talk(at(11, 16379), 'hello', pair, 1500)).includes('shop/cache');
    };
    expect([await greeted(), await greeted(web), await greeted(tool)]).toEqual([false, false, true]);
  });

  test('a host that is resolved by DNS is called on the port of its External', async () => {
    const server = http.createServer((_request, response) => response.end('outside'));
    await new Promise<void>((ready) => server.listen(28080, '127.0.0.1', ready));
    try {
      expect((await say(outbound(), ...get('/', 'a.localhost'))).answer).toContain('outside');
      expect((await say(outbound(), ...get('/', 'a.localhost:28080'))).answer).toContain('outside');
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  test('gateways do not wait for a handshake that never comes', { timeout: 30_000 }, async () => {
    expect(await talk(at(10, 8443), '', undefined, 20_000)).toBe('closed');
  });
});

/**
 * Returns the answer of a server to these bytes, up to its close or silence; `closed` if it closes without an answer.
 */
function talk(
  where: net.NetConnectOpts,
  text: string,
  pair?: { cert: string; key: string },
  patience = 10_000,
): Promise<string> {
  return new Promise((resolve) => {
    const socket =
      pair === undefined ? net.connect(where) : tls.connect({ ...where, ...pair, rejectUnauthorized: false });
    let received = '';
    const finish = (otherwise: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received === '' ? otherwise : received);
    };
    const timer = setTimeout(finish, patience, 'silent');
    socket.on('error', () => {
      finish('closed');
    });
    socket.on('end', () => {
      finish('closed');
    });
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1');
    });
    socket.on(pair === undefined ? 'connect' : 'secureConnect', () => {
      if (text !== '') socket.write(text, 'latin1');
    });
  });
}
