import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/core/canary/judge/verdict.ts';
import type { CanaryEvent } from '../../../src/core/canary/progress/canary-event.ts';
import { isEvidence, type RolloutJournalLine } from '../../../src/core/canary/run/journal-line.ts';
import { openedLine } from '../../../src/core/history/sealed-line.ts';
import type { Proxy } from '../../../src/core/targets/proxy.ts';
import { freePorts } from '../../components/free-ports.ts';
import { Envoys } from '../harness/envoys.ts';
import { FallibleApp, Load } from './live-services.ts';

const envoy = process.env['ENVOY'];
const bin = fileURLToPath(new URL('../../../bin/mesh.js', import.meta.url));

describe.skipIf(envoy === undefined)('mesh canary run on real Envoys', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-runner-'));
  const out = path.join(root, 'out');
  const [v1, v2] = [new FallibleApp({ bad: 0.004, delay: 0 }), new FallibleApp({ bad: 0.04, delay: 0 })];
  const load = new Load();
  let envoys: Envoys | undefined;

  beforeAll(async () => {
    const ports = await freePorts(10);
    const at = (index: number): string => `127.0.0.1:${String(ports[index])}`;
    const instance = (from: number): string =>
      `[{app: "${at(from)}", inbound: "${at(from + 1)}", outbound: "${at(from + 2)}", admin: "${at(from + 3)}"}]`;
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: runner}
spec:
  trustDomain: runner.example
  certificates: {root: {keys: file}, issuer: {keys: file}}
  mtls: strict
  access: allow
  targets: {local: {platform: envoy, output: {directory: out}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {endpoints: {default: [{outbound: "${at(0)}", admin: "${at(1)}"}]}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {}}
  endpoints: {v1: ${instance(2)}, v2: ${instance(6)}}
---
apiVersion: mesh/v1
kind: Rollout
metadata: {name: api, namespace: shop}
spec: {service: api, from: v1, to: v2, steps: [10%, 20%, 100%], judge: {source: scrape}}
`,
    );
    git('init', '--quiet', '.');
    expect(mesh('certs', 'init')).toMatchObject({ code: 0 });
    git('add', '--all');
    git('commit', '--quiet', '--message', 'first');
    expect(mesh('apply', '--yes', '--timeout', '1s')).toMatchObject({ code: 0 });
    for (const [app, index] of [
      [v1, 2],
      [v2, 6],
    ] as const)
      await app.listen({ host: '127.0.0.1', port: ports[index] ?? 0 });
    const index = readFileSync(path.join(out, 'config/current/index.json'), 'utf8');
    envoys = new Envoys(envoy ?? '', out);
    await envoys.start((JSON.parse(index) as { readonly proxies: readonly Proxy[] }).proxies);
    load.begin({ host: '127.0.0.1', port: ports[0] ?? 0 }, 'api.shop', 100);
    await sleep(3000);
  });
  afterAll(async () => {
    load.stop();
    await envoys?.stop();
    await Promise.all([v1.stop(), v2.stop()]);
    rmSync(root, { recursive: true, force: true });
  });

  function git(...words: readonly string[]): void {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    const { status, stderr } = spawnSync('git', [...identity, ...words], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  function mesh(...words: readonly string[]): {
    readonly code: number | null;
    readonly out: string;
    error: string;
  } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
      cwd: root,
      encoding: 'utf8',
    });
    return { code: status, out: stdout, error: stderr };
  }

  /** Runs a command while the applications of this process answer; resolves with its exit code and its events. */
  async function watched(
    ...words: readonly string[]
  ): Promise<{ code: number; events: readonly CanaryEvent[] }> {
    const child = spawn(process.execPath, [bin, ...words, '--format', 'ndjson'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number>((done) => child.on('exit', (code) => done(code ?? -1)));
    const lines = (await text(child.stdout)).trim().split('\n');
    return { code: await ended, events: lines.map((line) => JSON.parse(line) as CanaryEvent) };
  }

  test('a version that fails ten times as often gets a tenth of the requests, is found, and gets none', {
    timeout: 420_000,
  }, async () => {
    const began = performance.now();
    const { code, events } = await watched('canary', 'run', '--guard-follows');
    expect(code).toBe(10);
    // One candidate of ten requests a second: the fast lane takes a minute or two.
    expect(performance.now() - began).toBeLessThan(360_000);
    const moves = events.flatMap((event) => (event.type === 'rollout' ? [event] : []));
    expect(moves.some(({ weights }) => weights['shop/api'] === 10)).toBe(true);
    expect(moves.at(-1)?.state).toBe('rolled back');
    const verdict = events.findLast((event) => event.type === 'verdict');
    expect(verdict).toMatchObject({ verdict: 'fail', code: 'fast', blame: 'application' });
    expect(v2.served).toBeGreaterThan(100);

    const [served, other] = [v2.served, v1.served];
    await sleep(3000);
    expect(v2.served).toBe(served);
    expect(v1.served).toBeGreaterThan(other + 100);
    load.stop();

    // The readings that the runner stored give its verdict again, with its numbers to the last bit.
    writeFileSync(path.join(root, 'live.ndjson'), stored());
    const replay = mesh(
      'canary',
      'replay',
      '--rollout',
      'shop/api',
      '--stream',
      'live.ndjson',
      '--format',
      'json',
    );
    expect(replay.code, replay.error).toBe(10);
    const again = JSON.parse(replay.out) as Verdict;
    expect({
      ...{ verdict: again.verdict, at: again.at, blame: again.blame, message: again.reason.message },
      ...{ fast: again.evidence.fast, hold: again.evidence.hold },
    }).toEqual({
      ...{ verdict: 'fail', at: verdict?.at, blame: verdict?.blame, message: verdict?.message },
      ...{ fast: verdict?.fast, hold: verdict?.hold },
    });
  });

  /** Returns the stored readings of the attempt as the lines of a stream. */
  function stored(): string {
    const journal = readFileSync(path.join(out, '.mesh/evidence/shop.api.1.ndjson'), 'utf8');
    return journal
      .split('\n')
      .flatMap((sealed) => openedLine(sealed) ?? [])
      .map((body) => (JSON.parse(body) as { readonly line: RolloutJournalLine }).line)
      .filter((line) => isEvidence(line))
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('');
  }
});
