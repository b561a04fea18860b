import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { type FaultProxy, type Seen, startFaultProxy } from './harness/fault-proxy.ts';
import { SmallMesh } from './harness/small-mesh.ts';

/** Services; each has a VirtualService, a DestinationRule and an AuthorizationPolicy. */
const services = Array.from({ length: 10 }, (_, i) => `s${i}`);

/** Objects of the whole mesh: Sidecar, PeerAuthentication, Telemetry, EnvoyFilter. */
const general = 4;
const objects = 3 * services.length + general;

/** Kinds and API versions of these objects. */
const used = { kinds: 7, versions: 4 };

/**
 * Kinds and API versions that the target can write: labels are looked for in each if there is no inventory. Istio's 10
 * kinds of 4 API versions, and of others: a Gateway, two kinds each of Flagger and of Argo Rollouts, and (of four API
 * versions) Certificate, Bundle, ConfigMap, and a kind of SPIRE that the server lacks.
 */
const owned = { kinds: 10 + 1 + 4 + 3, versions: 4 + 3 + 4 };

/** Kinds of which some object is absent from the cluster, and has to be looked for without the label. */
const absent = used.kinds;

/**
 * Writes of the Lease: it is taken and given back. Its reads depend on time, at most one a second, and aren't counted.
 */
const lock = 2;

/** One list of state, journal, landing and history, and one list of the metadata of all Secrets. */
const stateLists = 2;

/** The inventory is read once. */
const inventory = 1;

/** The snapshot of the revision in force. */
const snapshot = 1;

/**
 * Records of a run that writes: snapshot, journal (its begin, before and after the step, its end), state and entry (twice
 * each), landing; the inventory before and after; a list that tells entries pinned in the meantime.
 */
const records = 1 + 4 + 2 + 2 + 1 + 2 + 1;

/** The journal and the landing before the last, which a run removes. */
const removals = 2;

/** One question for the rights of the caller. */
const rights = 1;

describe.skipIf(testKubeconfig === undefined)('requests to a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let [mesh, proxy] = [undefined, undefined] as unknown as [SmallMesh, FaultProxy];

  beforeAll(async () => {
    await installCrds(cluster);
    mesh = await SmallMesh.make(cluster, 'requests');
    proxy = await startFaultProxy();
  });
  afterAll(async () => {
    mesh.remove();
    await proxy.stop();
    cluster.close();
  });

  /** Runs a command and returns its requests. */
  const sent = async (...words: readonly string[]): Promise<readonly Seen[]> => {
    const [before, started] = [proxy.seen.length, performance.now()];
    const { code, error } = await mesh.run(words, { kubeconfig: proxy.kubeconfig(mesh.root) });
    expect(code, error).toBe(0);
    const all = proxy.seen.slice(before);
    const counted = all.filter(({ method, path }) => method !== 'GET' || !path.includes('/leases/'));
    // Before the records are read, before the lock is taken, and then once a second.
    const seconds = Math.ceil((performance.now() - started) / 1000);
    expect(all.length - counted.length).toBeLessThanOrEqual(2 + seconds);
    return counted;
  };

  const expectLeast = (seen: readonly Seen[], least: number): void => {
    const text = seen.map(({ method, path }) => `${method} ${path}`).join('\n');
    expect(seen.length / least, text).toBeLessThanOrEqual(1.2);
    // The formula must not be larger than the number of requests.
    expect(seen.length / least, text).toBeGreaterThan(0.9);
    expect(repeated(seen)).toEqual([]);
  };

  test('are the fewest for a first plan', async () => {
    mesh.write({ services });
    const least = stateLists + inventory + owned.kinds + owned.versions + absent + used.versions + objects;
    const seen = await sent('plan');
    expectLeast(seen, least);
    expect(repeated(seen, () => 1)).toEqual([]);
    // Objects of others in other namespaces would cost time and memory.
    const whole = seen.filter(({ path }) => path.includes('limit=') && !path.includes('labelSelector='));
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.filter(({ path }) => !path.includes('/namespaces/'))).toEqual([]);
  });

  test('are the fewest for a first apply', async () => {
    const looks = stateLists + inventory + owned.kinds + owned.versions + absent + used.versions + rights;
    // A namespace and the first state are made once.
    expectLeast(await sent('apply', '--yes'), lock + looks + records + 2 + objects);
  });

  const look = stateLists + inventory + snapshot + used.versions + used.kinds;

  test('are the fewest for a plan without changes', async () => {
    expectLeast(await sent('plan'), look);
  });

  test('are the fewest for an apply without changes', async () => {
    // The entry of history counts the run.
    expectLeast(await sent('apply', '--yes'), lock + look + 1);
  });

  test('are the fewest for one change', async () => {
    mesh.write({ services, timeouts: { s3: 7 } });
    const schemas = 1;
    // An update is asked for by a dry run, and written.
    expectLeast(await sent('apply', '--yes'), lock + look + schemas + rights + records + removals + 2);
  });

  test('are the fewest for a removed service', async () => {
    mesh.write({ services: services.slice(1), timeouts: { s3: 7 } });
    expectLeast(await sent('apply', '--yes'), lock + look + rights + records + removals + 3);
  });

  test('are the fewest for a rollback', async () => {
    const schemas = 2;
    // The snapshot to go back to is read; it is there, and not written again. The three objects are looked for one by one.
    const least = lock + look + snapshot + schemas + rights + records - 1 + removals + 3 + 3;
    expectLeast(await sent('rollback', '--yes'), least);
  });

  test.each(['status', 'drift', 'history'])('are the fewest for %s', async (command) => {
    expectLeast(await sent(command), command === 'history' ? stateLists : look);
  });
});

/** Returns the reads that a run sent more often than it may, each once. */
function repeated(seen: readonly Seen[], most = mostOf): readonly string[] {
  const counts = new Map<string, number>();
  for (const { method, path } of seen) if (method === 'GET') counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].filter(([path, count]) => count > most(path)).map(([path]) => path);
}

/**
 * Returns how often a run may read a path. The inventory: at the beginning and at the end. The Secrets: for the weights
 * of rollouts that the spec is compiled with, before the lock is taken, and at the end; a command that only looks reads
 * them once.
 */
function mostOf(path: string): number {
  if (path.includes('/secrets?')) return 3;
  return path.includes('/configmaps/') ? 2 : 1;
}
