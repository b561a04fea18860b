import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readNative } from '../../src/commands/read-native.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { bindRoles } from './harness/rights.ts';

const groups = {
  '': ['namespaces', 'services'],
  apps: ['daemonsets', 'deployments', 'statefulsets'],
  batch: ['cronjobs'],
  'networking.k8s.io': ['ingresses'],
  'networking.istio.io': ['*'],
  'security.istio.io': ['*'],
  'telemetry.istio.io': ['*'],
  'extensions.istio.io': ['*'],
  'gateway.networking.k8s.io': ['gateways'],
};

/** Returns a ClusterRole that may list what an import of Istio reads, but for one resource. */
function listRole(name: string, without = '') {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: Object.entries(groups).map(([group, resources]) => ({
      apiGroups: [group],
      resources: resources.filter((resource) => resource !== without),
      verbs: ['list'],
    })),
  };
}

function object(apiVersion: string, kind: string, namespace: string, name: string, spec: object): LiveObject {
  return { apiVersion, kind, metadata: { name, namespace }, spec } as unknown as LiveObject;
}

describe.skipIf(testKubeconfig === undefined)('an import from a cluster', () => {
  const admin = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const opened: ReturnType<typeof connected>[] = [];

  beforeAll(async () => {
    await installCrds(admin);
    for (const namespace of ['imported', 'import-other']) {
      await ensureNamespace(admin, namespace);
      const pods = {
        metadata: { labels: { app: 'reviews' } },
        spec: { containers: [{ name: 'a', image: 'a' }] },
      };
      for (const one of [
        object('v1', 'Service', namespace, 'reviews', {
          selector: { app: 'reviews' },
          ports: [{ name: 'http', port: 80, targetPort: 8080 }],
        }),
        object('apps/v1', 'Deployment', namespace, 'reviews', {
          selector: { matchLabels: { app: 'reviews' } },
          template: pods,
        }),
        object('networking.istio.io/v1', 'VirtualService', namespace, 'reviews', {
          hosts: ['reviews'],
          http: [{ timeout: '3s', route: [{ destination: { host: 'reviews' } }] }],
        }),
        object('security.istio.io/v1', 'PeerAuthentication', namespace, 'default', {
          mtls: { mode: 'STRICT' },
        }),
      ])
        await admin.apply(await kindOf(admin, one.apiVersion, one.kind), one, { manager: 'import-test' });
      const secret = {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'key', namespace },
        stringData: { key: 'top-secret' },
      };
      const kind = await kindOf(admin, 'v1', 'Secret');
      await admin.apply(kind, secret, { manager: 'import-test' });
    }
  });
  afterEach(() => {
    for (const cluster of opened.splice(0)) cluster.close();
  });
  afterAll(() => admin.close());

  const read = (user: string, namespaces?: readonly string[]) =>
    readNative(
      { folders: [], cluster: { context: user, namespaces }, from: 'istio', meshName: 'live' },
      {
        nativeFolder: () => Promise.reject(new Error('no files are read')),
        workingDirectory: '.',
        openCluster(context) {
          const cluster = connected(context);
          opened.push(cluster);
          return Promise.resolve(cluster);
        },
      },
    );

  test('accounts for every field that the API server adds, and names objects as places', async () => {
    const { imported, native } = await read('admin', ['imported']);
    expect(native.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(imported.ledger.filter(({ fate }) => fate.type === 'unaccounted')).toEqual([]);
    const managed = imported.ledger.filter(({ path: keys }) => keys[1] === 'managedFields');
    expect(managed.length).toBeGreaterThan(0);
    for (const { fate } of managed) expect(fate.type).toBe('without effect');
    const [place] = imported.ledger.filter(({ path: keys }) => keys.at(-1) === 'timeout');
    expect(place?.location.file).toBe('VirtualService/imported/reviews');
    const text = imported.files.find(({ file }) => file === 'imported/reviews.yaml')?.text;
    expect(text).toContain('# from VirtualService/imported/reviews:1:1');
    expect(text).toContain('timeout: 3s');
    expect(text).toContain('mtls: strict');
  });

  test('reads the named namespaces alone, and without names all but those of Kubernetes', async () => {
    const some = await read('admin', ['imported']);
    const files = some.imported.files.map(({ file }) => file);
    expect(files.filter((file) => file.startsWith('import-other/'))).toEqual([]);
    const all = (await read('admin')).imported.files.map(({ file }) => file);
    expect(all).toContain('import-other/reviews.yaml');
    expect(all.filter((file) => file.startsWith('kube-') || file === 'default/kubernetes.yaml')).toEqual([]);
  });

  test('needs the right to list alone, and never reads a Secret', async () => {
    await bindRoles(admin, 'planner', [listRole('import-lists')], 'imported');
    const { imported } = await read('planner', ['imported']);
    expect(imported.files.map(({ file }) => file)).toContain('imported/reviews.yaml');
    expect(JSON.stringify(imported.files)).not.toContain('top-secret');
    expect(imported.texts.some(({ text }) => text.includes('top-secret'))).toBe(false);
    await bindRoles(admin, 'planner', [listRole('import-lists', 'deployments')], 'imported');
    await expect(read('planner', ['imported'])).rejects.toThrow(/list .*deployments/);
  });
});
