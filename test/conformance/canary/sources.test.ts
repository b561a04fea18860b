import http from 'node:http';
import http2 from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envoyAdmin } from '../../../src/adapters/envoy-admin.ts';
import { PrometheusSource } from '../../../src/adapters/prometheus/prometheus-source.ts';
import { ProxyScrape } from '../../../src/adapters/proxy-scrape/proxy-scrape.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import type { Arms } from '../../../src/core/evidence/arms.ts';
import type { FailedScrape, Scrape } from '../../../src/core/evidence/stream-line.ts';
import target from '../../../src/core/targets/envoy/index.ts';
import type { MeshCase } from '../../cases/cases.ts';
import { Prometheus, prometheusBinary } from '../harness/prometheus.ts';
import { address, RunningMesh } from '../harness/running-mesh.ts';
import { MoodyApp } from './moody-app.ts';
import { withRollout } from './rollout-of.ts';

const envoy = process.env['ENVOY'];

const mesh: MeshCase = {
  name: 'canary',
  directory: fileURLToPath(new URL('mesh', import.meta.url)),
  about: 'two versions of a service, one of them a candidate',
  hosts: [],
  silent: ['shop/api'],
  requests: [],
  matrices: [],
};

describe.skipIf(envoy === undefined)('the counters of both arms on real Envoys', () => {
  let running: RunningMesh;
  let prometheus: Prometheus | undefined;
  const app = new MoodyApp();

  beforeAll(async () => {
    running = await RunningMesh.start(mesh, envoy ?? '', { change: withRollout });
    for (const version of running.ir.services['shop/api']?.versions ?? [])
      for (const instance of version.instances ?? [])
        for (const [port, address] of Object.entries(instance.app)) await app.listen(port, address);
    const binary = prometheusBinary();
    const targets = running.proxies.map(({ admin }) => admin);
    if (binary !== undefined) prometheus = await Prometheus.start(binary, { proxies: targets });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await (running as RunningMesh | undefined)?.stop();
    await app.stop();
  });

  function arms(bad: readonly string[] = ['5xx', 'grpc', 'reset', 'timeout']): Arms {
    const question = { service: 'shop/api', baseline: 'v1', candidate: 'v2', bad, slowAbove: 700 };
    const found = target.arms?.(running.ir, question, { version: '1.40', options: {} });
    if (found === undefined || 'why' in found) throw new Error('the target counts no arms');
    return found;
  }

  const scrape = (counted = arms()) => new ProxyScrape(envoyAdmin, systemClock).read(counted, 0);

  /** Sends a request from one of both callers; the answer doesn't matter. */
  function call(route: string, caller = 0): Promise<void> {
    const outbound = running.proxies.filter(({ service }) => service === 'shop/web')[caller]?.outbound;
    const { host, port } = address(outbound ?? '');
    return new Promise((done) => {
      const asked = http.get({ host, port, path: route, headers: { host: 'api.shop:9080' }, agent: false });
      asked.on('error', () => done());
      asked.on('response', (answer) =>
        answer
          .on('error', () => done())
          .on('close', done)
          .resume(),
      );
    });
  }

  async function callGrpc(status: string): Promise<void> {
    const outbound = running.proxyOf('shop/web').outbound;
    const session = http2.connect(`http://${outbound}`);
    session.on('error', () => undefined);
    const stream = session.request({
      ':method': 'POST',
      ':path': `/v2.Api/${status}`,
      ':authority': 'api.shop:9090',
      'content-type': 'application/grpc',
    });
    await new Promise((done) => stream.on('close', done).on('error', done).resume().end());
    session.close();
  }

  interface Counted {
    requests: number;
    errors: number;
    slow: number;
  }

  /** Sums of one arm and side over all proxies. */
  function sum(lines: readonly (Scrape | FailedScrape)[], arm: string, side?: 'server'): Counted {
    const total = { requests: 0, errors: 0, slow: 0 };
    for (const line of lines) {
      if ('failed' in line) throw new Error(line.why);
      if (line.arm !== arm || line.side !== side) continue;
      total.requests += line.requests;
      total.errors += line.errors;
      total.slow += line.latency?.counts.at(-1) ?? 0;
    }
    return total;
  }

  async function grown(action: () => Promise<unknown>, bad?: readonly string[]) {
    const counted = arms(bad);
    const before = await scrape(counted);
    await action();
    // A request is counted once its stream ends, which may be after the caller has its answer.
    await sleep(300);
    const after = await scrape(counted);
    const growth = (arm: string, side?: 'server'): Counted => {
      const [one, other] = [sum(before, arm, side), sum(after, arm, side)];
      return {
        requests: other.requests - one.requests,
        errors: other.errors - one.errors,
        slow: other.slow - one.slow,
      };
    };
    return {
      baseline: growth('baseline'),
      candidate: growth('candidate'),
      served: { baseline: growth('baseline', 'server'), candidate: growth('candidate', 'server') },
    };
  }

  test('callers that have sent nothing have zeros for both arms, and no line has failed', async () => {
    const lines = await scrape();
    expect(lines.filter((line) => 'failed' in line)).toEqual([]);
    const callers = lines.filter((line) => !('failed' in line) && line.side === undefined);
    // Both instances of web, and those of api, which may call itself.
    expect(callers).toHaveLength(8);
    expect(callers.every((line) => !('failed' in line) && line.requests === 0)).toBe(true);
  });

  test('the arms are told apart, and both callers count', async () => {
    const counts = await grown(async () => {
      for (let i = 0; i < 9; i++) await call('/v1/ok', i % 2);
      await call('/v2/ok', 1);
    });
    expect(counts.baseline).toEqual({ requests: 9, errors: 0, slow: 0 });
    expect(counts.candidate).toEqual({ requests: 1, errors: 0, slow: 0 });
    expect(counts.served.baseline).toMatchObject({ requests: 9, errors: 0 });
    expect(counts.served.candidate).toMatchObject({ requests: 1, errors: 0 });
  });

  test.each([
    ['5xx', '/v2/503', 1, 0],
    ['4xx', '/v2/404', 1, 0],
    ['429', '/v2/429', 1, 0],
    ['500', '/v2/503', 0, 0],
    ['timeout', '/v2/hang', 1, 1],
    ['timeout', '/v2/504', 0, 0],
    ['5xx', '/v2/reset', 1, 0],
    // Envoy leaves a connection of HTTP/1 open for a second after it gave an answer up.
    ['reset', '/patient/cut', 1, 1],
    ['reset', '/v2/503', 0, 0],
    ['5xx', '/patient/cut', 0, 1],
    ['5xx', '/v2/slow', 0, 1],
  ])('with bad: [%s], a call to %s has %d errors and is slow %d times', async (bad, route, errors, slow) => {
    const { candidate, baseline } = await grown(() => call(route), [bad]);
    expect(candidate).toEqual({ requests: 1, errors, slow });
    expect(baseline.requests).toBe(0);
  });

  test('tries are not requests: a request that a retry saves is good, a request that no retry saves is one error', async () => {
    const saved = await grown(() => call(`/retried/flaky/${String(Date.now())}`));
    expect(saved.candidate).toEqual({ requests: 1, errors: 0, slow: 0 });
    expect(saved.served.candidate).toMatchObject({ requests: 2, errors: 1 });
    const lost = await grown(() => call('/retried/503'));
    expect(lost.candidate).toEqual({ requests: 1, errors: 1, slow: 0 });
    expect(lost.served.candidate).toMatchObject({ requests: 3, errors: 3 });
  });

  test.each([
    ['grpc', '13', 1],
    ['grpc', '0', 0],
    ['unavailable', '14', 1],
    ['unavailable', '13', 0],
  ])('with bad: [%s], the gRPC status %s is %d errors', async (bad, status, errors) => {
    const { candidate, served } = await grown(() => callGrpc(status), [bad]);
    expect(candidate).toMatchObject({ requests: 1, errors });
    expect(served.candidate).toMatchObject({ requests: 1, errors });
  });

  test('copies of requests are counted by status, for both arms in the same way', async () => {
    const question = { service: 'shop/api', baseline: 'v1', candidate: 'v2', slowAbove: 700, copies: true };
    const found = target.arms?.(
      running.ir,
      { ...question, bad: ['5xx', 'reset'] },
      { version: '1.40', options: {} },
    );
    if (found === undefined || 'why' in found) throw new Error('no arms');
    expect(found.notes).toContainEqual(expect.stringContaining('by HTTP status alone'));
    const before = await scrape(found);
    for (const mood of ['ok', '503', 'slow']) await call(`/copied/${mood}`);
    // The histograms of clusters are brought up to date every five seconds.
    await sleep(6500);
    const after = await scrape(found);
    for (const arm of ['baseline', 'candidate']) {
      const [one, other] = [sum(before, arm), sum(after, arm)];
      expect(other.requests - one.requests).toBe(3);
      expect(other.errors - one.errors).toBe(1);
      const slow = (lines: typeof after): number =>
        lines.reduce((count, line) => {
          if ('failed' in line || line.arm !== arm || line.side !== undefined) return count;
          const { bounds = [], counts = [] } = line.latency ?? {};
          return (
            count + counts.slice(bounds.findIndex((bound) => bound >= 500) + 1).reduce((a, b) => a + b, 0)
          );
        }, 0);
      expect(slow(after) - slow(before)).toBe(1);
    }
    expect(
      target.arms?.(running.ir, { ...question, bad: ['grpc'] }, { version: '1.40', options: {} }),
    ).toHaveProperty('why');
  });

  test('a Prometheus server gives the same lines as the proxies', async () => {
    if (prometheus === undefined) return;
    const source = new PrometheusSource(prometheus.url, {}, systemClock);
    try {
      await expect
        .poll(() => source.read(arms(), 0), { timeout: 20_000, interval: 500 })
        .toEqual(await scrape());
      await expect
        .poll(
          async () => {
            for (let i = 0; i < 5; i++) await call('/v1/ok');
            const rate = await source.rate(arms());
            return 'perSecond' in rate ? rate.perSecond : 0;
          },
          { timeout: 20_000, interval: 200 },
        )
        .toBeGreaterThan(0);
    } finally {
      source.close();
    }
  });

  test('a proxy that two jobs scrape would count double, and is refused', async () => {
    const binary = prometheus && prometheusBinary();
    if (binary === undefined) return;
    const targets = running.proxies.map(({ admin }) => admin);
    const doubled = await Prometheus.start(binary, { proxies: targets, again: targets });
    const source = new PrometheusSource(doubled.url, {}, systemClock);
    try {
      await expect
        .poll(() => source.read(arms(), 0), { timeout: 20_000, interval: 500 })
        .toMatchObject([
          { failed: true, cause: 'series' },
          { failed: true, side: 'server', cause: 'series' },
        ]);
    } finally {
      source.close();
      await doubled.stop();
    }
  });

  test('a caller that restarts begins at zero again, and a missing caller is a gap', async () => {
    const [first] = running.proxies.filter(({ service }) => service === 'shop/web');
    if (first === undefined) throw new Error('no caller');
    await running.envoys.kill(first.id);
    expect(await scrape()).toContainEqual(
      expect.objectContaining({ failed: true, instance: first.id, cause: 'unreachable' }),
    );
    await running.envoys.start([first]);
    const lines = await scrape();
    expect(lines).toContainEqual(
      expect.objectContaining({ arm: 'baseline', instance: first.id, requests: 0, errors: 0 }),
    );
  });
});
