import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { hookSender } from '../../src/adapters/hook-sender.ts';
import type { Clock } from '../../src/ports/clock.ts';

interface Received {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const servers: http.Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Starts a receiver that answers each try by the next status; a status 0 is never answered. */
async function receiver(statuses: readonly number[], headers: http.OutgoingHttpHeaders = {}) {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      const status = statuses[received.length - 1] ?? statuses.at(-1) ?? 200;
      if (status !== 0) response.writeHead(status, headers).end('an answer that nobody reads');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`, received };
}

/**
 * A clock whose waits between tries are over at once. The time of a try is over once `isOver` says so; `ended` has the
 * waits that ran out.
 */
function quickClock(isOver: () => boolean = () => false) {
  const ended: number[] = [];
  const clock: Clock = {
    now: () => new Date(0),
    monotonic: () => 0,
    sleep: async (milliseconds, signal) => {
      while (milliseconds >= 10_000 && signal?.aborted !== true && !isOver()) await setTimeout(5);
      if (signal?.aborted !== true) ended.push(milliseconds);
    },
  };
  return { clock, ended };
}

// RFC 4231, section 4.3.
const vector = {
  key: 'Jefe',
  text: 'what do ya want for nothing?',
  digest: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
};

test('a message is signed by HMAC-SHA256 over its body, as the vector of RFC 4231 says', async () => {
  const { url, received } = await receiver([200]);
  const sender = hookSender({ HOOK_KEY: vector.key }, quickClock().clock);
  const message = { url, body: vector.text, key: 'shop/reviews-v2/1/0/at-0' };
  expect(await sender.send({ ...message, secret: 'HOOK_KEY' })).toBe(200);
  expect(await sender.send(message)).toBe(200);
  const [signed, plain] = received;
  expect(signed).toMatchObject({
    body: vector.text,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'shop/reviews-v2/1/0/at-0',
      'mesh-signature': `sha256=${vector.digest}`,
    },
  });
  expect(JSON.stringify(signed)).not.toContain(vector.key);
  expect(plain?.headers).not.toHaveProperty('mesh-signature');
});

test('the sender has no secret for an empty or absent variable', () => {
  const sender = hookSender({ EMPTY: '', KEY: 'k' }, quickClock().clock);
  expect(['EMPTY', 'NONE', 'KEY'].map((name) => sender.hasSecret(name))).toEqual([false, false, true]);
});

test.each([
  ['an answer of 5xx', [503, 500, 502], 502],
  ['too many requests', [429, 408, 429], 429],
  ['success at the second try', [503, 204], 204],
  ['a refusal, which is an answer', [403], 403],
  ['an unknown address, which is an answer', [404], 404],
])('%s: %j gives %i', async (_name, statuses, last) => {
  const { url, received } = await receiver(statuses);
  const { clock, ended } = quickClock();
  const sender = hookSender({ HOOK_KEY: 'k' }, clock);
  expect(await sender.send({ url, body: '{}', key: 'one', secret: 'HOOK_KEY' })).toBe(last);
  expect(received).toHaveLength(statuses.length);
  expect(new Set(received.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(['one']));
  expect(new Set(received.map(({ headers }) => headers['mesh-signature'])).size).toBe(1);
  expect(ended).toEqual([1000, 2000].slice(0, statuses.length - 1));
});

test('each of three tries has ten seconds', async () => {
  const { url, received } = await receiver([0]);
  const { clock, ended } = quickClock(() => received.length > ended.filter((time) => time === 10_000).length);
  expect(await hookSender({}, clock).send({ url, body: '{}', key: 'one' })).toBeUndefined();
  expect(received).toHaveLength(3);
  expect(ended).toEqual([10_000, 1000, 10_000, 2000, 10_000]);
});

test('a redirect is not followed', async () => {
  const elsewhere = await receiver([200]);
  const { url } = await receiver([307], { location: elsewhere.url });
  expect(await hookSender({}, quickClock().clock).send({ url, body: '{}', key: 'one' })).toBe(307);
  expect(elsewhere.received).toEqual([]);
});

test('the sender gives a message up after the signal, and an address without a server causes no error', async () => {
  const { url, received } = await receiver([503]);
  const given = AbortSignal.abort();
  const sender = hookSender({}, quickClock().clock);
  expect(await sender.send({ url, body: '{}', key: 'one' }, given)).toBeUndefined();
  expect(received).toEqual([]);
  const nobody = 'http://127.0.0.1:1/';
  expect(await sender.send({ url: nobody, body: '{}', key: 'one' })).toBeUndefined();
});
