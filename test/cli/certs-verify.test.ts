import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { authorityExtensions, opensslIssued, workloadExtensions } from '../adapters/openssl-issued.ts';
import { freePorts } from '../components/free-ports.ts';
import { Repository, shop } from './repository.ts';

/** A shop whose proxies nobody runs, so that a delivery doesn't wait for them. */
const delivered = {
  ...shop,
  'services.yaml': shop['services.yaml']!.replace(/127\.0\.0\.1:2\d(\d)0(\d\d)/g, '127.0.0.1:$1$2'),
};

function prepared(...commands: readonly (readonly string[])[]): Repository {
  const repository = new Repository(delivered);
  for (const args of commands) {
    const ran = repository.mesh(args);
    expect(ran, ran.error).toMatchObject({ code: 0 });
  }
  return repository;
}

/** Runs a TLS server, in a process of its own, that demands certificates of the mesh's root from its clients. */
async function served(repository: Repository, sds: string): Promise<number> {
  const [port] = await freePorts(1);
  const code = `const {readFileSync} = require('node:fs');
const secret = JSON.parse(readFileSync(process.argv[1])).resources[0].tls_certificate;
const {roots} = JSON.parse(readFileSync(process.argv[2]));
require('node:tls').createServer({
  cert: secret.certificate_chain.inline_string, key: secret.private_key.inline_string,
  ca: roots.map(({certificate}) => certificate), requestCert: true, rejectUnauthorized: true,
}, (socket) => socket.on('error', () => {})).on('tlsClientError', () => {})
  .listen(${String(port)}, '127.0.0.1', () => console.log('ready'));`;
  const file = (name: string): string => path.join(repository.root, name);
  const server = spawn(process.execPath, ['-e', code, file(sds), file('certificates/shop.example.json')]);
  onTestFinished(() => void server.kill());
  await once(server.stdout, 'data');
  return port!;
}

describe('mesh certs verify', () => {
  test('checks everything that the mesh has, and names a broken rule', () => {
    const repository = prepared(['certs', 'init'], ['apply', '--yes', '--allow-dirty']);
    const ran = repository.mesh(['certs', 'verify']);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    // A root, an issuer, and three proxies with a leaf and its issuer each.
    expect(ran.out).toContain('8 certificates verified');
    const secrets = path.join(repository.root, 'live/secrets/current');
    const [one, other] = readdirSync(secrets)
      .sort()
      .map((name) => path.join(secrets, name));
    const [mine, theirs] = [one!, other!].map((file) => JSON.parse(readFileSync(file, 'utf8')));
    mine.resources[0].tls_certificate.private_key = theirs.resources[0].tls_certificate.private_key;
    writeFileSync(one!, JSON.stringify(mine));
    const broken = repository.mesh(['certs', 'verify']);
    expect(broken.code).toBe(13);
    expect(broken.out).toContain('error key-match\n');
    expect(broken.out).not.toContain('PRIVATE KEY');
  });

  test('checks files of any origin by the roots of the mesh or by others', () => {
    const repository = prepared(['certs', 'init'], ['certs', 'issue', 'shop/web', '--out', 'web.json']);
    const root = opensslIssued({ extensions: authorityExtensions(), subject: '/CN=root' });
    const leaf = opensslIssued({ extensions: workloadExtensions(), signer: root, days: 10 });
    const wrong = opensslIssued({
      extensions: workloadExtensions({ keyUsage: 'digitalSignature' }),
      signer: root,
      days: 10,
    });
    repository.write('root.pem', root.certificate);
    repository.write('leaf.pem', leaf.certificate);
    repository.write('leaf.key', leaf.key);
    repository.write('wrong.pem', wrong.certificate);
    const verify = (...args: readonly string[]) => repository.mesh(['certs', 'verify', ...args]);
    expect(verify('web.json', '--subject', 'spiffe://shop.example/ns/shop/sa/web').code).toBe(0);
    const another = verify('web.json', '--subject', 'spiffe://shop.example/ns/shop/sa/other');
    expect(another).toMatchObject({ code: 13, out: expect.stringContaining('error subject') });
    expect(verify('leaf.pem')).toMatchObject({ code: 13, out: expect.stringContaining('error chain') });
    expect(verify('leaf.pem', '--roots', 'root.pem', '--key', 'leaf.key').code).toBe(0);
    expect(verify('wrong.pem', '--roots', 'root.pem')).toMatchObject({
      code: 13,
      out: expect.stringContaining('error key-usage-critical'),
    });
    expect(verify('mesh.yaml')).toMatchObject({ code: 13, out: expect.stringContaining('error readable') });
    const file = (name: string): string => path.join(repository.root, name);
    const openssl = (...words: readonly string[]) => execFileSync('openssl', ['x509', ...words]);
    openssl('-outform', 'der', '-in', file('leaf.pem'), '-out', file('leaf.der'));
    const der = verify('leaf.der', '--roots', 'root.pem');
    expect(der).toMatchObject({ code: 13, out: expect.stringContaining('it is DER, not PEM') });
    expect(der.out).toContain('openssl x509 -inform der -in FILE -out FILE.pem');
    openssl('-inform', 'der', '-in', file('leaf.der'), '-out', file('converted.pem'));
    expect(verify('converted.pem', '--roots', 'root.pem').code).toBe(0);
    expect(verify('nothing.pem').code).toBe(1);
    expect(verify('--roots', 'root.pem').code).toBe(64);
  });

  test('shakes hands with a server, with and without a certificate', async () => {
    const repository = prepared(
      ['certs', 'init'],
      ['certs', 'issue', 'shop/reviews', '--out', 'reviews.json'],
      ['certs', 'issue', 'shop/web', '--out', 'web.json'],
    );
    const address = `127.0.0.1:${String(await served(repository, 'reviews.json'))}`;
    const live = (...args: readonly string[]) =>
      repository.mesh(['certs', 'verify', '--live', address, ...args]);
    const ran = live('--with', 'web.json', '--subject', 'spiffe://shop.example/ns/shop/sa/reviews');
    expect(ran, ran.error).toMatchObject({ code: 0 });
    expect(ran.out).toContain('TLSv1.3');
    const without = live();
    expect(without.code).toBe(13);
    expect(without.out.replaceAll(/\s+/g, ' ')).toContain('--with FILE shows it a certificate');
    expect(live('--with', 'web.json', '--subject', 'spiffe://shop.example/ns/shop/sa/web')).toMatchObject({
      code: 13,
      out: expect.stringContaining('error subject'),
    });
    expect(live('--with', 'mesh.yaml').code).toBe(64);
    const [nobody] = await freePorts(1);
    const none = repository.mesh(['certs', 'verify', '--live', `127.0.0.1:${String(nobody)}`]);
    expect(none.code).toBe(15);
    expect(repository.mesh(['certs', 'verify', '--live', 'localhost']).code).toBe(64);
  });
});
