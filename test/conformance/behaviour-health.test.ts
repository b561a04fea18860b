import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ask, askOften, instances } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import type { EchoPlace } from './harness/echo.ts';
import { RunningMesh } from './harness/running-mesh.ts';
import { greet, send } from './harness/send.ts';

const envoy = process.env['ENVOY'];

/** The checks of the case come every 500 ms; three failures remove an instance, two passes bring it back. */
const interval = 500;
/** Milliseconds of five checks. */
const several = 5 * interval;

/** Waits until an answer is the expected one, since the time of checks also depends on the machine. */
async function becomes<T>(answer: () => Promise<T>, expected: T): Promise<void> {
  await vi.waitFor(async () => expect(await answer()).toEqual(expected), { timeout: 25_000, interval: 200 });
}

describe.skipIf(envoy === undefined)('checks of health on a real Envoy', { timeout: 90_000 }, () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('checked'), envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
  });

  const to = (service: string, path = '/open'): Record<string, unknown> => ({
    from: 'shop/web',
    to: `shop/${service}`,
    path,
    ...(service === 'guarded' && { port: 'http' }),
  });
  const rpc = { ...to('rpc', '/a.B/C'), method: 'POST', headers: { 'content-type': 'application/grpc' } };
  const reached = async (data: Record<string, unknown>, times = 24): Promise<readonly string[]> =>
    Object.keys(instances(await askOften(mesh, data, times))).sort();
  const two = (service: string): readonly string[] => [
    `shop-${service}-default-0`,
    `shop-${service}-default-1`,
  ];
  const placeOf = (service: string, instance: string, port: string, protocol: string): EchoPlace => {
    const address = mesh.ir.services[`shop/${service}`]?.versions[0]?.instances?.find(
      ({ id }) => id === instance,
    )?.app[port];
    if (address === undefined) throw new Error(`${instance} has no ${port}`);
    return { service: `shop/${service}`, version: 'default', port, instance, protocol, address };
  };

  test('an instance that fails its checks gets no calls until it passes again', async () => {
    const [well = '', sick = ''] = two('guarded');
    expect(await reached(to('guarded'))).toEqual([well, sick]);
    mesh.echoes.answerChecks(sick, 500);
    await becomes(() => reached(to('guarded')), [well]);
    mesh.echoes.answerChecks(sick);
    await becomes(() => reached(to('guarded')), [well, sick]);
  });

  test('fewer failures than `unhealthy` do not remove an instance, and neither do redirects', async () => {
    const [, sick = ''] = two('guarded');
    mesh.echoes.answerChecks(sick, 500, 500, 302);
    const seen: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      seen.push(...(await reached(to('guarded'))).filter((instance) => instance === sick));
      await sleep(interval);
    }
    mesh.echoes.answerChecks(sick);
    expect(seen).toHaveLength(6);
  });

  test('the check of one port counts for all ports of an instance', async () => {
    const [well = '', sick = ''] = two('guarded');
    mesh.echoes.answerChecks(sick, 503);
    await becomes(() => greeted('guarded'), [well]);
    mesh.echoes.answerChecks(sick);
    await becomes(() => greeted('guarded'), [well, sick]);
  });

  test('checks are not counted by a limit, which would refuse them', async () => {
    expect((await ask(mesh, to('counted'))).answer.status).toBe(200);
    await sleep(several);
    expect((await ask(mesh, to('counted'))).answer.status).toBe(429);
  });

  test('without a healthy instance calls fail with 503', async () => {
    for (const instance of two('guarded')) mesh.echoes.answerChecks(instance, 500);
    await becomes(async () => (await ask(mesh, to('guarded'))).answer.status, 503);
    for (const instance of two('guarded')) mesh.echoes.answerChecks(instance);
    await becomes(async () => (await ask(mesh, to('guarded'))).answer.status, 200);
  });

  test('a gRPC server that says that it is not serving is removed at once', async () => {
    const [well = '', sick = ''] = two('rpc');
    expect(await reached(rpc)).toEqual([well, sick]);
    mesh.echoes.answerChecks(sick, 500);
    await becomes(() => reached(rpc), [well]);
    mesh.echoes.answerChecks(sick);
    await becomes(() => reached(rpc), [well, sick]);
  });

  test('a check of connections reaches the application behind its proxy, on a port without HTTP', async () => {
    const [well = '', gone = ''] = two('queue');
    expect(await greeted('queue')).toEqual([well, gone]);
    const start = await mesh.echoes.stopOne(placeOf('queue', gone, 'line', 'tcp'));
    await becomes(() => greeted('queue'), [well]);
    await start();
    await becomes(() => greeted('queue'), [well, gone]);
  });

  test('and on a port with HTTP, without mTLS', async () => {
    const [well = '', gone = ''] = two('open');
    expect(await reached(to('open'))).toEqual([well, gone]);
    const start = await mesh.echoes.stopOne(placeOf('open', gone, 'http', 'http'));
    await becomes(() => reached(to('open')), [well]);
    const asked = await askOften(mesh, to('open'), 12);
    expect(asked.map(({ answer }) => answer.status)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(Object.keys(instances(asked))).toEqual([well]);
    await start();
    await becomes(() => reached(to('open')), [well, gone]);
  });

  test('callers that speak the TLS of an application check it themselves', async () => {
    const [well = '', sick = ''] = two('sealed');
    expect(await reached(to('sealed'))).toEqual([well, sick]);
    mesh.echoes.answerChecks(sick, 500);
    await becomes(() => reached(to('sealed')), [well]);
    mesh.echoes.answerChecks(sick);
    await becomes(() => reached(to('sealed')), [well, sick]);
  });

  test('the path of checks gives access to nothing else', async () => {
    const pair = await mesh.certificateOf('spiffe://checked.example/ns/ops/sa/tool');
    const asked = (method: string, path: string, mark = 'health') =>
      send({
        address: mesh.inbound('shop/guarded', 'http'),
        method,
        path,
        host: 'guarded.shop',
        headers: [['x-meshwright-check', mark]],
        tls: { ...pair },
      });
    expect((await asked('GET', '/healthz')).status).toBe(200);
    const others: readonly (readonly [string, string])[] = [
      ['GET', '/open'],
      ['GET', '/healthz/'],
      ['GET', '/healthz?x=1'],
      ['GET', '/healthz/../open'],
      ['POST', '/healthz'],
      ['HEAD', '/'],
    ];
    for (const [method, path] of others)
      expect((await asked(method, path)).status, `${method} ${path}`).toBe(403);
    expect((await asked('GET', '/healthz', 'other')).status).toBe(403);
    // The proxy of an application removes the header of checks.
    const own = { ...to('guarded', '/healthz'), headers: { 'x-meshwright-check': 'health' } };
    expect((await ask(mesh, own)).answer.status).toBe(403);
    const clients = { gateway: 'shop/public', host: 'any.example', path: '/healthz' };
    expect((await ask(mesh, { ...clients, headers: own.headers })).answer.status).toBe(403);
    const seen = mesh.echoes.arrivals('').filter(({ service }) => service === 'shop/guarded');
    expect(new Set(seen.map(({ method, path, host }) => `${method} ${host}${path}`))).toEqual(
      new Set(['GET guarded.shop/healthz']),
    );
  });

  async function greeted(service: string): Promise<readonly string[]> {
    const port = mesh.ir.services[`shop/${service}`]?.ports.find(({ name }) => name === 'line');
    const request = { to: { type: 'service', id: `shop/${service}` } } as never;
    const found = new Set<string>();
    for (let i = 0; i < 24; i += 1) {
      const greeting = await greet({ address: mesh.outbound('shop/web', request, port) });
      found.add(greeting?.split(' ')[2] ?? 'none');
    }
    return [...found].sort();
  }
});
