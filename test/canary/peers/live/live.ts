import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { freePorts } from '../../../components/free-ports.ts';
import { startApiServer } from '../../../kubernetes/harness/api-server.ts';
import { policy } from '../../bars/policy.ts';
import { runCell } from '../../bars/run-cell.ts';
import { Api } from './api.ts';
import { type ArgoSettings, argoObjectsOf, flaggerObjectsOf } from './peer-objects.ts';
import { exposition, type PlayedStream, playedStreams } from './played-stream.ts';
import { deployment, podTemplate, readyWorkloads } from './workloads.ts';

/** Seconds of the stream in a second of the run: Flagger takes no interval below 10 s. */
const speed = 6;

const outage = (t: number): number => (t >= 300 && t < 600 ? 0.3 : 0);

const scenarios = {
  healthy: { rps: 100 },
  outage: { rps: 100, outage },
  regression: { rps: 100, worse: () => 10 },
  thin: { rps: 2 },
} as const;

/** The example of the documentation (95 %, every five minutes, the fourth failure), and our goal in each minute. */
const argoSettings: readonly ArgoSettings[] = [
  { name: 'argo-doc', errors: 5, interval: 300, failureLimit: 3 },
  { name: 'argo-slo', errors: 1, interval: 60, failureLimit: 4 },
];

const [flagger, rolloutsController, seeds = '3', minutes = '45', ...crds] = process.argv.slice(2);
if (flagger === undefined || rolloutsController === undefined || crds.length === 0)
  throw new Error('usage: node live.ts FLAGGER ROLLOUTS-CONTROLLER SEEDS MINUTES CRDS.yaml…');

/** False if the argument for the program of Argo Rollouts is `-`. */
const hasArgo = rolloutsController !== '-';

const cache = path.join(homedir(), '.cache/meshwright');
const folder = mkdtempSync(path.join(tmpdir(), 'mesh-peers-'));
const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];

/** Starts a program that writes its output to a file of the folder; the program ends with the run. */
function start(name: string, program: string, argv: readonly string[]): void {
  const file = openSync(path.join(folder, `${name}.log`), 'w');
  const child = spawn(program, argv, { stdio: ['ignore', file, file], cwd: folder });
  stops.push(async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  child.on('exit', (code) => process.stderr.write(`${name} ended: ${String(code)}\n`));
}

/** The second of the streams; negative before they begin. */
let began = Number.POSITIVE_INFINITY;
const now = (): number => ((Date.now() - began) / 1000) * speed;

async function run(): Promise<void> {
  const streams = playedStreams(scenarios, Number(seeds));
  const [metrics = 0, prometheus = 0, health = 0, flaggerPort = 0, argoMetrics = 0] = await freePorts(5);
  const exporter = createServer((_, response) => response.end(exposition(streams, Math.max(0, now()))));
  exporter.listen(metrics, '127.0.0.1');
  stops.push(() => exporter.close());
  const config = path.join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    `global: {scrape_interval: 1s}\nscrape_configs: [{job_name: streams, static_configs: [{targets: ["127.0.0.1:${String(metrics)}"]}]}]\n`,
  );
  start('prometheus', path.join(cache, 'prometheus/prometheus'), [
    ...[`--config.file=${config}`, `--storage.tsdb.path=${path.join(folder, 'data')}`],
    `--web.listen-address=127.0.0.1:${String(prometheus)}`,
  ]);
  const kubernetes = path.join(cache, 'kubernetes-1.35.4');
  const server = await startApiServer({
    apiserver: path.join(kubernetes, 'kube-apiserver'),
    etcd: path.join(kubernetes, 'etcd'),
  });
  stops.push(server.stop);
  const api = new Api(server.port);
  for (const file of crds)
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
      const crd = document.toJS() as { readonly kind?: string } | null;
      if (crd?.kind === 'CustomResourceDefinition')
        await api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd);
    }
  await sleep(3000);
  const clock = { speed, prometheus: `http://127.0.0.1:${String(prometheus)}` };
  for (const { name } of streams) await begin(api, name, clock);
  start('flagger', flagger ?? '', [
    ...['-kubeconfig', server.kubeconfig, '-mesh-provider', 'istio', '-metrics-server', clock.prometheus],
    ...[
      '-control-loop-interval',
      '2s',
      '-port',
      String(flaggerPort),
      '-log-level',
      'info',
      '-threadiness',
      '4',
    ],
  ]);
  if (rolloutsController !== undefined && hasArgo)
    start('argo-rollouts', rolloutsController, [
      ...['--kubeconfig', server.kubeconfig, '--leader-elect=false', '--healthzPort', String(health)],
      ...['--metricsPort', String(argoMetrics), '--loglevel', 'warn'],
    ]);
  await until(api, 'initialised', (ends) =>
    ends.every(
      ({ phase, peer }) => phase === 'Initialized' || phase === 'Healthy' || (!hasArgo && peer !== 'flagger'),
    ),
  );
  for (const { name } of streams) await release(api, name);
  began = Date.now();
  await watch(api, streams);
}

