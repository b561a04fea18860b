import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { envoyAdmin } from '../../src/adapters/envoy-admin.ts';

async function listening(server: Server | HttpServer): Promise<string> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket));
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    return new Promise((done) => void server.close(() => done()));
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

test('returns the body of a 200; for any other status returns the reason that the answer is unusable', async () => {
  const address = await listening(
    createHttpServer(({ url }, response) => {
      response.statusCode = url === '/stats' ? 200 : 404;
      response.end('hello');
    }),
  );
  expect(await envoyAdmin.get(address, '/stats', 1_000)).toEqual({ state: 'answered', body: 'hello' });
  expect(await envoyAdmin.get(address, '/x', 1_000)).toEqual({
    state: 'unusable',
    why: 'it answers with status 404',
  });
});

test('distinguishes that nobody listens, that somebody listens without an answer, and that somebody speaks another protocol than HTTP', async () => {
  const closed = createServer();
  const address = await listening(closed);
  await new Promise((done) => void closed.close(done));
  expect(await envoyAdmin.get(address, '/', 1_000)).toEqual({ state: 'absent' });

  // The connection looks like one of a stopped process, which the kernel still accepts.
  const held = await listening(createServer((socket) => socket.on('error', () => undefined)));
  expect(await envoyAdmin.get(held, '/', 200)).toEqual({ state: 'silent' });
  const ending = new AbortController();
  const asked = envoyAdmin.get(held, '/', 60_000, ending.signal);
  ending.abort();
  expect(await asked).toEqual({ state: 'silent' });

  const garbage = await listening(createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
  expect(await envoyAdmin.get(garbage, '/', 1_000)).toEqual({
    state: 'unusable',
    why: 'it does not speak HTTP',
  });
});
