import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { envoyAdmin } from '../../src/adapters/envoy-admin.ts';

/** Returns the address of a server that answers with this function. */
async function served(answer: (response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer((_, response) => answer(response));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

test('an answer that exceeds the limit is unusable, and its connection is closed', async () => {
  let sent = 0;
  let isClosed = false;
  const piece = Buffer.alloc(1024 * 1024);
  const address = await served((response) => {
    response.on('close', () => {
      isClosed = true;
    });
    const more = (): void => {
      while (!isClosed) {
        sent += piece.length;
        if (!response.write(piece)) break;
      }
    };
    response.on('drain', more);
    more();
  });
  expect(await envoyAdmin.get(address, '/stats', 60_000)).toMatchObject({ state: 'unusable' });
  await expect.poll(() => isClosed).toBe(true);
  // At most 64 MiB are kept; a little more is in buffers.
  expect(sent).toBeLessThan(128 * 1024 * 1024);
}, 60_000);

test('an answer that is too slow, or whose headers never end, counts as silence at the timeout', async () => {
  const dripping = await served((response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  });
  expect(await envoyAdmin.get(dripping, '/stats', 300)).toEqual({ state: 'silent' });
  const silent = await served(() => undefined);
  expect(await envoyAdmin.get(silent, '/stats', 300)).toEqual({ state: 'silent' });
});
