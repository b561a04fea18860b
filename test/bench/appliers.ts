import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startApiServer } from '../kubernetes/harness/api-server.ts';
import { median } from './measured-process.ts';

/**
 * Measures `mesh apply`, `kubectl apply --server-side --prune` and `kapp deploy` on the same objects and a real API server:
 * a first apply, an apply without a change, and an apply after one change. The tools alternate, and each figure is the
 * median of `--rounds`; one more round counts requests, unless `--uncounted`. A tool that isn't there is left out, which is said. `--sizes` are numbers of objects; `--write`
 * puts the figures into docs.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,5000' },
    rounds: { type: 'string', default: '3' },
    uncounted: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const mesh = at('../../bin/mesh.js');
const [apiserver = '', etcd = ''] = execFileSync(at('../components/kubernetes.sh'), { encoding: 'utf8' })
  .trim()
  .split('\n');
const server = await startApiServer({ apiserver, etcd });
process.env['TEST_KUBECONFIG'] = server.kubeconfig;
const { connected, installCrds } = await import('../kubernetes/harness/connected.ts');
const { startFaultProxy } = await import('../kubernetes/harness/fault-proxy.ts');
const { ClusterMesh } = await import('./cluster-mesh.ts');
type Mesh = InstanceType<typeof ClusterMesh>;

/** A tool that applies the objects of a folder to a namespace. */
interface Tool {
  readonly name: string;
  readonly command: (namespace: string, folder: string) => readonly string[];
}

const situations = ['first', 'unchanged', 'one change'] as const;

/** Seconds, and the number of requests. */
interface Figures {
  readonly wall: number;
  readonly processor: number;
  readonly requests?: number;
}

const cluster = connected();
const tools = foundTools();
const lines = [
  '| objects | apply | tool | time | processor time | requests |',
  '| ---: | --- | --- | ---: | ---: | ---: |',
];
try {
  await installCrds(cluster);
  for (const size of values.sizes.split(',').map(Number)) await measured(size);
  const conditions = `${cpus().length} cores, load ${(loadavg()[0] ?? 0).toFixed(1)} at the end; ${rounds} rounds.`;
  const text = `${lines.join('\n')}\n\n${conditions}\n`;
  console.log(text);
  if (values.write) write(text);
} finally {
  cluster.close();
  await server.stop();
}

async function measured(size: number): Promise<void> {
  const world = new ClusterMesh(cluster, `appliers-${size}`, mesh);
  // Three objects a service, and a few of the whole mesh.
  const services = Math.ceil(size / 3);
  let odd = 5;
  const changed = async (): Promise<string> => {
    await world.write(services, (odd += 1));
    return world.compile();
  };
  try {
    await world.write(services);
    const objects = world.objects();
    const found = new Map<string, Figures[]>();
    for (let round = values.uncounted ? 1 : 0; round <= rounds; round += 1)
      for (const { name, command } of tools) {
        await world.clear(objects);
        for (const situation of situations) {
          const folder = situation === 'one change' ? await changed() : world.compile();
          const words = command(`appliers-${size}`, folder);
          // Round 0 counts requests, through a proxy, and is no measurement of time.
          const figures = round === 0 ? await counted(world, words) : await ran(world, words);
          const key = `${name} ${situation}`;
          found.set(key, [...(found.get(key) ?? []), figures]);
        }
      }
    for (const situation of situations)
      for (const { name } of tools) {
        const line = lineOf(objects.length, situation, name, found.get(`${name} ${situation}`) ?? []);
        console.log(line);
        lines.push(line);
      }
    await world.clear(objects);
  } finally {
    world.remove();
  }
}

function lineOf(count: number, situation: string, name: string, found: readonly Figures[]): string {
  const proxied = found.find((one) => one.requests !== undefined);
  const timed = found.filter((one) => one !== proxied);
  const seconds = (value: (one: Figures) => number): string => `${median(timed.map(value)).toFixed(2)} s`;
  const cells = [
    ...[count.toLocaleString('en'), situation, `\`${name}\``],
    ...[seconds(({ wall }) => wall), seconds(({ processor }) => processor)],
    proxied?.requests?.toLocaleString('en') ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Runs a tool through a proxy that counts its requests. */
async function counted(world: Mesh, words: readonly string[]): Promise<Figures> {
  const proxy = await startFaultProxy('admin');
  try {
    const figures = await ran(world, words, proxy.kubeconfig(world.root));
    return { ...figures, requests: proxy.seen.length };
  } finally {
    await proxy.stop();
  }
}

/** Runs a tool with its children and returns their times, as the shell counts them. */
async function ran(world: Mesh, words: readonly string[], kubeconfig = server.kubeconfig): Promise<Figures> {
  const times = path.join(world.root, 'times');
  const cache = path.join(world.root, '.kube-cache');
  mkdirSync(cache, { recursive: true });
  const script =
    'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>"$MESH_BENCH_SAID"; } 2>"$MESH_BENCH_TIMES"';
  const said = path.join(world.root, 'said');
  const child = spawn('bash', ['-c', script, 'bash', ...words], {
    cwd: world.root,
    env: {
      ...process.env,
      KUBECONFIG: kubeconfig,
      KUBECACHEDIR: cache,
      KUBECTL_APPLYSET: 'true',
      MESH_BENCH_TIMES: times,
      MESH_BENCH_SAID: said,
    },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(
      `${words.join(' ')} ended with ${String(code)}: ${readFileSync(said, 'utf8').slice(-2000)}`,
    );
  const [wall = 0, user = 0, system = 0] = readFileSync(times, 'utf8').trim().split(' ').map(Number);
  return { wall, processor: user + system };
}

/** Returns the tools that are there, and says which are not. */
function foundTools(): readonly Tool[] {
  const kubectl = process.env['KUBECTL'] ?? onPath('kubectl');
  const kapp = ofScript('kapp.sh', 'KAPP_BUILD');
  const others: readonly (readonly [string | undefined, Tool])[] = [
    [
      kubectl,
      {
        name: 'kubectl apply --server-side --prune',
        command: (namespace, folder) => [
          ...[kubectl ?? '', 'apply', '--server-side', '--prune', '--applyset=configmap/bench'],
          ...['-n', namespace, '--recursive', '-f', folder],
        ],
      },
    ],
    [
      kapp,
      {
        name: 'kapp deploy',
        command: (namespace, folder) => [
          kapp ?? '',
          'deploy',
          '-y',
          '-a',
          'bench',
          '-n',
          namespace,
          '-f',
          folder,
        ],
      },
    ],
  ];
  const own: Tool = {
    name: 'mesh apply',
    command: () => [process.execPath, mesh, 'apply', '--yes', '--allow-dirty', '--quiet'],
  };
  for (const [program, { name }] of others)
    if (program === undefined) console.log(`skipped: ${name}, which is not there`);
  return [own, ...others.flatMap(([program, tool]) => (program === undefined ? [] : [tool]))];
}

function onPath(name: string): string | undefined {
  const { stdout, status } = spawnSync('which', [name], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Returns the program of a component; undefined if it would have to be built. */
function ofScript(script: string, variable: string): string | undefined {
  const { stdout, status } = spawnSync(at(`../components/${script}`), [], {
    encoding: 'utf8',
    env: { ...process.env, [variable]: 'no' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}

function write(text: string): void {
  const page = at('../../docs/performance.md');
  const [begin, end] = ['<!-- appliers -->\n\n', '\n<!-- end of appliers -->'];
  const before = readFileSync(page, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < 0) throw new Error(`${page} has no place for the figures`);
  writeFileSync(page, `${before.slice(0, from)}${begin}${text}${before.slice(to)}`);
}
