import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { rawRequest } from './harness/raw-request.ts';
import { type Ran, runMesh } from './harness/run-mesh.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

describe.skipIf(testKubeconfig === undefined)('mesh with an output kubernetes', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let root: string;
  let namespace: string;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'mesh-delivery-'));
    namespace = `delivery-${(count += 1)}`;
    await ensureNamespace(cluster, namespace);
    write(5);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('plans, applies, changes nothing the second time, goes back, and remembers', async () => {
    const first = await mesh('plan', '--format', 'json', '--detailed-exitcode');
    expect(first.code, first.error).toBe(2);
    const { objects } = targetOf(first.out);
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.every(({ op, origin }) => op === 'create' && origin?.file === 'mesh.yaml')).toBe(true);
    expect(await timeouts()).toEqual([]);

    const applied = await mesh('apply', '--yes');
    expect(applied.code, applied.error).toBe(0);
    expect(await timeouts()).toEqual(['5s']);
    expect((await mesh('plan', '--detailed-exitcode')).code).toBe(0);
    const before = await versions();
    expect((await mesh('apply', '--yes')).code).toBe(0);
    expect(await versions()).toEqual(before);

    write(7);
    const changed = await mesh('plan', '--format', 'json', '--detailed-exitcode');
    expect(changed.code, changed.error).toBe(2);
    expect(targetOf(changed.out).objects).toEqual([
      expect.objectContaining({
        op: 'update',
        fields: [expect.objectContaining({ before: '5s', after: '7s' })],
      }),
    ]);
    expect((await mesh('apply', '--yes')).code).toBe(0);
    expect(await timeouts()).toEqual(['7s']);

    const history = JSON.parse((await mesh('history', '--format', 'json')).out) as HistoryJson;
    expect(history.targets?.['cluster']?.entries.map(({ outcome }) => outcome)).toEqual([
      'succeeded',
      'succeeded',
    ]);
    const ids = history.targets?.['cluster']?.entries.map(({ id }) => id) ?? [];
    const offered = execFileSync(process.execPath, [bin, 'completion', 'bash', '=rollback', '='], {
      cwd: root,
      env: { ...process.env, KUBECONFIG: testKubeconfig },
      encoding: 'utf8',
    });
    for (const id of ids) expect(offered).toContain(`\n${id}\tapply `);
    const back = await mesh('rollback', '--yes');
    expect(back.code, back.error).toBe(0);
    expect(await timeouts()).toEqual(['5s']);
    // The hold of the rollback refuses an apply of the revision in Git.
    expect((await mesh('apply', '--yes')).code).toBe(4);
    expect(await timeouts()).toEqual(['5s']);
  });

  test('prunes what the spec no longer has, and leaves what others made', async () => {
    expect((await mesh('apply', '--yes')).code).toBe(0);
    const names = await namesOf('VirtualService');
    write(5, false);
    const refused = await mesh('apply', '--yes');
    expect(refused.code).toBe(4);
    expect(await namesOf('VirtualService')).toEqual(names);
    const pruned = await mesh('apply', '--yes', '--allow-prune-percent', '100');
    expect(pruned.code, pruned.error).toBe(0);
    expect(await namesOf('VirtualService')).toEqual([]);
  });

  test('tells drift with who made it, and does not write over it', async () => {
    expect((await mesh('apply', '--yes')).code).toBe(0);
    expect((await mesh('drift', '--detailed-exitcode')).code).toBe(0);
    const [name = ''] = await namesOf('VirtualService');
    const place = `/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices/${name}`;
    await rawRequest('PATCH', place, { spec: { hosts: ['elsewhere.example'] } });
    const drift = await mesh('drift', '--detailed-exitcode', '--format', 'json');
    expect(drift.code, drift.error).toBe(2);
    expect(drift.out).toContain('kubectl-edit');
    expect(drift.out).toContain('elsewhere.example');
    const refused = await mesh('apply', '--yes');
    expect(refused.code).toBe(7);
    expect(`${refused.out}${refused.error}`).toContain('kubectl-edit');
  });

  test('leaves an object alone that others made, until it is adopted', async () => {
    const plan = targetOf((await mesh('plan', '--format', 'json')).out);
    const ref = plan.objects.find((one) => one.ref.includes('VirtualService'))?.ref ?? '';
    const [, , , name = ''] = ref.split('/');
    const kind = await kindOf(cluster, 'networking.istio.io/v1', 'VirtualService');
    const spec = { hosts: ['mine.example'] };
    await cluster.create(kind, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace },
      spec: { ...spec, http: [{ route: [{ destination: { host: 'mine.example' } }] }] },
    });
    const refused = await mesh('apply', '--yes');
    expect(refused.code).toBe(7);
    expect(`${refused.out}${refused.error}`).toContain(`--adopt ${ref}`);
  });

  test('of two runs at once one is refused or waits, and the state is whole', async () => {
    const both = await Promise.all([mesh('apply', '--yes'), mesh('apply', '--yes')]);
    const codes = both.map(({ code }) => code).sort();
    expect([
      [0, 0],
      [0, 6],
    ]).toContainEqual(codes);
    expect((await mesh('plan', '--detailed-exitcode')).code).toBe(0);
    expect((await mesh('apply', '--yes')).code).toBe(0);
  });

  test('of an Envoy target is refused: a cluster takes no files', async () => {
    write(5, true, 'envoy');
    const refused = await mesh('plan');
    expect(refused.code).toBe(3);
    expect(refused.error).toContain('MESH5000');
  });

  test('without a right names it', async () => {
    const file = path.join(root, 'mesh.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('context: admin', 'context: nobody'));
    const refused = await mesh('apply', '--yes');
    expect(refused.code).toBe(15);
    expect(refused.error).toMatch(/cannot (get|list) \S+ in namespace/);
  });

  function write(timeout: number, hasService = true, platform = 'istio'): void {
    const output = `{kubernetes: {context: admin, stateNamespace: state-${namespace}}}`;
    // Objects of the whole mesh lie beside the others: each test has a mesh of its own.
    const options = platform === 'istio' ? `options: {rootNamespace: ${namespace}}, ` : '';
    const rest = `---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}}
`;
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${namespace}}
spec:
  trustDomain: shop.example
  defaults: {timeout: ${timeout}s}
  targets: {cluster: {platform: ${platform}, ${options}output: ${output}}}
${hasService ? rest : ''}`,
    );
  }

  async function objectsOf(kind: string): Promise<readonly LiveObject[]> {
    const served = await kindOf(cluster, 'networking.istio.io/v1', kind);
    return (await cluster.list(served, { namespace })).objects;
  }

  async function namesOf(kind: string): Promise<readonly string[]> {
    return (await objectsOf(kind)).map(({ metadata }) => metadata.name);
  }

  /** The timeouts of all routes. */
  async function timeouts(): Promise<readonly string[]> {
    const found = (await objectsOf('VirtualService')).flatMap(({ spec }) =>
      [...JSON.stringify(spec).matchAll(/"timeout":"([^"]+)"/g)].map(([, value = '']) => value),
    );
    return [...new Set(found)];
  }

  async function versions(): Promise<unknown> {
    const all: unknown[] = [];
    for (const kind of ['VirtualService', 'DestinationRule', 'Sidecar', 'Gateway', 'ServiceEntry'])
      for (const { metadata } of await objectsOf(kind))
        all.push([kind, metadata.name, metadata.resourceVersion]);
    return all;
  }

  function mesh(...words: readonly string[]): Promise<Ran> {
    return runMesh(words, { root });
  }
});

interface HistoryJson {
  readonly targets?: Readonly<
    Record<string, { readonly entries: readonly { readonly id: string; readonly outcome: string }[] }>
  >;
}

interface PlannedTarget {
  readonly objects: readonly {
    readonly op: string;
    readonly ref: string;
    readonly origin?: { readonly file: string };
    readonly fields?: readonly unknown[];
  }[];
}

function targetOf(json: string): PlannedTarget {
  return (JSON.parse(json) as { targets: { cluster: PlannedTarget } }).targets.cluster;
}
