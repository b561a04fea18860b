import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, ask, askOften, instances } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)(
  'limits of connections, ejection and retry budgets on a real Envoy',
  () => {
    let mesh: RunningMesh;
    beforeAll(async () => {
      mesh = await RunningMesh.start(caseOf('balancing'), envoy ?? '');
    });
    afterAll(async () => {
      await (mesh as RunningMesh | undefined)?.stop();
    });

    const to = (service: string): Record<string, unknown> => ({
      from: 'shop/web',
      to: `shop/${service}`,
      path: '/',
    });

    test('a call beyond the limits of connections is 503 at once, and is not retried', async () => {
      const slow = { extra: [['x-echo-delay', '900']] as const };
      const first: Promise<Asked>[] = [];
      // Send one after the other, since a request that waits for its connection counts as pending, too.
      for (let i = 0; i < 4; i += 1) {
        first.push(ask(mesh, to('narrow'), slow));
        await sleep(80);
      }
      const asked = await Promise.all([
        ...first,
        ...Array.from({ length: 10 }, () => ask(mesh, to('narrow'), slow)),
      ]);
      const passed = asked.filter(({ answer }) => answer.status === 200);
      const beyond = asked.filter(({ answer }) => answer.status === 503);
      expect(passed.length + beyond.length).toBe(14);
      // Four are under way, and one may wait.
      expect(passed.length).toBeGreaterThanOrEqual(4);
      expect(passed.length).toBeLessThanOrEqual(5);
      expect(beyond.flatMap(({ arrivals }) => arrivals)).toEqual([]);
      expect(Math.max(...beyond.map(({ answer }) => answer.milliseconds))).toBeLessThan(700);
      expect((await ask(mesh, to('narrow'))).answer.status).toBe(200);
    });

    test('requests beyond the limit are 503 at once, too', async () => {
      const slow = { extra: [['x-echo-delay', '900']] as const };
      const asked = await Promise.all(Array.from({ length: 12 }, () => ask(mesh, to('few'), slow)));
      const passed = asked.filter(({ answer }) => answer.status === 200);
      expect(passed).toHaveLength(4);
      expect(asked.filter(({ answer }) => answer.status === 503)).toHaveLength(8);
      expect(asked.flatMap(({ arrivals }) => arrivals)).toHaveLength(4);
    });

    test('failing instances are ejected, up to the allowed percentage, and come back', async () => {
      const [first = '', second = ''] = Object.keys(instances(await askOften(mesh, to('frail'), 3)));
      const failing = (instance: string): { extra: readonly (readonly [string, string])[] } => ({
        extra: [
          ['x-echo-status', '500'],
          ['x-echo-only', instance],
        ],
      });
      const before = instances(await askOften(mesh, to('frail'), 12, failing(first)));
      expect(before[first]).toBe(3);
      const after = instances(await askOften(mesh, to('frail'), 20));
      expect(after[first]).toBeUndefined();
      // 40 % of three is one: a second instance is not ejected.
      await askOften(mesh, to('frail'), 12, failing(second));
      // Envoy merges changes of health that follow each other for up to a second (update_merge_window).
      await sleep(1200);
      expect(instances(await askOften(mesh, to('frail'), 12))[second]).toBeGreaterThan(0);
      await sleep(3500);
      expect(instances(await askOften(mesh, to('frail'), 12))[first]).toBeGreaterThan(0);
    });

    test('tries go to any version if the backend names none, otherwise stay on the chosen version', async () => {
      const failing = { extra: [['x-echo-status', '503']] as const };
      const versions = async (path: string): Promise<readonly number[]> => {
        const asked = [];
        for (let i = 0; i < 20; i += 1) asked.push(await ask(mesh, { ...to('cart'), path }, failing));
        expect(new Set(asked.map(({ arrivals }) => arrivals.length))).toEqual(new Set([4]));
        return asked.map(({ arrivals }) => new Set(arrivals.map(({ version }) => version)).size);
      };
      expect(await versions('/any')).toContain(2);
      expect(new Set(await versions('/drawn'))).toEqual(new Set([1]));
    });

    test('retries stay within their budget', async () => {
      const asked = await Promise.all(
        Array.from({ length: 30 }, () =>
          ask(mesh, to('thrifty'), {
            extra: [
              ['x-echo-status', '503'],
              ['x-echo-delay', '400'],
            ],
          }),
        ),
      );
      const retried = asked.filter(({ arrivals }) => arrivals.length === 2).length;
      expect(asked.every(({ answer }) => answer.status === 503)).toBe(true);
      // A fifth of 30 requests under way is 6; as they end, the share sinks towards the minimum of 2.
      expect(retried).toBeGreaterThanOrEqual(2);
      expect(retried).toBeLessThanOrEqual(8);
    });
  },
);
