import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attack, h2Bytes } from './attacks/wire.ts';
import { ask } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('rate limits over time on a real Envoy', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('limits'), envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
  });

  /** Returns the number of requests of a burst that pass. */
  async function passing(data: Record<string, unknown>, length: number): Promise<number> {
    const asked = await Promise.all(Array.from({ length }, () => ask(mesh, { from: 'shop/web', ...data })));
    expect(asked.every(({ answer }) => answer.status === 200 || answer.status === 429)).toBe(true);
    return asked.filter(({ answer }) => answer.status === 200).length;
  }

  test('an empty bucket is refilled by `requests` every `per`, and never beyond the burst', async () => {
    const counted = { to: 'shop/counted', path: '/' };
    expect(await passing(counted, 30)).toBeGreaterThanOrEqual(12);
    await sleep(1000);
    const second = await passing(counted, 30);
    expect(second).toBeGreaterThanOrEqual(5);
    expect(second).toBeLessThanOrEqual(7);
    await sleep(4000);
    const full = await passing(counted, 40);
    expect(full).toBeGreaterThanOrEqual(12);
    expect(full).toBeLessThanOrEqual(14);
  });

  test('each value of the key has its own bucket, and requests without the key are not counted', async () => {
    const user = (name: string): Record<string, unknown> => ({
      to: 'shop/api',
      path: '/user',
      headers: { 'x-user': name },
    });
    expect(await passing(user('ann'), 12)).toBeLessThanOrEqual(4);
    expect(await passing(user('bob'), 3)).toBe(3);
    expect(await passing({ to: 'shop/api', path: '/user' }, 30)).toBe(30);
  });

  test('blanks around a value do not give it another bucket', async () => {
    const padded = [' eve', 'eve ', '\teve', 'eve\t', ' eve ', '  eve', 'eve  ', ' \teve', 'eve', 'eve'];
    const asked = await Promise.all(
      padded.map((value) =>
        ask(mesh, { from: 'shop/web', to: 'shop/api', path: '/user', headers: { 'x-user': value } }),
      ),
    );
    expect(asked.filter(({ answer }) => answer.status === 200).length).toBeLessThanOrEqual(4);
    const entry = { address: { host: `${mesh.network}6.1`, port: 15001 } };
    const wire = { method: 'GET', target: '/user', host: 'api.shop' };
    for (const value of padded.slice(0, 8)) {
      const bytes = h2Bytes({ ...wire, headers: [['x-user', value]] });
      expect([value, await attack(entry, bytes)]).toEqual([value, 400]);
    }
    expect(await attack(entry, h2Bytes({ ...wire, headers: [['x-user', 'dora']] }))).toBe(200);
  });

  test('the limit of a rule counts at each routing proxy', async () => {
    const all = { to: 'shop/api', path: '/all' };
    expect(await passing(all, 20)).toBeGreaterThanOrEqual(10);
    expect(await passing({ ...all, from: 'shop/counted' }, 10)).toBe(10);
  });
});
