import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, askOften, instances } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { fits } from './harness/distribution.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('balancing on a real Envoy', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('balancing'), envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
  });

  const to = (service: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
    from: 'shop/web',
    to: `shop/${service}`,
    path: '/',
    ...more,
  });

  test('round-robin takes instances in turn', async () => {
    expect(Object.values(instances(await askOften(mesh, to('turns'), 30)))).toEqual([10, 10, 10]);
  });

  test('random takes no turns, and every instance has the same chance', async () => {
    const asked = await askOften(mesh, to('chance'), 300);
    const counts = Object.values(instances(asked));
    expect(fits(counts, [1 / 3, 1 / 3, 1 / 3]), counts.join('/')).toBe(true);
    const repeated = asked.filter(({ instance }, i) => i > 0 && instance === asked[i - 1]?.instance).length;
    expect(repeated).toBeGreaterThan(50);
  });

  test('least-request asks a busy instance least', async () => {
    const held = ask(mesh, to('least'), { extra: [['x-echo-delay', '2500']] });
    await sleep(300);
    const asked = await askOften(mesh, to('least'), 90);
    const busy = (await held).instance ?? '';
    // The less busy of two random instances is chosen: the busy one only if both draws are it, 10 of 90 times.
    expect(instances(asked)[busy] ?? 0).toBeLessThan(22);
  });

  test('affinity by header keeps each user on an instance of each version', async () => {
    const used = new Set<string | undefined>();
    for (const user of Array.from({ length: 12 }, (_, i) => `user-${String(i)}`)) {
      const first = await askOften(mesh, to('cart', { path: '/first', headers: { 'x-user': user } }), 5);
      expect(Object.keys(instances(first))).toHaveLength(1);
      used.add(first[0]?.instance);
    }
    expect(used.size).toBeGreaterThan(1);
    const split = await askOften(mesh, to('cart', { headers: { 'x-user': 'ann' } }), 40);
    const byVersion = (version: string): number =>
      Object.keys(instances(split.filter(({ arrivals }) => arrivals[0]?.version === version))).length;
    expect([byVersion('v1'), byVersion('v2')]).toEqual([1, 1]);
  });

  test.each([
    ['by-cookie', /^sid="?([^";]+)"?;.*max-age=3600/i],
    ['by-session', /^sid="?([^";]+)"?(?!.*max-age)/i],
  ])('affinity %s: the proxy sets a cookie, which keeps its user on an instance', async (service, form) => {
    const used = new Set<string | undefined>();
    for (let i = 0; i < 10; i += 1) {
      const first = await ask(mesh, to(service));
      const cookie = first.answer.headers.find(([name]) => name === 'set-cookie')?.[1] ?? '';
      expect(cookie).toMatch(form);
      const sid = form.exec(cookie)?.[1] ?? '';
      const again = await askOften(mesh, to(service, { headers: { cookie: `sid=${sid}` } }), 5);
      expect(Object.keys(instances([first, ...again]))).toHaveLength(1);
      expect(again.some(({ answer }) => answer.headers.some(([name]) => name === 'set-cookie'))).toBe(false);
      used.add(first.instance);
    }
    expect(used.size).toBeGreaterThan(1);
  });

  test('affinity by query keeps each value on an instance', async () => {
    const used = new Set<string | undefined>();
    for (let i = 0; i < 10; i += 1) {
      const asked = await askOften(mesh, to('by-query', { path: `/?a=1&user=u${String(i)}` }), 4);
      expect(Object.keys(instances(asked))).toHaveLength(1);
      used.add(asked[0]?.instance);
    }
    expect(used.size).toBeGreaterThan(1);
  });

  test('affinity by source keeps each address on an instance', async () => {
    const used = new Set<string | undefined>();
    for (let i = 1; i <= 10; i += 1) {
      const localAddress = `127.0.7.${String(i)}`;
      const asked = [];
      for (let k = 0; k < 3; k += 1) asked.push(await ask(mesh, to('by-source'), { localAddress }));
      expect(Object.keys(instances(asked))).toHaveLength(1);
      used.add(asked[0]?.instance);
    }
    expect(used.size).toBeGreaterThan(1);
  });
});
