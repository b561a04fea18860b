import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { envoyAdmin } from '../../../src/adapters/envoy-admin.ts';
import { PrometheusSource } from '../../../src/adapters/prometheus/prometheus-source.ts';
import { ProxyScrape } from '../../../src/adapters/proxy-scrape/proxy-scrape.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { policyOf } from '../../../src/core/canary/judge/policy-of.ts';
import { Replay } from '../../../src/core/canary/replay/replay.ts';
import type { Arms } from '../../../src/core/evidence/arms.ts';
import { isUnreadable } from '../../../src/core/evidence/unreadable.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Share } from '../../../src/core/ir/weights/share.ts';
import { withWeights } from '../../../src/core/ir/weights/with-weights.ts';
import { boundText, revisionFiles } from '../../../src/core/revision/revision-files.ts';
import target from '../../../src/core/targets/envoy/index.ts';
import type { MetricsSource } from '../../../src/ports/metrics-source.ts';
import { Prometheus, prometheusBinary } from '../harness/prometheus.ts';
import { address, RunningMesh } from '../harness/running-mesh.ts';
import { watch } from './live-rollout.ts';
import { FallibleApp, Load, type Manners } from './live-services.ts';

const envoy = process.env['ENVOY'];

/** Promotion takes ten minutes and more, and so does a deadline: `CANARY=all` waits for both. */
const all = process.env['CANARY'] === 'all';
const deadline = 780;

/** A rollout of this file. All rollouts run side by side, each for its own service. */
interface Case {
  readonly v1: Manners;
  readonly v2: Manners;
  readonly perSecond: number;
  /** The share in the proxies, in per cent; the judge is told 10. */
  readonly weight?: number;
  readonly judge: string;
}

const well: Manners = { bad: 0.004, delay: 0 };
const scrape = '{source: scrape}';

const cases: Readonly<Record<string, Case>> = {
  worse: { v1: well, v2: { bad: 0.1, delay: 0 }, perSecond: 40, judge: scrape },
  slower: {
    v1: { bad: 0.002, delay: 250 },
    v2: { bad: 0.002, delay: 750 },
    perSecond: 40,
    judge: '{source: prometheus, latency: {quantile: p95, max: 500ms}}',
  },
  unsplit: { v1: well, v2: well, perSecond: 40, weight: 30, judge: scrape },
  unseen: { v1: well, v2: { bad: 0.02, delay: 0 }, perSecond: 10, judge: '{source: prometheus}' },
  ...(all && {
    healthy: { v1: { bad: 0.001, delay: 0 }, v2: { bad: 0.001, delay: 0 }, perSecond: 40, judge: scrape },
    thin: { v1: well, v2: well, perSecond: 2, judge: scrape },
  }),
};

