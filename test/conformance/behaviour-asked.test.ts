import http from 'node:http';
import http2 from 'node:http2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

/** A `CheckResponse` of Envoy's ext_authz with the google.rpc status 7 (PERMISSION_DENIED). */
const denied = Buffer.from([0, 0, 0, 0, 4, 0x0a, 0x02, 0x08, 0x07]);
/** An empty `CheckResponse`: status OK. */
const allowed = Buffer.from([0, 0, 0, 0, 0]);

describe.skipIf(envoy === undefined)('external authorization on a real Envoy', () => {
  let mesh: RunningMesh;
  const asked: {
    readonly path: string;
    readonly headers: http.IncomingHttpHeaders;
    readonly body: string;
  }[] = [];
  const servers: { close: () => unknown; closeAllConnections?: () => void }[] = [];
  let silent = false;

  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('asked'), envoy ?? '');
    const app = (id: string, port: string): { host: string; port: number } => {
      const address = mesh.ir.services[id]?.versions[0]?.instances?.[0]?.app[port];
      if (!address) throw new Error(`${id} has no ${port}`);
      return address;
    };
    const judge = http.createServer((request, response) => {
      asked.push({ path: request.url ?? '', headers: request.headers, body: '' });
      const wanted = request.headers['x-echo-status'];
      if (!silent)
        response.writeHead(wanted === undefined ? 200 : Number(wanted), { 'x-judge': 'seen' }).end();
    });
    const guard = http2.createServer();
    guard.on('stream', (stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => undefined);
      stream.on('end', () => {
        const body = Buffer.concat(chunks).toString('latin1');
        asked.push({ path: 'grpc', headers: {}, body });
        if (silent) return;
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => {
          stream.sendTrailers({ 'grpc-status': '0' });
        });
        stream.end(body.includes('/deny') ? denied : allowed);
      });
    });
    servers.push(judge, guard);
    const at = { judge: app('infra/judge', 'http'), guard: app('infra/guard', 'grpc') };
    await new Promise<void>((ready) => judge.listen(at.judge.port, at.judge.host, ready));
    await new Promise<void>((ready) => guard.listen(at.guard.port, at.guard.host, ready));
  });
  beforeEach(() => {
    silent = false;
    asked.length = 0;
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
    for (const server of servers) {
      server.closeAllConnections?.();
      server.close();
    }
  });

  const api = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    from: 'shop/web',
    to: 'shop/api',
    path: '/x?y=1',
    ...more,
  });
  const files = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    from: 'shop/web',
    to: 'shop/files',
    path: '/x',
    ...more,
  });

  test('over HTTP: 200 accepts, any other status becomes 403, with the included headers', async () => {
    expect((await ask(mesh, api())).answer.status).toBe(200);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.path).toContain('/x');
    const refused = await ask(mesh, api({ headers: { 'x-echo-status': '403', 'x-other': '1' } }));
    expect(refused.answer.status).toBe(403);
    expect(refused.arrivals).toEqual([]);
    expect(asked[1]?.headers['x-echo-status']).toBe('403');
    expect(asked[1]?.headers['x-other']).toBeUndefined();
  });

  test('over gRPC: the status of the answer decides', async () => {
    expect((await ask(mesh, files({ headers: { 'x-not-included': '1' } }))).answer.status).toBe(200);
    expect(asked.map(({ body }) => body.includes('x-not-included'))).toEqual([false]);
    const refused = await ask(mesh, files({ path: '/deny' }));
    expect(refused.answer.status).toBe(403);
    expect(refused.arrivals).toEqual([]);
  });

  test('a late answer has the effect that onError says', async () => {
    silent = true;
    const [closed, open] = await Promise.all([ask(mesh, api()), ask(mesh, files())]);
    expect(closed.answer.status).toBe(403);
    expect(closed.answer.milliseconds).toBeGreaterThan(450);
    expect(open.answer.status).toBe(200);
  });

  test.each([
    ['GET', '/api/x', {}, 1],
    ['POST', '/api', {}, 1],
    ['GET', '//api/x', {}, 1],
    ['GET', '/%61pi/x', {}, 1],
    ['GET', '/x/../api', {}, 1],
    ['GET', '/api/healthz/../x', {}, 1],
    ['GET', '/other', { 'x-ask': '' }, 1],
    ['DELETE', '/api/x', {}, 0],
    ['GET', '/apis', {}, 0],
    ['GET', '/other', {}, 0],
    ['GET', '/api/healthz', {}, 0],
    ['GET', '/api/x/../healthz/y', {}, 0],
    ['GET', '/api/healthz', { 'x-ask': '1' }, 0],
  ])(
    'only requests that fit `to` and no `except` are asked about: %s %s %j',
    async (method, path, headers, times) => {
      const refused = await ask(mesh, {
        from: 'shop/web',
        to: 'shop/part',
        method,
        path,
        headers: { ...headers, 'x-echo-status': '403' },
      });
      expect(asked).toHaveLength(times);
      expect(refused.answer.status).toBe(403);
      expect(refused.arrivals).toHaveLength(times === 0 ? 1 : 0);
    },
  );

  test('the service is asked before access is checked', async () => {
    expect((await ask(mesh, api({ path: '/closed' }))).answer.status).toBe(403);
    expect(asked).toHaveLength(1);
  });
});
