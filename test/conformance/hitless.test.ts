import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import { linkedSources } from '../cases/linked-mesh.ts';
import { freePorts } from '../components/free-ports.ts';
import { type Change, chance, changes, first } from './hitless/changes.ts';
import { fits, isAllowed, meaning } from './hitless/judge.ts';
import { Load, probes, type Sent } from './hitless/load.ts';
import { documents, type Instance, type Mesh, type World } from './hitless/model.ts';
import { Proxies } from './hitless/proxies.ts';

const envoy = process.env['ENVOY'];
const bin = path.resolve(import.meta.dirname, '../../bin/mesh.js');
const count = Number(process.env['HITLESS_CHANGES'] ?? 20);
/** The seed of the changes: the same changes each time, unless HITLESS_SEED asks for others. */
const seed = Number(process.env['HITLESS_SEED'] ?? 1);

/**
 * A mesh in constant use while one `mesh apply` after the other changes it. A request may be answered by any mesh in
 * force while it was under way: before an apply ends the earlier mesh, from its start the later one, too.
 */
describe.skipIf(envoy === undefined)(`${String(count)} changes of a mesh that is used`, () => {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-hitless-'));
  const servers: http.Server[] = [];
  let world: World;
  let proxies: Proxies | undefined;
  let load: Load | undefined;
  let sent: Sent[] = [];

  beforeAll(async () => {
    world = await makeWorld(servers);
    write(first);
    expect(await mesh('certs', 'init')).toMatchObject({ code: 0 });
    expect(await mesh('apply', '--yes', '--allow-dirty')).toMatchObject({ code: 0 });
    proxies = new Proxies(envoy!, root);
    await settled(linked(first));
    load = new Load(world, (one) => sent.push(one));
  });

  afterAll(async () => {
    await load?.stop();
    await proxies?.stop();
    for (const server of servers) server.closeAllConnections();
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    if (process.env['KEEP_CASES'] === undefined) rmSync(root, { recursive: true, force: true });
  });

  function write(of: Mesh): void {
    writeFileSync(path.join(root, 'mesh.yaml'), documents(of, world));
  }

  function linked(of: Mesh): Ir {
    const bytes = new TextEncoder().encode(documents(of, world));
    return linkedSources({ sources: [{ file: 'mesh.yaml', bytes }], unreadable: [] });
  }

  /** Waits until every probe is answered as the mesh says. */
  async function settled(ir: Ir): Promise<void> {
    const missing = new Set(probes);
    const trial = new Load(world, ({ probe, answer }) => {
      if (fits(meaning(ir, probe), answer, probe.from === 'anonymous')) missing.delete(probe);
    });
    for (const end = Date.now() + 40_000; missing.size > 0 && Date.now() < end; ) await sleep(50);
    await trial.stop();
    expect([...missing], JSON.stringify(proxies!.dead.map((id) => proxies!.log(id)))).toEqual([]);
  }

  function mesh(...words: readonly string[]): Promise<{ code: number | null; out: string; error: string }> {
    const args = [bin, ...words, '--root', root];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, XDG_STATE_HOME: path.join(root, '.state') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, error] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    return new Promise((done) => child.once('close', (code) => done({ code, out, error })));
  }

  /** Returns the answers that none of the meshes in force at their time would give. */
  function wrong(answers: readonly Sent[], meshes: readonly Ir[]) {
    return answers.flatMap(({ probe, answer, started }) => {
      const outcomes = meshes.map((ir) => meaning(ir, probe));
      if (outcomes.some((outcome) => fits(outcome, answer, probe.from === 'anonymous'))) return [];
      const what = outcomes.every(isAllowed) ? 'lost' : outcomes.some(isAllowed) ? 'unlike both' : 'let in';
      return [{ what, started: Math.round(started), probe, answer, outcomes: outcomes.map(brief) }];
    });
  }

  /** Returns the number of answers during a change, and of the steps that the apply took. */
  async function changed(
    before: Mesh,
    { kind, mesh: after, certificates }: Change,
  ): Promise<{ readonly answers: number; readonly steps: number }> {
    const meshes = [linked(before), linked(after)];
    sent = [];
    write(after);
    if (certificates) loseKeys();
    const began = performance.now();
    const { code, out, error } = await mesh(
      'apply',
      '--yes',
      '--allow-dirty',
      '--format',
      'ndjson',
      '--timeout',
      '30s',
    );
    const ended = performance.now();
    await sleep(150);
    await proxies!.retire();
    const events = out.split('\n').filter((line) => !/"type":"(?:lock|waiting)"/.test(line));
    const said = `${kind}\n${error}\n${events.join('\n')}\n${documents(after, world)}`;
    expect(code, said).toBe(0);
    if (certificates) expect(out).toContain('"type":"certificate"');
    const answers = sent;
    // A request that was under way when the apply ended may have been decided by the earlier mesh.
    const during = answers.filter(({ started }) => started <= ended);
    const later = answers.filter(({ started }) => started > ended);
    expect(wrong(during, meshes).slice(0, 5), `${String(Math.round(began))}: ${said}`).toEqual([]);
    expect(wrong(later, meshes.slice(1)).slice(0, 5), `after ${String(Math.round(ended))}: ${said}`).toEqual(
      [],
    );
    expect(proxies!.dead, said).toEqual([]);
    const steps = out.split('\n').filter((line) => line.includes('"type":"switch"')).length;
    return { answers: answers.length, steps };
  }

  /** Removes the keys of some proxies, so that the next apply issues new certificates for them. */
  function loseKeys(): void {
    const folder = path.join(root, 'out/secrets/current');
    for (const file of readdirSync(folder).slice(0, 2)) rmSync(path.join(folder, file));
  }

  let before = first;
  let index = 0;
  const seen = { requests: 0 };
  const source = changes(chance(seed));
  for (const change of Array.from({ length: count }, () => source.next().value)) {
    const [own, number] = [change, ++index];
    test(`${String(number)}: ${own.kind}`, async () => {
      const from = before;
      before = own.mesh;
      seen.requests += (await changed(from, own)).answers;
    });
  }

  test.each([
    [
      'others',
      '{allow: {from: [{service: other}], to: [{methods: [GET]}]}}, {deny: {from: [{service: web}]}}',
    ],
    [
      'some of both',
      '{allow: {from: [{service: web}]}}, {allow: {from: [{service: other}], to: [{methods: [POST]}]}}',
    ],
  ])('an Access that lets in %s instead changes in one step', async (_, access) => {
    const [from, to] = [before, { ...before, access }];
    before = to;
    const { answers, steps } = await changed(from, { kind: 'access alone', mesh: to });
    seen.requests += answers;
    expect(steps).toBe(1);
  });

  test('Access at the gateway and behind it changes in one step where the comparison proves that it may', async () => {
    const allowed = (from: string): string => `{allow: {from: [${from}], to: [{methods: [GET]}]}}`;
    const [from, to] = [
      before,
      {
        ...before,
        gatewayAccess: allowed('{anyone: true}'),
        access: `${allowed('{gateway: public}')}, {allow: {from: [{service: web}]}}`,
      },
    ];
    before = to;
    const { answers, steps } = await changed(from, { kind: 'access at two places', mesh: to });
    seen.requests += answers;
    expect(steps).toBe(1);
  });

  test('enough requests were sent', () => {
    console.log(`${String(count)} changes of seed ${String(seed)}: ${String(seen.requests)} requests judged`);
    expect(seen.requests).toBeGreaterThan(count * 50);
  });
});

