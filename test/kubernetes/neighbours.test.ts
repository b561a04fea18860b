import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './harness/connected.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)(
  'one cluster of several environments, targets and sizes',
  () => {
    const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
    let small: SmallMesh;
    let count = 0;

    beforeAll(() => installCrds(cluster));
    afterAll(() => cluster.close());
    beforeEach(async () => {
      small = await SmallMesh.make(cluster, `neighbours-${(count += 1)}`);
    });
    afterEach(() => small.remove());

    const write = (file: string, text: string): void => {
      mkdirSync(join(small.root, file, '..'), { recursive: true });
      writeFileSync(join(small.root, file), text);
    };

    const overlay = (namespace: string, services: readonly string[], timeout = 5): string =>
      [
        `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${small.namespace}}
spec: {targets: {cluster: {options: {rootNamespace: ${namespace}}}}}
`,
        ...services.map(
          (name) => `apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}, timeout: ${timeout}s}
`,
        ),
      ].join('---\n');

    test('keeps two environments of one mesh apart: neither sees, prunes nor counts what is the other’s', async () => {
      const [one, two] = [`${small.namespace}-one`, `${small.namespace}-two`];
      for (const name of [one, two]) await ensureNamespace(cluster, name);
      small.write({ services: [] });
      write('environments/one/all.yaml', overlay(one, ['web', 'more']));
      write('environments/two/all.yaml', overlay(two, ['web']));
      expect(await small.mesh('apply', '--yes', '--env', 'one')).toMatchObject({ code: 0 });
      expect(await small.mesh('apply', '--yes', '--env', 'two')).toMatchObject({ code: 0 });
      const kept = await small.objects('VirtualService', two);
      expect(kept).toHaveLength(1);

      // One mesh loses all its objects: no guard counts the objects of the other mesh, and they all stay.
      write('environments/one/all.yaml', overlay(one, ['more']));
      const pruned = await small.mesh('apply', '--yes', '--env', 'one', '--allow-prune-percent', '60');
      expect(pruned.code, pruned.error).toBe(0);
      expect((await small.objects('VirtualService', one)).map(({ metadata }) => metadata.name)).toEqual([
        'more',
      ]);
      expect(await small.objects('VirtualService', two)).toEqual(kept);
      for (const command of ['plan', 'drift', 'status'])
        expect(await small.mesh(command, '--detailed-exitcode', '--env', 'two')).toMatchObject({ code: 0 });

      const runs = async (name: string): Promise<number> => {
        const { out } = await small.mesh('history', '--format', 'json', '--env', name);
        return (JSON.parse(out) as { targets: { cluster: { entries: unknown[] } } }).targets.cluster.entries
          .length;
      };
      expect([await runs('one'), await runs('two')]).toEqual([2, 1]);
      const back = await small.mesh('rollback', '--yes', '--env', 'one');
      expect(back.code, back.error).toBe(0);
      expect(await small.objects('VirtualService', one)).toHaveLength(2);
      expect(await small.objects('VirtualService', two)).toEqual(kept);
      // The hold is of one environment.
      expect(await small.mesh('apply', '--yes', '--env', 'two')).toMatchObject({ code: 0 });
      expect(await small.mesh('apply', '--yes', '--env', 'one')).toMatchObject({ code: 4 });
    });

    test('refuses an environment the objects of another, and says whose they are', async () => {
      const shared = `${small.namespace}-shared`;
      await ensureNamespace(cluster, shared);
      small.write({ services: [] });
      write('environments/one/all.yaml', overlay(shared, ['web']));
      write('environments/two/all.yaml', overlay(shared, ['web'], 9));
      expect(await small.mesh('apply', '--yes', '--env', 'one')).toMatchObject({ code: 0 });
      const before = await small.objects('VirtualService', shared);
      const refused = await small.mesh('apply', '--yes', '--env', 'two');
      expect(refused.code).toBe(7);
      expect(refused.error).toContain('another mesh, target or environment keeps it');
      expect(await small.objects('VirtualService', shared)).toEqual(before);
    });

    test('lets one of two targets have a name that both want, and says so of the other', async () => {
      // Two contexts of one server: the spec can't tell that they are one place.
      const config = JSON.parse(readFileSync(testKubeconfig ?? '', 'utf8')) as {
        contexts: { name: string; context: { user: string; cluster: string } }[];
      };
      config.contexts.push({ name: 'again', context: { user: 'admin', cluster: 'test' } });
      write('kubeconfig', JSON.stringify(config));
      const target = (name: string, context: string): string =>
        `${name}: {platform: istio, options: {rootNamespace: ${small.namespace}}, output: {kubernetes: {context: ${context}, stateNamespace: ${small.stateNamespace}}}}`;
      write(
        'mesh.yaml',
        `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${small.namespace}}
spec:
  trustDomain: shop.example
  targets: {${target('first', 'admin')}, ${target('second', 'again')}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: ${small.namespace}}
spec: {ports: {http: {port: 80}}}
`,
      );
      const settings = { kubeconfig: join(small.root, 'kubeconfig') };
      const half = await small.run(['apply', '--yes'], settings);
      expect(half.code, half.error).toBe(8);
      expect(half.error).toMatch(/(metadata\.labels|applyset\.kubernetes\.io\/part-of)/);
      const [route] = await small.objects();
      // All of the object is the first target's.
      const managers = new Set(route?.metadata.managedFields?.map(({ manager }) => manager));
      expect([...managers]).toEqual([`mesh/${small.namespace}.default.first`]);
      const later = await small.run(['apply', '--yes'], settings);
      expect(later.code, later.error).toBe(7);
      expect(later.error).toContain('another mesh, target or environment keeps it');
    });

    test('says which object is too large, keeps what is there, and ends once the object is smaller', async () => {
      expect(await small.mesh('apply', '--yes')).toMatchObject({ code: 0 });
      // More than the 1.5 MiB of a request to etcd.
      const route = (rules: number): string => `apiVersion: mesh/v1
kind: Route
metadata: {name: web, namespace: ${small.namespace}}
spec:
  service: web
  rules:
${Array.from({ length: rules }, (_, i) => `    - {match: [{path: {exact: /${'x'.repeat(1800)}${i}}}], backends: [{service: web}]}`).join('\n')}
    - {backends: [{service: web}]}
`;
      write('route.yaml', route(900));
      const refused = await small.mesh('apply', '--yes');
      expect(refused.code, refused.error.slice(-2000)).toBe(8);
      expect(refused.error.slice(-2000)).toMatch(/VirtualService\/\S+: .*too large/);
      write('route.yaml', route(3));
      const smaller = await small.mesh('apply', '--yes');
      expect(smaller.code, smaller.error).toBe(0);
      expect(await small.mesh('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    });
  },
);
