import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { envoyAdmin } from '../../src/adapters/envoy-admin.ts';
import { outputDirectory } from '../../src/adapters/output-directory.ts';
import type { Revision } from '../../src/core/revision/revision.ts';
import type { Directory } from '../../src/ports/directory.ts';
import { freePorts } from '../components/free-ports.ts';
import { applied, switches } from '../core/run/delivering.ts';
import { handMade, together } from '../core/run/hand-made.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('delivery to a directory that a real Envoy reads', () => {
  let root: string;
  let directory: Directory;
  let applications: readonly http.Server[];
  let ports: readonly number[];
  const running: ChildProcess[] = [];

  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'meshwright-delivery-'));
    directory = await outputDirectory(root, 'out');
    applications = await Promise.all(['v1', 'v2'].map(application));
    ports = [...applications.map(portOf), ...(await freePorts(4))];
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(ended));
    for (const server of applications) server.closeAllConnections();
    await Promise.all(applications.map((server) => new Promise((done) => server.close(done))));
    rmSync(root, { recursive: true, force: true });
  });

  function client(
    parts: { id?: string; version?: 'v1' | 'v2'; listener?: string; at?: number } = {},
  ): Revision {
    const { version = 'v1', at = 0, ...rest } = parts;
    const clusters = version === 'v1' ? { v1: ports[0]! } : { v2: ports[1]! };
    return handMade({
      admin: ports[2 + at]!,
      outbound: ports[4 + at]!,
      clusters,
      weights: { [version]: 1 },
      ...rest,
    });
  }

  async function start(revision: Revision): Promise<void> {
    for (const { bootstrap, workingDirectory, arguments: words, admin } of revision.proxies) {
      const log = openSync(path.join(root, 'envoy.log'), 'a');
      const child = spawn(
        envoy!,
        ['-c', path.join(directory.path, bootstrap), ...words, '--concurrency', '1'],
        {
          cwd: path.join(directory.path, workingDirectory),
          stdio: ['ignore', log, log],
        },
      );
      running.push(child);
      const end = Date.now() + 20_000;
      while ((await envoyAdmin.get(admin, '/ready', 1000)).state !== 'answered') {
        if (Date.now() > end || child.exitCode !== null) {
          throw new Error(readFileSync(path.join(root, 'envoy.log'), 'utf8'));
        }
        await sleep(50);
      }
    }
  }

  async function get(port: number): Promise<{ status: number; body: string; server: string | null }> {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/`);
    return { status: answer.status, body: await answer.text(), server: answer.headers.get('server') };
  }

  const around = { admin: envoyAdmin };

  test('a first apply has one stage, and reports that no proxy was seen', async () => {
    const first = client();
    const { outcome, events } = await applied(directory, { next: first, around });
    expect(outcome).toEqual({ result: 'succeeded' });
    expect(switches(events)).toEqual(['make']);
    expect(events).toContainEqual(expect.objectContaining({ type: 'proxy', id: 'client', state: 'unseen' }));
    await start(first);
    await expect.poll(() => get(ports[4]!).catch(() => undefined)).toMatchObject({ status: 200, body: 'v1' });
  });

  test('changes of cluster, route and listener under load lose no request', async () => {
    await applied(directory, { next: client({ listener: 'one' }), around });
    await start(client());
    await expect.poll(() => get(ports[4]!).catch(() => undefined)).toMatchObject({ body: 'v1' });
    const load = sendWithout(ports[4]!);
    for (let round = 0; round < 6; round++) {
      const to = round % 2 === 0 ? 'v2' : 'v1';
      const { outcome, events } = await applied(directory, {
        next: client({ version: to, listener: round % 3 === 0 ? 'two' : 'one' }),
        around,
      });
      expect(outcome, JSON.stringify(events)).toEqual({ result: 'succeeded' });
      expect(switches(events)).toEqual(['make', 'switch', 'break']);
      expect(await get(ports[4]!)).toMatchObject({ status: 200, body: to });
    }
    const { sent, failures } = await load();
    expect(failures).toEqual([]);
    expect(sent).toBeGreaterThan(500);
  });

  test('a rejected revision is undone at once, and the exit code means incomplete', async () => {
    await applied(directory, { next: client(), around });
    await start(client());
    await applied(directory, { next: client({ listener: 'one' }), around });
    const before = readlinkSync(path.join(directory.path, 'config/current'));
    const good = client({ version: 'v2', listener: 'two' });
    // Weights that add up to zero: Envoy refuses such a route.
    const bad = {
      ...good,
      artifacts: handMade({
        admin: ports[2]!,
        outbound: ports[4]!,
        clusters: { v2: ports[1]! },
        weights: { v2: 0 },
      }).artifacts,
    };
    const load = sendWithout(ports[4]!);
    const { outcome, events } = await applied(directory, { next: bad, around });
    const { failures } = await load();
    expect(outcome, JSON.stringify(events, undefined, 1)).toMatchObject({
      result: 'incomplete',
      cause: { code: 8 },
    });
    expect(outcome.cause?.message).toContain('refused routes');
    expect(switches(events)).toEqual(['make', 'switch', 'back', 'back']);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'proxy', id: 'client', state: 'rejected' }),
    );
    expect(readlinkSync(path.join(directory.path, 'config/current'))).toBe(before);
    expect(await get(ports[4]!)).toMatchObject({ status: 200, body: 'v1', server: 'one' });
    expect(failures).toEqual([]);
    const again = await applied(directory, { next: good, around });
    expect(again.outcome).toEqual({ result: 'succeeded' });
    expect(await get(ports[4]!)).toMatchObject({ body: 'v2' });
  });

  test('files that a silent proxy may still use are kept if it ran before', async () => {
    const two = (version: 'v1' | 'v2'): Revision =>
      together(client({ version, at: 0 }), client({ id: 'other', version, at: 1 }));
    await applied(directory, { next: two('v1'), around });
    await start(two('v1'));
    await applied(directory, { next: two('v1'), around });
    await applied(directory, {
      next: together(client({ listener: 'x' }), client({ id: 'other', at: 1 })),
      around,
    });
    await ended(running[1]!);
    const { outcome, events } = await applied(directory, {
      next: two('v2'),
      around: { ...around, timeout: 8_000 },
    });
    expect(outcome).toMatchObject({ result: 'incomplete', cause: { code: 15 } });
    expect(outcome.cause?.message).toContain('other');
    expect(switches(events)).toEqual(['make', 'switch']);
    const clusters = readFileSync(path.join(directory.path, 'config/current/proxies/other/cds.json'), 'utf8');
    expect(clusters).toContain('"v1"');
    expect(await get(ports[4]!)).toMatchObject({ status: 200, body: 'v2' });
    running.length = 1;
    await start({ ...two('v2'), proxies: two('v2').proxies.slice(1) });
    const again = await applied(directory, { next: two('v2'), around });
    expect(again.outcome).toEqual({ result: 'succeeded' });
    expect(switches(again.events)).toEqual(['break']);
  });
});

function application(name: string): Promise<http.Server> {
  const server = http.createServer((_, answer) => answer.end(name));
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}

/** Sends requests over kept connections until it is stopped; returns their number, and every answer other than 200. */
function sendWithout(port: number): () => Promise<{ sent: number; failures: readonly string[] }> {
  const failures: string[] = [];
  let [sent, stop] = [0, false];
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const one = (): Promise<void> =>
    new Promise((done) => {
      sent++;
      const request = http.get({ host: '127.0.0.1', port, agent, path: '/' }, (answer) => {
        if (answer.statusCode !== 200) failures.push(String(answer.statusCode));
        answer
          .resume()
          .on('end', done)
          .on('error', () => done());
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // If the server has closed a kept connection, the client must repeat the request (RFC 9110, 9.2.2).
        if (!request.reusedSocket) failures.push(error.message);
        done();
      });
    });
  const workers = Array.from({ length: 4 }, async () => {
    while (!stop) await one();
  });
  return async () => {
    stop = true;
    await Promise.all(workers);
    agent.destroy();
    return { sent, failures };
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGKILL');
  });
}
