import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { startFaultProxy } from './harness/fault-proxy.ts';
import { rawRequest } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('drift of a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    small = await SmallMesh.make(cluster, `drift-${(count += 1)}`);
    expect((await small.mesh('apply', '--yes')).code).toBe(0);
  });
  afterEach(() => small.remove());

  test('names each field with its manager, its time and the line of the spec, and what is gone', async () => {
    const route = await small.route();
    await rawRequest('PATCH', route, { spec: { hosts: ['elsewhere.example'] } });
    const found = await small.mesh('drift', '--format', 'json');
    const [drift, ...others] = driftOf(found.out);
    expect(others).toEqual([]);
    expect(drift).toMatchObject({
      type: 'object',
      state: 'changed',
      ref: expect.stringContaining('/VirtualService/') as string,
      origin: { file: 'mesh.yaml', line: expect.any(Number) as number },
    });
    expect(drift?.fields).toContainEqual({
      path: expect.stringContaining('elsewhere.example') as string,
      after: 'elsewhere.example',
      manager: 'kubectl-edit',
      time: expect.stringMatching(/^2\d{3}-/) as string,
    });
    // A value that was taken away is claimed by nobody.
    expect(drift?.fields?.some(({ manager }) => manager === 'unknown')).toBe(true);
    const text = (await small.mesh('drift')).out;
    expect(text).toMatch(/~ \S+\/VirtualService\/\S+ was changed {2}mesh\.yaml:\d+/);
    expect(text).toMatch(/by "kubectl-edit" at 2\d{3}-/);
    await rawRequest('DELETE', route, {});
    expect(driftOf((await small.mesh('drift', '--format', 'json')).out)).toMatchObject([
      { type: 'object', state: 'removed' },
    ]);
  });

  test('is told by a watch as it comes and goes, over watches that break and versions that are forgotten', async () => {
    const route = await small.route();
    const [live] = await small.objects();
    const proxy = await startFaultProxy();
    const events: Told[] = [];
    const stop = new AbortController();
    const running = small.run(['drift', '--watch', '--every', '1s', '--format', 'ndjson'], {
      kubeconfig: proxy.kubeconfig(small.root),
      signal: stop.signal,
      onOut: (text) =>
        events.push(
          ...text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Told),
        ),
    });
    const told = async (type: string, number: number): Promise<void> => {
      for (let tries = 0; events.filter((one) => one.type === type).length < number; tries += 1) {
        if (tries > 100) throw new Error(`no ${type}: ${JSON.stringify(events)}`);
        await sleep(100);
      }
    };
    await watches(1);
    await rawRequest('PATCH', route, { spec: { hosts: ['elsewhere.example'] } });
    await told('change', 1);
    expect(events.at(-1)).toMatchObject({ op: 'update', by: { owner: 'kubectl-edit' } });
    await watches(2);
    // No question is asked while nothing happens.
    const before = proxy.seen.length;
    await sleep(2500);
    expect(proxy.seen.length).toBe(before);
    const faults = [{ drop: true as const }, { status: 410 }];
    proxy.faultOf = ({ path }) =>
      path.includes('watch=true') && path.includes('virtualservices') ? faults.shift() : undefined;
    proxy.breakConnections();
    await rawRequest('PATCH', route, { spec: live?.['spec'] });
    await told('notice', 1);
    expect(faults).toEqual([]);
    stop.abort(130);
    const ended = await running;
    await proxy.stop();
    expect(ended.code).toBe(130);
    expect(events.at(-1)?.type).toBe('end');

    /** Waits until routes are watched for the nth time. */
    async function watches(number: number): Promise<void> {
      const isWatch = ({ path }: { readonly path: string }): boolean =>
        path.includes('watch=true') && path.includes('virtualservices');
      for (let tries = 0; proxy.seen.filter(isWatch).length < number; tries += 1) {
        if (tries > 100) throw new Error('nothing is watched');
        await sleep(100);
      }
      // Other kinds are watched a moment later.
      for (let seen = -1; seen !== proxy.seen.length; ) {
        seen = proxy.seen.length;
        await sleep(1000);
      }
    }
  });
});

interface FoundDrift {
  readonly type: string;
  readonly fields?: readonly { readonly path: string; readonly manager: string }[];
}

interface Told {
  readonly type: string;
}

function driftOf(json: string): readonly FoundDrift[] {
  return (JSON.parse(json) as { targets: { cluster: { drift: FoundDrift[] } } }).targets.cluster.drift;
}
