import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { type FaultProxy, type Seen, startFaultProxy } from './harness/fault-proxy.ts';
import { SmallMesh } from './harness/small-mesh.ts';

/** Services; each has a VirtualService, a DestinationRule and an AuthorizationPolicy. */
const services = Array.from({ length: 34 }, (_, i) => `s${i}`);

/** Objects of the whole mesh: Sidecar, PeerAuthentication, Telemetry, EnvoyFilter. */
const general = 4;
const objects = 3 * services.length + general;

/** Kinds and API versions of these objects. */
const used = { kinds: 7, versions: 4 };

/**
 * The least requests of each part of a run. A part is what `docs/kubernetes.md` promises, so that a tool that promises less
 * may send fewer.
 */
const least = {
  /** The records are Secrets of one namespace with one label: one list, whatever there is. */
  records: 1,
  /** The inventory is a ConfigMap with a name of its own. */
  inventory: 1,
  /** The snapshot of the revision in force is large, so that a list of all records must not bring it. */
  snapshot: 1,
  /** One answer has the kinds of all API groups. */
  kinds: 1,
  /** One list has the members of a kind in all namespaces. */
  members: used.kinds,
  /**
   * Without an inventory the label is looked for in each kind that the target can write, as far as the server has the kind:
   * Istio's 10 kinds, a Gateway, two kinds each of Flagger and of Argo Rollouts, Certificate, Bundle, ConfigMap.
   */
  labels: 10 + 1 + 4 + 3,
  /** An object of somebody else carries no label: one list of the mesh's namespace for each kind of which one is absent. */
  strangers: used.kinds,
  /** The defaults of a kind are in the schemas of its API version, one document for each. */
  schemas: used.versions,
  /** Each dry run and each write of an object is a request. */
  writes: objects,
  /** The lock is read, taken and given back. */
  lock: 3,
  /** One answer has the rules of the caller. */
  rights: 1,
  /**
   * Before a write: the snapshot to go back to, the landing that leads to it, the journal, the state, the entry of history, the
   * inventory of old and new objects, and the journal's line. After it: the journal's line, the final inventory, state, entry,
   * and the end of the journal.
   */
  run: 7 + 5,
  /** A run removes the journal and the landing that no run needs any more. */
  removals: 2,
  /** A run without a change is counted in the entry of history. */
  counted: 1,
};

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

  /** Runs a command and returns its requests. A lock that is held is read again each second, which isn't counted. */
  const sent = async (...words: readonly string[]): Promise<readonly Seen[]> => {
    const [before, started] = [proxy.seen.length, performance.now()];
    const { code, error } = await mesh.run(words, { kubeconfig: proxy.kubeconfig(mesh.root) });
    expect(code, error).toBe(0);
    const all = proxy.seen.slice(before);
    const isRead = ({ method, path }: Seen): boolean => method === 'GET' && path.includes('/leases/');
    const [first, ...again] = all.filter(isRead);
    const seconds = Math.floor((performance.now() - started) / 1000);
    expect(again.length).toBeLessThanOrEqual(seconds);
    return all.filter((one) => one === first || !isRead(one));
  };

  const expectLeast = (seen: readonly Seen[], parts: readonly number[]): void => {
    const sum = parts.reduce((one, other) => one + other, 0);
    const text = `${seen.length} of ${sum}:\n${seen.map(({ method, path }) => `${method} ${path}`).join('\n')}`;
    expect(seen.length / sum, text).toBeLessThanOrEqual(1.2);
    // The sum must not be larger than the number of requests.
    expect(seen.length, text).toBeGreaterThanOrEqual(sum);
    expect(repeated(seen)).toEqual([]);
  };

  const { records, inventory, snapshot, kinds, labels, strangers, schemas, writes, lock, run } = least;
  const { members, rights, removals, counted } = least;
  const firstLook = [records, inventory, kinds, labels, strangers, schemas];
  const look = [records, inventory, snapshot, kinds, members];

  test('are the fewest for a first plan', async () => {
    mesh.write({ services });
    const seen = await sent('plan');
    expectLeast(seen, [...firstLook, writes]);
    expect(repeated(seen, () => 1)).toEqual([]);
    // Objects of others in other namespaces would cost time and memory.
    const whole = seen.filter(({ path }) => path.includes('limit=') && !path.includes('labelSelector='));
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.filter(({ path }) => !path.includes('/namespaces/'))).toEqual([]);
  });

  test('are the fewest for a first apply', async () => {
    // The namespace of the state is made.
    expectLeast(await sent('apply', '--yes'), [lock, 1, ...firstLook, rights, run, writes]);
  });

  test('are the fewest for a plan without changes', async () => {
    expectLeast(await sent('plan'), look);
  });

  test('are the fewest for an apply without changes', async () => {
    expectLeast(await sent('apply', '--yes'), [lock, ...look, counted]);
  });

  test('are the fewest for one change', async () => {
    mesh.write({ services, timeouts: { s3: 7 } });
    // An update is asked for by a dry run, and written; its kind has one document of schemas.
    expectLeast(await sent('apply', '--yes'), [lock, ...look, 1, rights, run, removals, 2]);
  });

  test('are the fewest for a removed service', async () => {
    mesh.write({ services: services.slice(1), timeouts: { s3: 7 } });
    expectLeast(await sent('apply', '--yes'), [lock, ...look, rights, run, removals, 3]);
  });

  test('are the fewest for a rollback', async () => {
    // The snapshot to go back to is read, not written. Three objects of two API versions are looked for by name, and made.
    const back = [snapshot, 2, 3, 3];
    expectLeast(await sent('rollback', '--yes'), [lock, ...look, ...back, rights, run - 1, removals]);
  });

  test.each(['status', 'drift', 'history'])('are the fewest for %s', async (command) => {
    // The state in the history is read, but the inventory and the objects are not.
    if (command === 'history') expect(await sent(command)).toHaveLength(2);
    else expectLeast(await sent(command), look);
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
