import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectCluster } from '../../../src/adapters/cluster/connect-cluster.ts';
import type { WatchTimes } from '../../../src/adapters/cluster/watch-objects.ts';
import { systemClock as clock } from '../../../src/adapters/system-clock.ts';
import type { Cluster, ServedKind } from '../../../src/ports/cluster.ts';

const maps: ServedKind = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };
const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } } as const;

const watch = (cluster: Cluster): Promise<unknown> =>
  cluster.watch(maps, { resourceVersion: '1' }, new AbortController().signal).next();

/** Milliseconds; a repeated wait of a request is noticed on a loaded machine, too. */
const limit = 600;

describe('an API server that accepts and never answers', () => {
  let folder: string;
  const opened: { close(): void }[] = [];
  const sockets = new Set<Socket>();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mesh-silent-'));
    vi.stubEnv('KUBECONFIG', join(folder, 'kubeconfig'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const one of opened.splice(0)) one.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    rmSync(folder, { recursive: true });
  });

  const started = async (server: Server): Promise<string> => {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push(server);
    return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  };
  const silent = (): Promise<string> => started(createServer((socket) => socket.resume()));
  const answering = (listener: RequestListener): Promise<string> => started(createHttpServer(listener));

  const open = (
    cluster: object,
    settings: { readonly watchTimes?: WatchTimes; readonly answerLimit?: number } = {},
  ): Cluster => {
    const text = {
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'somebody', user: { token: 'token' } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'somebody' } }],
    };
    writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(text));
    const made = connectCluster('test', { clock, userAgent: 'mesh/test', answerLimit: limit, ...settings });
    opened.push(made);
    return made;
  };

  /** Expects a request to end after the limit, not after a multiple of it, with a message that states the limit. */
  const expectLimit = async (request: () => Promise<unknown>): Promise<void> => {
    const before = performance.now();
    await expect(request()).rejects.toMatchObject({
      exitCode: 15,
      message: expect.stringMatching(
        /^cannot .*: the API server of test \(.*\) gave no answer in 0\.6 s; check/,
      ) as string,
    });
    const gone = performance.now() - before;
    expect(gone).toBeGreaterThan(limit - 50);
    expect(gone).toBeLessThan(2 * limit);
  };

  test.each<[string, (cluster: Cluster) => Promise<unknown>]>([
    ['a question for kinds', (cluster) => cluster.served('v1', 'ConfigMap')],
    ['a list', (cluster) => cluster.list(maps)],
    ['a read', (cluster) => cluster.read(maps, map.metadata)],
    ['a dry run', (cluster) => cluster.apply(maps, map, { manager: 'mesh/test', dryRun: true })],
    ['a write', (cluster) => cluster.apply(maps, map, { manager: 'mesh/test' })],
    ['a write of a lock', (cluster) => cluster.replace(maps, map)],
    ['a watch', watch],
    ['a removal', (cluster) => cluster.remove(maps, map.metadata, { uid: 'u' })],
  ])('ends %s at the limit that the message states', async (_, request) => {
    const cluster = open({ server: `http://${await silent()}` });
    await expectLimit(() => request(cluster));
  });

  test('ends a request at the limit within the TLS handshake', async () => {
    const cluster = open({ server: `https://${await silent()}` });
    await expectLimit(() => cluster.list(maps));
  });

  test('ends a request at the limit if the proxy in front of the server is silent', async () => {
    const cluster = open({ server: 'https://192.0.2.1', 'proxy-url': `http://${await silent()}` });
    await expectLimit(() => cluster.list(maps));
    // An open connection would keep the process from ending.
    await vi.waitFor(() => expect([...sockets].filter(({ closed }) => !closed)).toEqual([]), limit);
  });

  test('ends the requests that wait, and lets later requests wait shortly', async () => {
    // A fifteenth of this limit and half of it differ by more than a loaded machine delays.
    const long = 5 * limit;
    const cluster = open({ server: `http://${await silent()}` }, { answerLimit: long });
    const first = cluster.list(maps).catch(() => performance.now());
    await sleep(long / 2);
    const second = cluster.list(maps).catch(() => performance.now());
    expect(Math.abs(Number(await first) - Number(await second))).toBeLessThan(long / 4);
    const before = performance.now();
    await expect(cluster.list(maps)).rejects.toThrow(/no answer/);
    expect(performance.now() - before).toBeLessThan(long / 2);
  });

  test('keeps the limit if the server closes each connection after a while', async () => {
    let requests = 0;
    const server = await answering((_, answer) => {
      requests += 1;
      setTimeout(() => answer.destroy(), 0.35 * limit);
    });
    const before = performance.now();
    await expect(open({ server: `http://${server}` }).list(maps)).rejects.toThrow(/gave no answer/);
    expect(performance.now() - before).toBeLessThan(2 * limit);
    expect(requests).toBe(2);
  });

  test('is no server that is slow: each refusal and each part of an answer restarts the limit', async () => {
    let requests = 0;
    const body = JSON.stringify({ metadata: {}, items: [{ metadata: { name: 'a' } }] });
    const server = await answering((_, answer) => {
      requests += 1;
      if (requests <= 2) setTimeout(() => answer.writeHead(429).end(), 0.6 * limit);
      else
        void (async () => {
          for (const part of [body.slice(0, 9), body.slice(9, 18), body.slice(18)]) {
            await sleep(0.6 * limit);
            answer.write(part);
          }
          answer.end();
        })();
    });
    const { objects } = await open({ server: `http://${server}` }).list(maps);
    expect(objects).toMatchObject([{ metadata: { name: 'a' } }]);
  });

  test('within a watch ends the watch after its time, so that the caller opens another', async () => {
    const server = await answering((_, answer) => answer.writeHead(200).flushHeaders());
    const watchTimes = { seconds: 0, patience: 200 };
    await expect(watch(open({ server: `http://${server}` }, { watchTimes }))).resolves.toEqual({
      done: true,
      value: 'closed',
    });
  });
});
