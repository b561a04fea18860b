import { once } from 'node:events';
import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { afterAll, expect, test } from 'vitest';
import { certificateReader as reader } from '../../src/adapters/certificate-reader.ts';
import { servedChain } from '../../src/adapters/served-chain.ts';
import { tlsProbe } from '../../src/adapters/tls-probe.ts';
import { freePorts } from '../components/free-ports.ts';
import { authorityExtensions, opensslIssued, workloadExtensions } from './openssl-issued.ts';

const root = opensslIssued({ extensions: authorityExtensions(), subject: '/CN=root' });
const other = opensslIssued({ extensions: authorityExtensions(), subject: '/CN=root' });
const issuer = opensslIssued({
  extensions: authorityExtensions(),
  subject: '/CN=issuer',
  signer: root,
  days: 20,
});
const leaf = opensslIssued({ extensions: workloadExtensions(), signer: issuer, days: 10 });
const stranger = opensslIssued({ extensions: workloadExtensions(), signer: other, days: 10 });
const chain = leaf.certificate + issuer.certificate;
const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) server.close();
});

async function listening(server: Server): Promise<number> {
  const [port] = await freePorts(1);
  servers.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return port!;
}

const serving = (options: TlsOptions): Promise<number> =>
  listening(createServer({ cert: chain, key: leaf.key, ca: root.certificate, ...options }));

const probe = (port: number, changed = {}) =>
  tlsProbe.handshake({ host: '127.0.0.1', port, roots: root.certificate, timeout: 5000, ...changed });

test('a server shows its chain, leaf first, and the TLS library verifies it', async () => {
  const shown = await probe(await serving({}));
  expect(shown).toMatchObject({ protocol: 'TLSv1.3' });
  expect(shown).not.toHaveProperty('unverified');
  expect(shown).not.toHaveProperty('refusal');
  const [first, second] = reader.certificates(shown.chain)!;
  expect(first!.fingerprint).toBe(reader.certificates(leaf.certificate)![0]!.fingerprint);
  expect(second!.fingerprint).toBe(reader.certificates(issuer.certificate)![0]!.fingerprint);
});

test('a chain of another root is refused by the TLS library and still shown', async () => {
  const shown = await probe(await serving({}), { roots: other.certificate });
  expect(shown.unverified).toBeDefined();
  expect(reader.certificates(shown.chain)![0]!.uris).toEqual(['spiffe://shop.example/ns/shop/sa/web']);
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  '%s: a server that requires a client certificate refuses clients without one of its own root',
  async (version) => {
    const strict = { requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version };
    const port = await serving(strict);
    expect(await probe(port, { client: { chain, key: leaf.key } })).not.toHaveProperty('refusal');
    expect((await probe(port)).refusal).toBeDefined();
    const foreign = { chain: stranger.certificate, key: stranger.key };
    expect((await probe(port, { client: foreign })).refusal).toBeDefined();
  },
);

test('a missing server, a server without TLS, and a silent server are unreachable', async () => {
  const [nobody] = await freePorts(1);
  await expect(probe(nobody!)).rejects.toMatchObject({ exitCode: 15 });
  const plain = await listening(
    createTcpServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400\r\n\r\n')),
  );
  await expect(probe(plain)).rejects.toMatchObject({ exitCode: 15 });
  const silent = await listening(createTcpServer((socket) => socket.on('error', () => {}).unref()));
  await expect(probe(silent, { timeout: 300 })).rejects.toMatchObject({
    exitCode: 15,
    message: expect.stringContaining('no TLS handshake in time'),
  });
});

// Envoy refuses a client without a certificate after it has shown its own.
test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  '%s: a server that refuses the client has shown its chain before',
  async (version) => {
    const strict = { requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version };
    const answer = await servedChain(`127.0.0.1:${String(await serving(strict))}`, 5000);
    const shown = answer.state === 'served' ? reader.certificates(answer.chain) : answer.why;
    expect(shown).toMatchObject([
      { fingerprint: reader.certificates(leaf.certificate)![0]!.fingerprint },
      { fingerprint: reader.certificates(issuer.certificate)![0]!.fingerprint },
    ]);
  },
);

test('an address without a server, and an address without a port, show no chain', async () => {
  const [nobody] = await freePorts(1);
  expect(await servedChain(`127.0.0.1:${String(nobody)}`, 2000)).toMatchObject({ state: 'unknown' });
  expect(await servedChain('127.0.0.1', 2000)).toMatchObject({ why: 'it is no address with a port' });
});
