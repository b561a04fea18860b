import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startApiServer } from '../kubernetes/harness/api-server.ts';
import { type Command, median, resourcesOf } from './measured-process.ts';

/**
 * Measures `mesh` on a real API server against the least that can be sent: raw patches over eight connections, dry-run
 * patches, and lists alone; `appliers.ts` measures other tools. Measurements alternate with their counterparts, and each
 * line has the median of the ratios and the load of the machine. Read ratios, not seconds; on a loaded machine the
 * processor time, which is that of `mesh` alone and of this process for the counterpart. `--sizes` are numbers of
 * objects, `--pairs` measurements of each.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,5000' },
    pairs: { type: 'string', default: '3' },
  },
});
const pairs = Number(values.pairs);
const script = fileURLToPath(new URL('../components/kubernetes.sh', import.meta.url));
const mesh = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const [apiserver = '', etcd = ''] = execFileSync(script, { encoding: 'utf8' }).trim().split('\n');
const server = await startApiServer({ apiserver, etcd });
process.env['TEST_KUBECONFIG'] = server.kubeconfig;
const { connected, installCrds } = await import('../kubernetes/harness/connected.ts');
const { startFaultProxy } = await import('../kubernetes/harness/fault-proxy.ts');
const { ClusterMesh } = await import('./cluster-mesh.ts');
type Mesh = InstanceType<typeof ClusterMesh>;
const cluster = connected();
const apply = ['apply', '--yes', '--allow-dirty', '--quiet'];
const plan = ['plan', '--quiet'];
try {
  await installCrds(cluster);
  console.log(`${cpus().length} cores\n`);
  console.log(
    '| objects | | time | against | ratio | requests | processor | of those | peak memory | load |',
  );
  console.log('|--:|---|--:|---|--:|--:|--:|--:|--:|--:|');
  for (const size of values.sizes.split(',').map(Number)) await measured(size);
} finally {
  cluster.close();
  await server.stop();
}

async function measured(size: number): Promise<void> {
  const world = new ClusterMesh(cluster, `bench-${size}`, mesh);
  // Three objects a service, and a few of the whole mesh.
  const services = Math.ceil(size / 3);
  try {
    await world.write(services);
    const objects = world.objects();
    const run = (words: readonly string[]) => () => ran(command(world, words));
    const clear = (): Promise<void> => world.clear(objects);
    const row = rowOf(objects.length);
    const lists = (): Promise<void> => world.list(objects);

    const firstPlans = await pairsOf(run(plan), () => world.patch(objects, true));
    const planned = await counted(world, plan);
    row('first plan', firstPlans, 'dry-run patches', planned, used(world, plan));

    const firsts = await pairsOf(run(apply), () => world.patch(objects), clear);
    await clear();
    const applied = await counted(world, apply);
    await clear();
    row('first apply', firsts, 'raw patches', applied, used(world, apply));

    row(
      'no-op apply',
      await pairsOf(run(apply), lists),
      'lists',
      await counted(world, apply),
      used(world, apply),
    );
    row(
      'no-op plan',
      await pairsOf(run(plan), lists),
      'lists',
      await counted(world, plan),
      used(world, plan),
    );
    const validate = ['validate', '--quiet'];
    const both = async (): Promise<void> => {
      await ran(command(world, validate));
      await lists();
    };
    row('no-op apply', await pairsOf(run(apply), both), 'validate and lists');

    let odd = 5;
    const change = (): Promise<void> => world.write(services, (odd += 1));
    await change();
    const changed = await counted(world, apply);
    await change();
    const peak = used(world, apply);
    row('one change', await pairsOf(run(apply), lists, change), 'lists', changed, peak);
    await clear();
  } finally {
    world.remove();
  }
}

/** Seconds; `processor` is the processor time of this process for the counterpart. */
interface Pair {
  readonly time: number;
  readonly least: number;
  readonly processor: number;
}

/** Measures two things in turn, seconds; `before` comes ahead of each and isn't measured. */
async function pairsOf(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly Pair[]> {
  const found: Pair[] = [];
  for (let i = 0; i < pairs; i += 1) {
    await before();
    const started = process.cpuUsage();
    const least = await timed(other);
    const { user, system } = process.cpuUsage(started);
    await before();
    found.push({ least, processor: (user + system) / 1e6, time: await timed(one) });
  }
  return found;
}

function rowOf(count: number) {
  return (name: string, found: readonly Pair[], against: string, requests = '', of?: Used): void => {
    const time = median(found.map((pair) => pair.time)).toFixed(2);
    const least = median(found.map((pair) => pair.least)).toFixed(2);
    const ratio = median(found.map((pair) => pair.time / pair.least)).toFixed(2);
    const processor = median(found.map((pair) => pair.processor)).toFixed(2);
    const load = (loadavg()[0] ?? 0).toFixed(1);
    console.log(
      `| ${count} | ${name} | ${time} s | ${against} ${least} s | ${ratio} | ${requests} | ${of?.processor ?? ''} | ${processor} s | ${of?.memory ?? ''} | ${load} |`,
    );
  };
}

function command(world: Mesh, words: readonly string[], kubeconfig = server.kubeconfig): Command {
  return {
    program: process.execPath,
    args: [mesh, ...words],
    cwd: world.root,
    env: { KUBECONFIG: kubeconfig },
  };
}

async function ran({ program, args, cwd, env }: Command): Promise<void> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(code)}: ${said}`);
}

/** Returns the processor time and the peak memory of a run. */
function used(world: Mesh, words: readonly string[]): Used {
  const { memory, processor } = resourcesOf(command(world, words));
  return { processor: `${processor.toFixed(2)} s`, memory: `${(memory / 1024 / 1024).toFixed(0)} MiB` };
}

interface Used {
  readonly processor: string;
  readonly memory: string;
}

/** Returns the number of requests that a run sends, by method. */
async function counted(world: Mesh, words: readonly string[]): Promise<string> {
  const proxy = await startFaultProxy('admin');
  try {
    await ran(command(world, words, proxy.kubeconfig(world.root)));
    const counts = new Map<string, number>();
    for (const { method } of proxy.seen) counts.set(method, (counts.get(method) ?? 0) + 1);
    return [...counts].map(([method, count]) => `${count} ${method}`).join(', ');
  } finally {
    await proxy.stop();
  }
}

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
