import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attack, type Bytes, type Entry, h1Bytes, h2Bytes, type Wire } from './attacks/wire.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];
const forms = [' V', 'V ', '\tV', 'V\t', ' \tV\t '];

describe.skipIf(envoy === undefined)('blanks around the value of a header on a real Envoy', () => {
  let mesh: RunningMesh;
  let counted = 0;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('access'), envoy ?? '');
  });
  afterAll(() => (mesh as RunningMesh | undefined)?.stop());

  /**
   * Sends a request of `guests/visitor` past its own proxy. Returns its status, and true if the application received
   * it.
   */
  async function ask(
    path: string,
    bytesOf: (wire: Wire) => Bytes,
    ...headers: Wire['headers']
  ): Promise<readonly [number, boolean]> {
    counted += 1;
    const id = `padded-${String(counted)}`;
    const pair = await mesh.certificateOf('spiffe://access.example/ns/guests/sa/visitor');
    const entry: Entry = { address: mesh.inbound('shop/payments', 'http'), tls: { ...pair } };
    const wire = { method: 'GET', target: path, host: 'payments.shop:8080' };
    const status = await attack(entry, bytesOf({ ...wire, headers: [...headers, ['x-test-id', id]] }));
    return [status, mesh.echoes.arrivals(id).length > 0];
  }

  test.each(forms)(
    'an allow that `not` narrows, with its value as %j: refused over both versions',
    async (form) => {
      const mood = form.replace('V', 'bad');
      expect(await ask('/rewritten', h1Bytes, ['x-mood', mood])).toEqual([403, false]);
      expect(await ask('/rewritten', h2Bytes, ['x-mood', mood])).toEqual([400, false]);
      expect(await ask('/rewritten', h2Bytes, ['x-mood', 'good'], ['x-mood', mood])).toEqual([400, false]);
    },
  );

  test.each(forms)(
    'an allow by prefix, with its value as %j: accepted over HTTP/1.1, refused over HTTP/2',
    async (form) => {
      const ticket = form.replace('V', 't-1');
      expect(await ask('/x', h1Bytes, ['x-ticket', ticket])).toEqual([200, true]);
      expect(await ask('/x', h2Bytes, ['x-ticket', ticket])).toEqual([400, false]);
    },
  );

  test.each([h1Bytes, h2Bytes])(
    'other values, blanks inside, and headers that no rule reads are accepted: %o',
    async (bytesOf) => {
      expect(await ask('/rewritten', bytesOf, ['x-mood', 'very good, bad'])).toEqual([200, true]);
      expect(await ask('/rewritten', bytesOf, ['x-mood', ''])).toEqual([200, true]);
      expect(await ask('/rewritten', bytesOf, ['x-other', ' bad '])).toEqual([200, true]);
    },
  );
});