function brief(outcome: ReturnType<typeof meaning>): unknown {
  if (outcome?.outcome !== 'forwarded') return outcome && [outcome.outcome, outcome.status];
  return [
    outcome.backends.map(({ version, share }) => `${version} ${String(share)}`),
    outcome.rewritten.path,
  ];
}

async function makeWorld(servers: http.Server[]): Promise<World> {
  const names = ['v1a', 'v1b', 'v2a', 'v2b', 'v3a', 'r1a'];
  for (const name of names) servers.push(await application(name.startsWith('r') ? 'v1' : name.slice(0, 2)));
  const free = [...(await freePorts(6 + names.length * 3))];
  const next = (): number => free.pop() ?? 0;
  const instances = names.map((name, index): [string, Instance] => {
    const isRatings = name.startsWith('r');
    const app = portOf(servers[index]!);
    const version = isRatings ? 'v1' : name.slice(0, 2);
    const service = isRatings ? 'ratings' : 'reviews';
    return [name, { service, version, app, inbound: next(), outbound: next(), admin: next() }];
  });
  return {
    callers: { web: { outbound: next(), admin: next() }, other: { outbound: next(), admin: next() } },
    gateway: { port: next(), admin: next() },
    instances: Object.fromEntries(instances),
  };
}

function application(version: string): Promise<http.Server> {
  const server = http.createServer((request, answer) => {
    request.resume();
    answer.setHeader('x-application', 'true');
    answer.end(JSON.stringify({ version, path: request.url }));
  });
  server.keepAliveTimeout = 120_000;
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}