async function begin(
  api: Api,
  namespace: string,
  clock: Parameters<typeof flaggerObjectsOf>[1],
): Promise<void> {
  await api.create('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  await api.create(
    `/apis/apps/v1/namespaces/${namespace}/deployments`,
    deployment(namespace, 'reviews', 'app:1'),
  );
  const argo = argoSettings.flatMap((settings) => argoObjectsOf(namespace, settings, clock));
  for (const { path: where, object } of [...flaggerObjectsOf(namespace, clock), ...argo])
    await api.create(where, object);
}

/** Gives every peer a new version. */
async function release(api: Api, namespace: string): Promise<void> {
  const next = (name: string) => ({ spec: { template: podTemplate(name, 'app:2') } });
  await api.merge(`/apis/apps/v1/namespaces/${namespace}/deployments/reviews`, next('reviews'));
  for (const { name } of argoSettings)
    await api.merge(`/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${name}`, next(name));
}

interface Phase {
  readonly stream: string;
  readonly peer: string;
  readonly phase: string;
  readonly message: string;
}

async function phases(api: Api): Promise<readonly Phase[]> {
  const canaries = (await api.list('/apis/flagger.app/v1beta1/canaries')).map((one) => ({
    ...one,
    peer: 'flagger',
  }));
  const rollouts = (await api.list('/apis/argoproj.io/v1alpha1/rollouts')).map((one) => ({
    ...one,
    peer: one.metadata.name,
  }));
  return [...canaries, ...rollouts].map(({ metadata, status, peer }) => ({
    stream: metadata.namespace,
    peer,
    phase: textOf(status?.['phase']),
    message: textOf(status?.['message'] ?? status?.['failedChecks']),
  }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

async function until(api: Api, what: string, is: (all: readonly Phase[]) => boolean): Promise<void> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    await readyWorkloads(api);
    const all = await phases(api);
    if (is(all)) return;
    if (Date.now() > deadline) throw new Error(`not ${what} in time: ${JSON.stringify(all)}`);
    await sleep(500);
  }
}

/** Prints each change of a phase at its second of the stream, and the verdicts of the judge on the same streams. */
async function watch(api: Api, streams: readonly PlayedStream[]): Promise<void> {
  const known = new Map<string, string>();
  while (now() < Number(minutes) * 60) {
    await readyWorkloads(api);
    for (const { stream, peer, phase, message } of await phases(api)) {
      const key = `${stream}\t${peer}`;
      if (known.get(key) === phase) continue;
      known.set(key, phase);
      console.log(`${key}\t${String(Math.round(now()))} s\t${phase}\t${message}`);
    }
    await sleep(500);
  }
  for (const [name, scenario] of Object.entries(scenarios))
    for (const [seed, { verdict, code, at }] of runCell(scenario, policy, 'live', Number(seeds)).entries())
      console.log(`${name}-${String(seed)}\tmesh\t${String(at)} s\t${verdict}\t${code}`);
  console.log(`${String(streams.length)} streams`);
}

try {
  await run();
} finally {
  for (const name of ['flagger', 'argo-rollouts', 'prometheus'])
    try {
      process.stderr.write(
        `--- ${name}\n${readFileSync(path.join(folder, `${name}.log`), 'utf8').slice(-1500)}\n`,
      );
    } catch {}
  for (const stop of stops.reverse()) await stop();
}
