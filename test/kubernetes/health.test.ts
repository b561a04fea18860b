import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { rawRequest } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('an apply that waits for health', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    small = await SmallMesh.make(cluster, `health-${(count += 1)}`);
  });
  afterEach(() => small.remove());

  test('names the objects whose health is unknown', async () => {
    const applied = await small.mesh('apply', '--yes');
    expect(applied.code).toBe(0);
    expect(applied.error).toMatch(
      /no controller has written a status for \d+ of \d+ objects, so their health is unknown/,
    );
  });

  test('names the objects that it waits for, gives up with the reason, and waits again on a resume', async () => {
    await small.mesh('apply', '--yes');
    await writeStatus('True');
    small.write({ timeout: 7 });
    const late = await small.mesh('apply', '--yes', '--timeout', '2s', '--format', 'ndjson');
    expect(late.code, late.error).toBe(9);
    const events = late.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    expect(events.filter(({ type }) => type === 'waiting')).toEqual([
      expect.objectContaining({
        target: 'cluster',
        ref: expect.stringContaining('/VirtualService/') as string,
        reason: 'its controller has not seen the last change',
        until: expect.stringMatching(/^2\d{3}-.*Z$/) as string,
      }),
    ]);
    expect(events.at(-1)?.outcome?.cause?.message).toMatch(
      /VirtualService\/\S+ is not healthy in time: its controller has not seen the last change/,
    );
    expect(await small.timeouts()).toEqual(['7s']);
    expect((await small.mesh('status', '--detailed-exitcode')).code).toBe(8);

    const again = await small.mesh('apply', '--resume', '--yes', '--timeout', '1s');
    expect(again.code, again.error).toBe(9);
    await writeStatus('False', 'a host that nobody has');
    const failed = await small.mesh('apply', '--resume', '--yes', '--timeout', '5s');
    expect(failed.code, failed.error).toBe(9);
    expect(failed.error).toContain('is not healthy: Reconciled is False');
    expect(failed.error).toContain('a host that nobody has');
    await writeStatus('True');
    const done = await small.mesh('apply', '--resume', '--yes');
    expect(done.code, done.error).toBe(0);
    expect((await small.mesh('status', '--detailed-exitcode')).code).toBe(0);
  });

  test('without changes waits for health, too: exit 9 with the number of unhealthy objects', async () => {
    await small.mesh('apply', '--yes');
    await writeStatus('True');
    expect(await small.mesh('apply', '--yes')).toMatchObject({ code: 0 });
    // A controller reports a fault later, as when a host disappears.
    await writeStatus('False', 'a host that nobody has');
    const ill = await small.mesh('apply', '--yes', '--timeout', '3s');
    expect(ill.code, ill.error).toBe(9);
    expect(ill.error).toMatch(
      /nothing changed, and 1 of \d+ objects is not healthy: \S+\/web is not healthy: Reconciled is False/,
    );
    // The object gets healthy while the run waits.
    const running = small.mesh('apply', '--yes', '--timeout', '30s');
    await sleep(1000);
    await writeStatus('True');
    const healthy = await running;
    expect(healthy.code, healthy.error).toBe(0);
    expect((await small.mesh('plan', '--detailed-exitcode')).code).toBe(0);
  });

  test('ends as soon as a controller has seen the change', async () => {
    await small.mesh('apply', '--yes');
    await writeStatus('True');
    small.write({ timeout: 7 });
    const running = small.mesh('apply', '--yes', '--timeout', '30s');
    const before = Date.now();
    while ((await small.timeouts())[0] !== '7s') await sleep(50);
    await sleep(300);
    await writeStatus('True');
    expect((await running).code).toBe(0);
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  test('is interrupted at once, with the journal kept', async () => {
    await small.mesh('apply', '--yes');
    await writeStatus('True');
    small.write({ timeout: 7 });
    const stop = new AbortController();
    const running = small.run(['apply', '--yes', '--timeout', '60s'], { signal: stop.signal });
    while ((await small.timeouts())[0] !== '7s') await sleep(50);
    const before = Date.now();
    stop.abort(130);
    expect((await running).code).toBe(130);
    expect(Date.now() - before).toBeLessThan(5000);
    await writeStatus('True');
    expect((await small.mesh('apply', '--resume', '--yes')).code).toBe(0);
  });

  /** Writes the status that a controller would write for the present version. */
  async function writeStatus(value: string, message = ''): Promise<void> {
    const [live] = await small.objects();
    const condition = {
      ...{ type: 'Reconciled', status: value, reason: value === 'True' ? 'Done' : 'Invalid', message },
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    const status = { observedGeneration: live?.metadata.generation, conditions: [condition] };
    await rawRequest('PATCH', `${await small.route()}/status`, { status });
  }
});

interface Told {
  readonly type: string;
  readonly outcome?: { readonly cause?: { readonly message: string } };
}
