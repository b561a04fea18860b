import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { LiveTraffic } from './harness/live-traffic.ts';
import { rolloutDocuments } from './harness/rollout-documents.ts';
import { SmallMesh } from './harness/small-mesh.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

const limit = { timeout: 300_000 };

/** Milliseconds, of real time, after which a runner without a sign of life counts as dead. */
const dead = 61_000;

describe.skipIf(testKubeconfig === undefined)('a rollout whose runner kill -9 ends in a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let traffic: LiveTraffic;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    const namespace = `killed-rollout-${(count += 1)}`;
    small = await SmallMesh.make(cluster, namespace);
    const live = await LiveTraffic.start(namespace, () => small.objects());
    traffic = live.traffic;
    small.write({ prometheus: live.url, documents: rolloutDocuments(namespace, [4, 4, 1]) });
    const applied = await small.mesh('apply', '--yes');
    expect(applied.code, applied.error).toBe(0);
    await traffic.until(0);
  });
  afterEach(async () => {
    await traffic.stop();
    small.remove();
  });

  /** Starts a process on a machine that has nothing but a kubeconfig and the spec. */
  function onMachine(words: readonly string[]) {
    const home = mkdtempSync(path.join(tmpdir(), 'mesh-machine-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const child = spawn(process.execPath, [bin, ...words, '--root', small.root], {
      env: {
        PATH: process.env['PATH'],
        KUBECONFIG: testKubeconfig,
        HOME: home,
        XDG_STATE_HOME: path.join(home, 'state'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (text += part.toString()));
    const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, text }));
    return { child, ended };
  }

  const run = ['canary', 'run', '--guard-follows'];

  /** Runs on one machine until v2 has a share, and kills the process, `later` milliseconds after. */
  async function killedAt(share: number, later: number): Promise<void> {
    const { child, ended } = onMachine(run);
    await until(share);
    await setTimeout(later);
    child.kill('SIGKILL');
    await ended;
  }

  /** Waits for a share, and so for the lock of a dead process to expire. */
  async function until(share: number): Promise<void> {
    await expect.poll(() => traffic.shares.at(-1), { timeout: 90_000, interval: 50 }).toBe(share);
  }

  async function verdictOn(): Promise<unknown> {
    const { ended } = onMachine(['canary', 'status', '--format', 'json']);
    const { text } = await ended;
    const { rollouts } = JSON.parse(text) as { readonly rollouts: readonly { readonly verdict?: unknown }[] };
    return rollouts[0]?.verdict;
  }

  test('continues from another machine with the same weights', limit, async () => {
    // The process is killed right after the write, under the lock.
    await killedAt(5, 0);
    const busy = await onMachine(run).ended;
    expect([busy.code, busy.text]).toEqual([6, expect.stringContaining('runs it')]);
    await setTimeout(dead);
    const end = await onMachine(run).ended;
    expect(end.code, end.text).toBe(0);
    await until(100);
    expect(traffic.shares).toEqual([0, 5, 20, 100]);
  });

  test('has the same verdict on each machine, and is rolled back by the next runner', limit, async () => {
    await killedAt(20, 1500);
    const [first, second] = [await verdictOn(), await verdictOn()];
    expect(first).toBeDefined();
    expect(second).toEqual(first);
    traffic.failing = 0.5;
    await setTimeout(dead);
    const end = await onMachine(run).ended;
    expect(end.code, end.text).toBe(10);
    await until(0);
    expect(traffic.shares).toEqual([0, 5, 20, 0]);
    const again = await onMachine(run).ended;
    expect(again.code, again.text).toBe(10);
  });
});