describe.skipIf(envoy === undefined)('rollouts on real Envoys under load', () => {
  let running: RunningMesh;
  /** The mesh before any weight moves. */
  let linked: Ir;
  let folder: string;
  let prometheus: Prometheus | undefined;
  const apps: FallibleApp[] = [];
  const load = new Load();

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'meshwright-canary-'));
    writeFileSync(path.join(folder, 'mesh.yaml'), meshOf(cases));
    const names = Object.keys(cases);
    running = await RunningMesh.start(
      {
        name: 'canary-proof',
        directory: folder,
        about: 'one rollout for each end',
        hosts: [],
        silent: names.map((name) => `shop/${name}`),
        requests: [],
        matrices: [],
      },
      envoy ?? '',
      {
        change: (ir) => {
          linked = ir;
          return weighted(ir, (name) => ({ state: 'running', weight: cases[name]?.weight ?? 10 }));
        },
      },
    );
    const outbound = address(running.proxyOf('shop/web').outbound);
    for (const [name, { perSecond, ...versions }] of Object.entries(cases)) {
      for (const version of running.ir.services[`shop/${name}`]?.versions ?? [])
        for (const instance of version.instances ?? []) {
          const app = new FallibleApp(version.name === 'v1' ? versions.v1 : versions.v2);
          apps.push(app);
          await app.listen(instance.app['http'] ?? { host: '', port: 0 });
        }
      load.begin(outbound, `${name}.shop`, perSecond);
    }
    const binary = prometheusBinary();
    const admins = running.proxies.map(({ admin }) => admin);
    if (binary !== undefined) prometheus = await Prometheus.start(binary, { proxies: admins });
    // Counters begin with the first requests, and Prometheus waits five seconds before it scrapes.
    await sleep(8000);
  });
  afterAll(async () => {
    load.stop();
    await prometheus?.stop();
    await (running as RunningMesh | undefined)?.stop();
    for (const app of apps) await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function weighted(ir: Ir, shareOf: (name: string) => Share): Ir {
    return withWeights(
      ir,
      Object.fromEntries(Object.keys(cases).map((name) => [`shop/${name}`, shareOf(name)])),
    );
  }

  function armsOf(name: string): Arms {
    const { judge } = rolloutOf(name);
    const question = {
      service: `shop/${name}`,
      baseline: 'v1',
      candidate: 'v2',
      bad: judge.bad,
      ...(judge.latency && { slowAbove: judge.latency.max }),
    };
    const arms = target.arms?.(running.ir, question, { version: '1.40', options: {} });
    if (arms === undefined || 'why' in arms) throw new Error('no arms');
    return arms;
  }

  function rolloutOf(name: string) {
    const rollout = running.ir.rollouts?.[`shop/${name}`];
    if (rollout === undefined) throw new Error(`no rollout ${name}`);
    return rollout;
  }

  function sourceOf(name: string): MetricsSource {
    if (rolloutOf(name).judge.source === 'scrape') return new ProxyScrape(envoyAdmin, systemClock);
    return new PrometheusSource(prometheus?.url ?? '', {}, systemClock);
  }

  const policy = (name: string) => policyOf(rolloutOf(name));

  /** Gives all requests of a service back to v1 by writing its routes, as an apply would. */
  function rollBack(name: string): void {
    const back = weighted(linked, (other) =>
      other === name ? { state: 'before' } : { state: 'running', weight: cases[other]?.weight ?? 10 },
    );
    for (const file of revisionFiles(target.lower(back, { version: '1.40', options: {} })).values())
      if (file.path.endsWith('/rds.json'))
        writeFileSync(path.join(running.out, file.path), boundText(file, running.out));
    // Proxies read again when a name in this folder changes.
    writeFileSync(path.join(running.out, 'turn'), '');
    renameSync(path.join(running.out, 'turn'), path.join(running.out, 'config/turned'));
  }

  /** Requests to the candidate within a time (ms). */
  async function newRequests(name: string, time: number): Promise<number> {
    const before = await candidateRequests(name);
    await sleep(time);
    return (await candidateRequests(name)) - before;
  }

  /** Requests of the candidate so far, at all callers. */
  async function candidateRequests(name: string): Promise<number> {
    const lines = await new ProxyScrape(envoyAdmin, systemClock).read(armsOf(name), 0);
    let count = 0;
    for (const line of lines)
      if (!('failed' in line) && line.arm === 'candidate' && line.side === undefined) count += line.requests;
    return count;
  }

  test.concurrent('a version that fails 25 times as often is found within two minutes, and rolled back', async () => {
    const watched = await watch(policy('worse'), sourceOf('worse'), armsOf('worse'), 10, ['fail']);
    expect(watched.verdict).toMatchObject({
      verdict: 'fail',
      reason: { code: 'fast' },
      blame: 'application',
    });
    expect(watched.after).toBeLessThan(120);
    rollBack('worse');
    // Proxies take a moment to read; then no request more arrives within three seconds, in which twelve would.
    await vi.waitFor(async () => expect(await newRequests('worse', 3000)).toBe(0), { timeout: 30_000 });
    // The recorded lines give the same verdict again, with the same numbers.
    const replay = new Replay(policy('worse'));
    for (const line of watched.lines) replay.take(line);
    expect(replay.end()).toEqual(watched.verdict);
  });

  test.concurrent('a version that takes three times as long is found through Prometheus', async () => {
    if (prometheus === undefined) return;
    const { verdict } = await watch(policy('slower'), sourceOf('slower'), armsOf('slower'), 10, ['fail']);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: { code: 'latency' } });
  });

  test.concurrent('a division of requests that differs from the weights holds the rollout', async () => {
    const ends = ['hold', 'fail', 'pass'] as const;
    const { verdict } = await watch(policy('unsplit'), sourceOf('unsplit'), armsOf('unsplit'), 10, ends);
    expect(verdict).toMatchObject({ verdict: 'hold', reason: { code: 'share' } });
  });

  test.concurrent('metrics that stop coming end blind, and not in a rollback', async () => {
    if (prometheus === undefined) return;
    // This case stops a server of its own, since the other cases need theirs.
    const own = await Prometheus.start(prometheusBinary() ?? '', {
      proxies: running.proxies.map(({ admin }) => admin),
    });
    const source = new PrometheusSource(own.url, {}, systemClock);
    const outage = sleep(25_000).then(() => own.stop());
    const { verdict, lines } = await watch(policy('unseen'), source, armsOf('unseen'), 10, [
      'blind',
      'fail',
      'pass',
    ]);
    await outage;
    source.close();
    expect(verdict).toMatchObject({ verdict: 'blind', reason: { code: 'source' } });
    expect(lines.some((line) => 'requests' in line)).toBe(true);
    expect(lines.at(-1)).toMatchObject({ failed: true, cause: 'unreachable' });
  });

  test.runIf(all).concurrent('a healthy version passes', { timeout: 900_000 }, async () => {
    const { verdict, after } = await watch(policy('healthy'), sourceOf('healthy'), armsOf('healthy'), 10, [
      'pass',
      'fail',
      'hold',
    ]);
    expect(verdict).toMatchObject({ verdict: 'pass' });
    expect(after).toBeGreaterThanOrEqual(540);
  });

  test
    .runIf(all)
    .concurrent(
      'two requests a second are too few, and the verdict says so',
      { timeout: 900_000 },
      async () => {
        const { verdict } = await watch(policy('thin'), sourceOf('thin'), armsOf('thin'), 10, [
          'pass',
          'fail',
        ]);
        expect(verdict).toMatchObject({ verdict: 'inconclusive', reason: { code: 'power' } });
      },
    );

  test.concurrent('the present rate equals the rate of the load', async () => {
    const [before, began] = [load.sent('worse.shop'), performance.now()];
    const rate = await new ProxyScrape(envoyAdmin, systemClock).rate(armsOf('worse'));
    if (isUnreadable(rate)) throw new Error(rate.why);
    const sent = ((load.sent('worse.shop') - before) * 1000) / (performance.now() - began);
    expect(rate.perSecond).toBeGreaterThan(0.7 * sent);
    expect(rate.perSecond).toBeLessThan(1.3 * sent);
  });
});

/** A mesh with a caller, and a service with a rollout for each case. */
function meshOf(services: typeof cases): string {
  const documents = Object.entries(services).map(([name, { judge }], i) => {
    const at = (version: number): string => {
      const host = `127.1.91.${String(2 * i + version + 1)}`;
      return `[{app: "${host}:8080", inbound: "${host}:15006", outbound: "${host}:15001", admin: "${host}:15000"}]`;
    };
    return `---
apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {}}
  endpoints: {v1: ${at(1)}, v2: ${at(2)}}
---
apiVersion: mesh/v1
kind: Rollout
metadata: {name: ${name}, namespace: shop}
spec: {service: ${name}, from: v1, to: v2, steps: [10%, 100%], deadline: ${String(deadline)}s, judge: ${judge}}
`;
  });
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: canary}
spec:
  trustDomain: canary.example
  mtls: strict
  access: allow
  defaults: {timeout: 2s}
  metrics: {prometheus: {url: "http://127.0.0.1:9"}}
  targets: {local: {platform: envoy, output: {directory: out/local}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  calls: [${Object.keys(services).join(', ')}]
  endpoints: {default: [{outbound: "127.1.91.1:15001", admin: "127.1.91.1:15000"}]}
${documents.join('')}`;
}
