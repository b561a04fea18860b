import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { LiveTraffic } from './harness/live-traffic.ts';
import { rawRequest } from './harness/raw-request.ts';
import { rolloutDocuments } from './harness/rollout-documents.ts';
import type { Ran } from './harness/run-mesh.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('a rollout in a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let traffic: LiveTraffic;
  let url: string;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    const namespace = `rollout-${(count += 1)}`;
    small = await SmallMesh.make(cluster, namespace);
    ({ traffic, url } = await LiveTraffic.start(namespace, () => small.objects()));
  });
  afterEach(async () => {
    await traffic.stop();
    small.remove();
  });

  /** Applies the mesh with a Rollout whose steps hold so many seconds. */
  async function begin(holds: readonly [number, number, number]): Promise<void> {
    small.write({ prometheus: url, documents: rolloutDocuments(small.namespace, holds) });
    await done('apply', '--yes');
    await traffic.until(0);
  }

  async function done(...words: readonly string[]): Promise<Ran> {
    const ran = await small.mesh(...words);
    expect(ran.code, `${words.join(' ')}: ${ran.error}${ran.out}`).toBe(0);
    return ran;
  }

  const run = (...words: readonly string[]) => small.mesh('canary', 'run', '--guard-follows', ...words);
  const elsewhere = (...words: readonly string[]) => small.run(words, { actor: 'ann@laptop' });

  test('goes up step by step, and a concurrent apply of the same revision moves no weight', async () => {
    await begin([1, 1, 1]);
    const running = { isOver: false };
    const ended = run().finally(() => {
      running.isOver = true;
    });
    const applies: number[] = [];
    while (!running.isOver) {
      const ran = await small.mesh('apply', '--yes');
      // A step may hold the lock at that moment.
      if (ran.code !== 6) expect(ran.code, ran.error).toBe(0);
      applies.push(ran.code);
    }
    const ran = await ended;
    expect(ran.code, ran.error).toBe(0);
    expect(applies.filter((code) => code === 0).length).toBeGreaterThan(3);
    await done('apply', '--yes');
    await traffic.until(100);
    expect(traffic.shares).toEqual([0, 5, 20, 100]);
    expect((await run()).code).toBe(0);
  });

  test('is rolled back by an abort from another machine, and begins again only with --retry', async () => {
    await begin([1, 60, 1]);
    const ended = run();
    await traffic.until(20);
    expect(await elsewhere('canary', 'abort')).toMatchObject({
      code: 0,
      error: expect.stringContaining('test@host runs it') as string,
    });
    const ran = await ended;
    expect([ran.code, ran.error]).toEqual([10, expect.stringContaining('ann@laptop aborted it')]);
    await traffic.until(0);
    await done('apply', '--yes');
    expect((await run()).code).toBe(10);
    expect((await small.mesh('drift', '--detailed-exitcode')).code).toBe(0);
    expect(traffic.shares).toEqual([0, 5, 20, 0]);

    const again = run('--retry');
    await traffic.until(20);
    const status = await elsewhere('canary', 'status', '--format', 'json');
    expect(JSON.parse(status.out)).toMatchObject({
      rollouts: [{ attempt: 2, state: 'running', isAlive: true, targets: ['cluster'] }],
    });
    traffic.failing = 0.5;
    expect((await again).code).toBe(10);
    await traffic.until(0);
  });

  test('is refused at its start if somebody else owns the weights, even with the same value', async () => {
    await begin([1, 1, 1]);
    const route = await small.route('reviews');
    const ours = await specOf('reviews');
    await rawRequest('PATCH', route, { spec: { http: changed(ours) } });
    const other = await run();
    expect([other.code, other.error]).toEqual([7, expect.stringContaining('"kubectl-edit"')]);
    await rawRequest('PATCH', route, { spec: { http: ours } });
    const same = await run();
    expect([same.code, same.error]).toEqual([7, expect.stringContaining('"kubectl-edit"')]);
    expect((await elsewhere('canary', 'status', '--format', 'json')).out).toContain('"rollouts": []');
  });

  test('stops once another manager writes the weights, names the manager, and rolls back when the weights are ours', async () => {
    await begin([8, 1, 1]);
    const ended = run();
    await traffic.until(5);
    const route = await small.route('reviews');
    await rawRequest('PATCH', route, { spec: { http: changed(await specOf('reviews')) } });
    const ran = await ended;
    expect([ran.code, ran.error]).toEqual([12, expect.stringContaining('"kubectl-edit"')]);
    expect((await small.mesh('canary', 'run')).code).toBe(12);
    const refused = await small.mesh('apply', '--yes');
    expect(refused.code).toBe(7);
    const [, claim = ''] = /--take-ownership (\S+)/.exec(refused.error) ?? [];
    await done('apply', '--yes', '--take-ownership', claim);
    await traffic.until(0);
    expect((await small.mesh('canary', 'run')).code).toBe(10);
  });

  test('holds while the observed share differs, and names the manager that moved the weights', async () => {
    await begin([60, 1, 1]);
    let said = '';
    const ended = small.run(['canary', 'run', '--guard-follows', '--format', 'ndjson'], {
      onOut: (text) => {
        said += text;
      },
    });
    await traffic.until(5);
    const moved = JSON.stringify(await specOf('reviews')).replace(/"weight":\d+/g, '"weight":50');
    await rawRequest('PATCH', await small.route('reviews'), { spec: { http: JSON.parse(moved) as unknown } });
    await expect.poll(() => said, { timeout: 40_000, interval: 200 }).toMatch(/"hold"[^]*kubectl-edit/);
    expect(said).toContain('--take-ownership');
    await elsewhere('canary', 'abort');
    expect((await ended).code).toBe(12);
  });

  test('an abort without a runner rolls back, and a run confirms the rollback by the counters', async () => {
    await begin([1, 60, 1]);
    const stop = new AbortController();
    const ended = small.run(['canary', 'run', '--guard-follows'], { signal: stop.signal });
    await traffic.until(20);
    stop.abort(143);
    expect((await ended).code).toBe(143);
    const aborted = await elsewhere('canary', 'abort');
    // No proxy of a cluster answers mesh itself.
    expect([aborted.code, aborted.error]).toEqual([
      12,
      expect.stringContaining('no answer from the proxies of target cluster'),
    ]);
    await traffic.until(0);
    expect((await small.mesh('canary', 'run')).code).toBe(10);
    expect(await elsewhere('canary', 'abort')).toMatchObject({ code: 0 });
    expect(traffic.shares).toEqual([0, 5, 20, 0]);
  });

  async function specOf(service: string): Promise<unknown> {
    const found = (await small.objects()).find(({ spec }) => JSON.stringify(spec).includes(`${service}.`));
    return (found?.['spec'] as { http: unknown } | undefined)?.http;
  }
});

function changed(http: unknown): unknown {
  return JSON.parse(JSON.stringify(http).replaceAll('"5s"', '"9s"'));
}
