import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadAll } from 'js-yaml';
import { inParallel } from '../../src/core/outputs/kubernetes/in-parallel.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { startApiServer } from '../kubernetes/harness/api-server.ts';
import { medianTime, peakMemory } from './measured-process.ts';

/**
 * Measures applies to a real API server against the least that can be sent: raw patches over eight connections, and the
 * lists alone. Read ratios, not seconds. `--sizes` are numbers of objects.
 */
const { values } = parseArgs({ options: { sizes: { type: 'string', default: '100,1000,5000' } } });
const script = fileURLToPath(new URL('../components/kubernetes.sh', import.meta.url));
const mesh = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const [apiserver = '', etcd = ''] = execFileSync(script, { encoding: 'utf8' }).trim().split('\n');
const server = await startApiServer({ apiserver, etcd });
process.env['TEST_KUBECONFIG'] = server.kubeconfig;
const { connected, ensureNamespace, installCrds, kindOf } = await import(
  '../kubernetes/harness/connected.ts'
);
const { startFaultProxy } = await import('../kubernetes/harness/fault-proxy.ts');
const cluster = connected();
try {
  await installCrds(cluster);
  console.log('| objects | | time | against | ratio | requests | peak memory |');
  console.log('|--:|---|--:|---|--:|--:|--:|');
  for (const size of values.sizes.split(',').map(Number)) await measured(size);
} finally {
  cluster.close();
  await server.stop();
}

async function measured(size: number): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-bench-'));
  const namespace = `bench-${size}`;
  try {
    await ensureNamespace(cluster, namespace);
    // Three objects a service, and a few of the whole mesh.
    write(root, namespace, Math.ceil(size / 3), 5);
    const objects = compiled(root);
    const raw = await timed(() => patchAll(objects));
    await removeAll(objects);
    const kinds = [...new Set(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))];
    const apply = ['apply', '--yes', '--allow-dirty', '--quiet'];
    const row = (what: string, time: number, against: string, least: number, rest: string): void =>
      console.log(
        `| ${objects.length} | ${what} | ${time.toFixed(2)} s | ${against} ${least.toFixed(2)} s | ${(time / least).toFixed(2)} | ${rest} |`,
      );
    const start = medianTime(command(root, ['--version']), 3);
    const first = medianTime(command(root, apply), 1);
    const lists = await timed(() =>
      inParallel(kinds, 8, async (key) => {
        const [apiVersion = '', kind = ''] = key.split(' ');
        await cluster.list(await kindOf(cluster, apiVersion, kind), {
          labels: { 'app.kubernetes.io/managed-by': 'mesh' },
        });
      }),
    );
    row('first apply', first, 'raw patches', raw, ' | ');
    const load = medianTime(command(root, ['validate', '--quiet']), 3);
    const same = medianTime(command(root, apply), 3);
    row('no-op apply', same, 'lists', lists, `${await requests(root, namespace, apply)} | `);
    row('no-op apply', same, 'validate and lists', load + lists, ` | ${memory(root, apply)}`);
    write(root, namespace, Math.ceil(size / 3), 5, 7);
    const changed = await requests(root, namespace, apply);
    write(root, namespace, Math.ceil(size / 3), 5, 9);
    row(
      'one change',
      medianTime(command(root, apply), 1),
      'validate and lists',
      load + lists,
      `${changed} | `,
    );
    console.log(`| | mesh --version | ${start.toFixed(2)} s | | | | |`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Writes a mesh; `odd` is the timeout of the first service alone. */
function write(root: string, namespace: string, services: number, timeout: number, odd = timeout): void {
  mkdirSync(path.join(root, 'services'), { recursive: true });
  const output = `{kubernetes: {context: admin, stateNamespace: state-${namespace}}}`;
  writeFileSync(
    path.join(root, 'mesh.yaml'),
    `apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: ${namespace}}\nspec:\n  trustDomain: shop.example\n  targets: {cluster: {platform: istio, options: {rootNamespace: ${namespace}}, output: ${output}}}\n`,
  );
  for (let i = 0; i < services; i += 1)
    writeFileSync(
      path.join(root, 'services', `s${i}.yaml`),
      `apiVersion: mesh/v1\nkind: Service\nmetadata: {name: s${i}, namespace: ${namespace}}\nspec: {ports: {http: {port: 80}}, timeout: ${i === 0 ? odd : timeout}s}\n`,
    );
}

function command(root: string, args: readonly string[], kubeconfig = server.kubeconfig) {
  return { program: process.execPath, args: [mesh, ...args], cwd: root, env: { KUBECONFIG: kubeconfig } };
}

function memory(root: string, args: readonly string[]): string {
  return `${(peakMemory(command(root, args)) / 1024 / 1024).toFixed(0)} MiB`;
}

/** Returns the requests that a run sends. */
async function requests(root: string, namespace: string, args: readonly string[]): Promise<string> {
  const proxy = await startFaultProxy();
  const { runMesh } = await import('../kubernetes/harness/run-mesh.ts');
  const { code, error } = await runMesh(
    args.filter((word) => word !== '--allow-dirty'),
    {
      root,
      kubeconfig: proxy.kubeconfig(root),
    },
  );
  await proxy.stop();
  if (code !== 0) throw new Error(`${namespace}: ${error}`);
  const counts = new Map<string, number>();
  for (const { method } of proxy.seen) counts.set(method, (counts.get(method) ?? 0) + 1);
  return [...counts].map(([method, count]) => `${count} ${method}`).join(', ');
}

function compiled(root: string): readonly LiveObject[] {
  const out = path.join(root, 'out');
  execFileSync(process.execPath, [mesh, 'compile', '--out', out, '--quiet'], { cwd: root, stdio: 'ignore' });
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  const objects = files.flatMap((file) => loadAll(readFileSync(path.join(out, file), 'utf8')));
  rmSync(out, { recursive: true });
  return objects as unknown as readonly LiveObject[];
}

async function patchAll(objects: readonly LiveObject[]): Promise<void> {
  await inParallel(objects, 8, async (object) => {
    const kind = await kindOf(cluster, object.apiVersion, object.kind);
    const answer = await cluster.apply(kind, object, { manager: 'raw' });
    if (answer.state !== 'applied') throw new Error(JSON.stringify(answer));
  });
}

async function removeAll(objects: readonly LiveObject[]): Promise<void> {
  await inParallel(objects, 8, async (object) => {
    const kind = await kindOf(cluster, object.apiVersion, object.kind);
    const live = await cluster.read(kind, object.metadata);
    if (live) await cluster.remove(kind, live.metadata, { uid: live.metadata.uid ?? '' });
  });
}

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
