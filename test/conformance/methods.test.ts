import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { http1Methods } from '../../src/core/lib/http1-methods.ts';
import { attack, type Bytes, h1Bytes, h2Bytes, type Wire } from './attacks/wire.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('methods on a real Envoy', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('characters'), envoy ?? '');
  });
  afterAll(() => (mesh as RunningMesh | undefined)?.stop());

  /** Returns the status, and the methods that the application received. */
  async function ask(method: string, bytesOf: (wire: Wire) => Bytes, ...more: Wire['headers']) {
    const id = `${bytesOf.name} ${method} ${String(more.length)}`;
    const [host, headers] = [
      bytesOf === h2Bytes ? 'app.shop:82' : 'app.shop',
      [['x-test-id', id], ...more] as const,
    ];
    const entry = { address: { host: `${mesh.network}40.1`, port: 15001 } };
    const status = await attack(entry, bytesOf({ method, target: '/query', host, headers }));
    return [status, mesh.echoes.arrivals(id).map((arrival) => arrival.method)];
  }

  test.each([...http1Methods].filter((method) => !['CONNECT', 'QUERY'].includes(method)))(
    '%s passes over HTTP/1.1',
    async (method) => {
      expect(await ask(method, h1Bytes)).toEqual([200, [method]]);
    },
  );

  test('QUERY passes with a content-type alone', async () => {
    for (const bytesOf of [h1Bytes, h2Bytes]) {
      expect(await ask('QUERY', bytesOf)).toEqual([400, []]);
      expect(await ask('QUERY', bytesOf, ['content-type', 'text/plain'])).toEqual([200, ['QUERY']]);
    }
  });

  test.each(['get', 'OTHER', 'M-SEARCH', 'GETS'])(
    '%s is refused over HTTP/1.1, and passed on over HTTP/2',
    async (method) => {
      expect(await ask(method, h1Bytes)).toEqual([400, []]);
      expect(await ask(method, h2Bytes)).toEqual([200, [method]]);
    },
  );
});
