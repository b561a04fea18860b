import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';
import { send } from './harness/send.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('bytes beyond ASCII in request lines', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('characters'), envoy ?? '');
  });
  afterAll(() => (mesh as RunningMesh | undefined)?.stop());

  /** Returns the status and the paths that applications received; each character of `path` is a byte. */
  async function ask(path: string, http2: boolean): Promise<readonly [number, readonly string[]]> {
    const id = `${String(http2)} ${encodeURIComponent(path)}`;
    const answer = await send({
      address: { host: `${mesh.network}40.1`, port: 15001 },
      method: 'GET',
      path,
      host: http2 ? 'app.shop:82' : 'app.shop',
      headers: [['x-test-id', id]],
      http2,
    });
    return [answer.status, mesh.echoes.arrivals(id).map((arrival) => arrival.path)];
  }

  test.each(['/query?q=\xc3\xa9', '/query?q=\xe9', '/query?\xff', '/?a=b&\x80?c'])(
    'a query with %j is refused over both versions',
    async (path) => {
      expect(await ask(path, false)).toEqual([400, []]);
      expect(await ask(path, true)).toEqual([400, []]);
    },
  );

  test('a path with such bytes is refused over HTTP/1.1, and encoded and passed on over HTTP/2', async () => {
    expect(await ask('/caf\xc3\xa9', false)).toEqual([400, []]);
    expect(await ask('/caf\xc3\xa9', true)).toEqual([200, ['/caf%C3%A9']]);
  });

  test('a query of visible ASCII passes', async () => {
    for (const http2 of [false, true])
      expect(await ask('/query?q=%C3%A9&"<>^`{|}~!', http2)).toEqual([200, ['/query?q=%C3%A9&"<>^`{|}~!']]);
  });
});
