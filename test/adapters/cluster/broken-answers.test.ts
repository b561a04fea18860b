import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectCluster } from '../../../src/adapters/cluster/connect-cluster.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import type { Cluster, ServedKind } from '../../../src/ports/cluster.ts';

const maps: ServedKind = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };
const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } } as const;
const clock = { ...systemClock, sleep: () => Promise.resolve() };

describe('an answer that is none of an API server', () => {
  let folder: string;
  const opened: { close(): void }[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mesh-broken-'));
    vi.stubEnv('KUBECONFIG', join(folder, 'kubeconfig'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const one of opened.splice(0)) one.close();
    rmSync(folder, { recursive: true });
  });

  const opens = async (server: Server, protocol = 'http'): Promise<Cluster> => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `${protocol}://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const text = {
      clusters: [{ name: 'test', cluster: { server: address, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'somebody', user: { token: 'token' } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'somebody' } }],
    };
    writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(text));
    const made = connectCluster('test', { clock, userAgent: 'mesh/test' });
    opened.push(made, server);
    return made;
  };

  /** A server that answers everything with one body; `count` are its requests. */
  const answering = (body: string, type = 'application/json') => {
    const seen = { count: 0 };
    const server = createHttpServer((_, answer) => {
      seen.count += 1;
      answer.writeHead(200, { 'content-type': type }).end(body);
    });
    return { seen, server };
  };

  test('is quoted if it is the page of something in between, and asked for once', async () => {
    const { seen, server } = answering('<html><title>Log in</title></html>', 'text/html; charset=utf-8');
    await expect((await opens(server)).list(maps)).rejects.toMatchObject({
      exitCode: 15,
      message: expect.stringMatching(
        /^cannot list configmaps: the API server of test \(.*\) is reached, but its answer \(200 of type text\/html; charset=utf-8\) is no JSON object: "<html><title>Log in<\/title><\/html>"; check that the address/,
      ) as string,
    });
    expect(seen.count).toBe(1);
  });

  test('is asked for again if it is cut off, and is called broken in the end', async () => {
    const { seen, server } = answering(
      '{"kind":"ConfigMapList","metadata":{"resourceVersion":"1"},"items":[{"a',
    );
    await expect((await opens(server)).list(maps)).rejects.toThrow(
      'is reached, but its answer (200 of type application/json, 71 characters) is broken JSON: it ends with "n\\":\\"1\\"},\\"items\\":[{\\"a"',
    );
    expect(seen.count).toBeGreaterThan(1);
  });

  test.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list of JSON', '[]'],
    ['a text', '"ok"'],
  ])('is an error if it is %s', async (_, body) => {
    const { server } = answering(body);
    await expect((await opens(server)).list(maps)).rejects.toThrow(/is reached, but its answer \(200/);
  });

  // An empty list would say that nothing is there.
  test.each<[string, (cluster: Cluster) => Promise<unknown>]>([
    ['a list', (cluster) => cluster.list(maps)],
    ['a read', (cluster) => cluster.read(maps, map.metadata)],
    ['a write', (cluster) => cluster.create(maps, map)],
    ['an apply', (cluster) => cluster.apply(maps, map, { manager: 'mesh/test' })],
  ])('is an error if it is JSON of another kind: %s', async (_, request) => {
    const { server } = answering('{"status":"ok"}');
    await expect(request(await opens(server))).rejects.toMatchObject({
      exitCode: 15,
      message: expect.stringMatching(/answers with something else than an? \w+: \{"status":"ok"\}/) as string,
    });
  });

  test('is a list of Go without elements', async () => {
    const { server } = answering('{"kind":"ConfigMapList","metadata":{"resourceVersion":"7"},"items":null}');
    await expect((await opens(server)).list(maps)).resolves.toEqual({ objects: [], resourceVersion: '7' });
  });

  test('is called another protocol if nobody there speaks HTTP', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.6\r\n'),
    );
    await expect((await opens(server)).list(maps)).rejects.toThrow(
      /^cannot list configmaps: what listens at the address of test \(.*\) speaks no HTTP \(/,
    );
  });

  test('is called another protocol if nobody there speaks TLS', async () => {
    const { server } = answering('{}');
    await expect((await opens(server, 'https')).list(maps)).rejects.toThrow(
      /^cannot list configmaps: what listens at the address of test \(.*\) speaks no TLS/,
    );
  });
});
