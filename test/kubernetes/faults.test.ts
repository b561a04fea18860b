import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { type Fault, type FaultProxy, type Seen, startFaultProxy } from './harness/fault-proxy.ts';
import { SmallMesh } from './harness/small-mesh.ts';

const first = { services: ['web', 'old'], timeout: 5 };
const second = { services: ['web', 'new'], timeout: 7 };

/** A first apply; one that creates, changes and prunes; and the way back. */
const journey = [
  { spec: first, words: ['apply', '--yes'], services: ['old', 'web'], timeouts: ['5s'] },
  { spec: second, words: ['apply', '--yes'], services: ['new', 'web'], timeouts: ['7s'] },
  { spec: second, words: ['rollback', '--yes'], services: ['old', 'web'], timeouts: ['5s'] },
] as const;

/** The number of writes of objects of each part of the journey, and more. */
const most = 100;

describe.skipIf(testKubeconfig === undefined)('a server with faults', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let [mesh, proxy] = [undefined, undefined] as unknown as [SmallMesh, FaultProxy];
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    mesh = await SmallMesh.make(cluster, `faults-${(count += 1)}`);
    proxy = await startFaultProxy();
  });
  afterEach(async () => {
    mesh.remove();
    await proxy.stop();
  });

  const isWrite = ({ method, path }: Seen): boolean =>
    method !== 'GET' && !path.includes('dryRun') && !path.includes('authorization.k8s.io');
  const isObject = ({ path }: Seen): boolean => path.includes('.istio.io/');
  const key = ({ method, path }: Seen): string => `${method} ${path}`;
  const through = (words: readonly string[]) => mesh.run(words, { kubeconfig: proxy.kubeconfig(mesh.root) });

  test.each<[string, Fault, (seen: Seen) => boolean]>([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }, isWrite],
    ['500', { status: 500 }, () => true],
    ['500 after it did what was asked', { status: 500, after: true }, isWrite],
    ['503', { status: 503 }, isWrite],
    ['a connection that is lost before the request', { drop: true }, () => true],
    ['a connection that is lost before the answer', { drop: true, after: true }, isWrite],
    ['slow answers', { delay: 400 }, isWrite],
    ['an expired token', { status: 401 }, () => true],
    ['lists whose version is forgotten', { status: 410 }, ({ path }) => path.includes('limit=')],
  ])(
    'that answers by %s is got over by apply, prune and rollback',
    { timeout: 240_000 },
    async (_, fault, hits) => {
      for (const { spec, words, services, timeouts } of journey) {
        mesh.write(spec);
        const [hit, before] = [new Set<string>(), proxy.seen.length];
        let number = 0;
        // The first attempt of every third request fails; the attempts that follow arrive.
        proxy.faultOf = (seen) => {
          if (!hits(seen) || hit.has(key(seen)) || hit.size === most) return undefined;
          number += 1;
          if (number % 3 !== 0) return undefined;
          hit.add(key(seen));
          return fault;
        };
        const ran = await through(words);
        expect(ran.code, ran.error).toBe(0);
        expect(hit.size).toBeGreaterThan(1);
        expectOnce(proxy.seen.slice(before), hit);
        await expectWhole(services, timeouts);
      }
      await expectNothingToDo();
    },
  );

  test.each([
    { part: 0, method: 'PATCH', number: 3 },
    { part: 1, method: 'DELETE', number: 2 },
    { part: 2, method: 'DELETE', number: 1 },
  ])(
    'that is gone from $method $number of part $part on stops the run, and a resume ends it as without the fault',
    { timeout: 240_000 },
    async ({ part, method, number }) => {
      for (const { spec, words } of journey.slice(0, part)) {
        mesh.write(spec);
        expect((await mesh.run(words)).code).toBe(0);
      }
      const { spec, words, services, timeouts } = journey[part] as (typeof journey)[number];
      mesh.write(spec);
      let [writes, isGone] = [0, false];
      proxy.faultOf = (seen) => {
        if (seen.method === method && isWrite(seen) && isObject(seen)) writes += 1;
        isGone ||= writes === number;
        return isGone ? { drop: true } : undefined;
      };
      const stopped = await through(words);
      expect(stopped.code, stopped.error).toBe(words[0] === 'rollback' ? 12 : 8);
      expect(stopped.error).toContain("can't be reached");
      // This process lives on, so its lock has to be named.
      const resume = ['apply', '--resume', '--yes'];
      const [, id = ''] = /--force-unlock (\S+)/.exec((await mesh.run(resume)).error) ?? [];
      const resumed = await mesh.run([...resume, '--force-unlock', id]);
      expect(resumed.code, resumed.error).toBe(0);
      await expectWhole(services, timeouts);
      await expectNothingToDo();
    },
  );

  /** Expects that each object was deleted by one request, and that no request was sent again but those with a fault. */
  function expectOnce(seen: readonly Seen[], hit: ReadonlySet<string>): void {
    const writes = seen.filter((one) => isWrite(one) && isObject(one)).map(key);
    const repeated = writes.filter((one, i) => writes.indexOf(one) !== i && !hit.has(one));
    expect(repeated).toEqual([]);
  }

  /** Expects the objects of these services and no others, with our label all. */
  async function expectWhole(services: readonly string[], timeouts: readonly string[]): Promise<void> {
    expect((await mesh.objects()).map(({ metadata }) => metadata.name).sort()).toEqual(services);
    expect(await mesh.timeouts()).toEqual(timeouts);
    const rules = await kindOf(cluster, 'networking.istio.io/v1', 'DestinationRule');
    const { objects } = await cluster.list(rules, { namespace: mesh.namespace });
    expect(objects.filter(isOrphan)).toEqual([]);
  }

  async function expectNothingToDo(): Promise<void> {
    const drift = await mesh.mesh('drift', '--detailed-exitcode');
    expect(drift.code, drift.out + drift.error).toBe(0);
  }
});

/** Returns true for an object that no inventory lists. */
function isOrphan({ metadata: { labels = {} } }: LiveObject): boolean {
  return labels['applyset.kubernetes.io/part-of'] === undefined;
}
