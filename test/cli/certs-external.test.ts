import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorityExtensions, opensslIssued, opensslVerifies } from '../adapters/openssl-issued.ts';
import { ForeignAuthority, issuerExtensions } from './foreign-authority.ts';
import { Repository, shop } from './repository.ts';

const trustFile = 'certificates/shop.example.json';
const keys = (root: string, issuer: string) =>
  `${shop['mesh.yaml']!}  certificates: {root: {keys: ${root}}, issuer: {keys: ${issuer}}}\n`;

const ok = (ran: ReturnType<Repository['mesh']>) => {
  expect(ran, ran.error).toMatchObject({ code: 0 });
  return ran.out;
};

describe('an external root', () => {
  test('signs the request that init writes; what the issuer then signs is verified by OpenSSL', () => {
    const repository = new Repository({ ...shop, 'mesh.yaml': keys('external', 'file') });
    const theirs = new ForeignAuthority(repository);
    const request = path.join(repository.root, 'certificates/shop.example/local.csr');
    expect(ok(repository.mesh(['certs', 'init']))).toContain('certificates/shop.example/local.csr');
    const first = readFileSync(request, 'utf8');
    expect(
      execFileSync('openssl', ['req', '-in', request, '-noout', '-verify', '-text'], { encoding: 'utf8' }),
    ).toMatch(/CA:TRUE, pathlen:0[^]*URI:spiffe:\/\/shop\.example\n/);
    expect(existsSync(path.join(repository.root, trustFile))).toBe(false);
    // A second call writes no other request.
    expect(ok(repository.mesh(['certs', 'init']))).toContain('written before');
    expect(readFileSync(request, 'utf8')).toBe(first);

    const certificate = theirs.sign(request, issuerExtensions);
    repository.write('alone.pem', certificate);
    const alone = repository.mesh(['certs', 'init', '--certificate', 'alone.pem']);
    expect(alone).toMatchObject({ code: 13, error: expect.stringContaining('root is not in the file') });
    repository.write('signed.pem', theirs.root.certificate + certificate);
    ok(repository.mesh(['certs', 'init', '--certificate', 'signed.pem']));
    ok(repository.mesh(['certs', 'issue', 'shop/web', '--out', 'web.json']));
    ok(repository.mesh(['certs', 'verify', 'web.json', '--subject', 'spiffe://shop.example/ns/shop/sa/web']));
    const sds = JSON.parse(readFileSync(path.join(repository.root, 'web.json'), 'utf8'));
    const chain: string = sds.resources[0].tls_certificate.certificate_chain.inline_string;
    expect(opensslVerifies(chain, chain, theirs.root.certificate)).toBe(true);
    const stored = readdirSync(path.join(repository.root, '.state/meshwright/keys/shop.example'));
    expect(stored.filter((name) => name.startsWith('request-'))).toEqual([]);
    expect(repository.mesh(['certs', 'init', '--certificate', 'signed.pem']).code).toBe(1);
  });

  test.each([
    ['signing-ca', ['basicConstraints=critical,CA:FALSE', ...issuerExtensions.slice(1)]],
    ['trust-domain', authorityExtensions('other.example')],
    ['signing-usage', [issuerExtensions[0]!, 'keyUsage=critical,cRLSign', ...issuerExtensions.slice(2)]],
  ])('an issuer that breaks %s is not taken', (rule, extensions) => {
    const repository = new Repository({ ...shop, 'mesh.yaml': keys('external', 'file') });
    const theirs = new ForeignAuthority(repository);
    ok(repository.mesh(['certs', 'init']));
    const request = path.join(repository.root, 'certificates/shop.example/local.csr');
    repository.write('signed.pem', theirs.sign(request, extensions) + theirs.root.certificate);
    const ran = repository.mesh(['certs', 'init', '--certificate', 'signed.pem']);
    expect(ran).toMatchObject({ code: 13, error: expect.stringContaining(`breaks the rule ${rule}`) });
    expect(existsSync(path.join(repository.root, trustFile))).toBe(false);
  });

  test('a certificate for another key is not taken', () => {
    const repository = new Repository({ ...shop, 'mesh.yaml': keys('external', 'file') });
    const theirs = new ForeignAuthority(repository);
    ok(repository.mesh(['certs', 'init']));
    const other = opensslIssued({ extensions: issuerExtensions, signer: theirs.root, days: 90 });
    repository.write('signed.pem', other.certificate + theirs.root.certificate);
    expect(repository.mesh(['certs', 'init', '--certificate', 'signed.pem']).code).toBe(64);
    expect(existsSync(path.join(repository.root, trustFile))).toBe(false);
  });
});

describe('an external issuer', () => {
  test('signs the request of a service; its key leaves no trace in the repository', () => {
    const repository = new Repository({ ...shop, 'mesh.yaml': keys('external', 'external') });
    const theirs = new ForeignAuthority(repository);
    const issuer = opensslIssued({
      extensions: issuerExtensions,
      subject: '/CN=their issuer',
      signer: theirs.root,
      days: 90,
    });
    expect(repository.mesh(['certs', 'init'])).toMatchObject({
      code: 13,
      error: expect.stringContaining('--certificate FILE'),
    });
    repository.write('issuer.pem', issuer.certificate + theirs.root.certificate);
    ok(repository.mesh(['certs', 'init', '--certificate', 'issuer.pem']));
    ok(repository.mesh(['certs', 'issue', 'shop/web']));
    const request = path.join(repository.root, 'shop.web.csr');
    writeFileSync(path.join(theirs.folder, 'root.pem'), issuer.certificate);
    writeFileSync(path.join(theirs.folder, 'root.key'), issuer.key);
    const names = (id: string) => [
      ...['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature'],
      ...[
        'extendedKeyUsage=serverAuth,clientAuth',
        `subjectAltName=URI:spiffe://shop.example/ns/shop/sa/${id}`,
      ],
    ];
    repository.write('other.pem', theirs.sign(request, names('other'), 7));
    const other = repository.mesh(['certs', 'issue', 'shop/web', '--certificate', 'other.pem']);
    expect(other).toMatchObject({ code: 13, error: expect.stringContaining('breaks the rule subject') });
    repository.write('web.pem', theirs.sign(request, names('web'), 7));
    ok(repository.mesh(['certs', 'issue', 'shop/web', '--certificate', 'web.pem']));
    ok(repository.mesh(['certs', 'verify', 'shop.web.sds.json']));
    const applied = repository.mesh(['apply', '--yes', '--allow-dirty']);
    expect(applied).toMatchObject({
      code: 13,
      error: expect.stringContaining('another authority signs with it'),
    });
  });
});

describe('mesh certs issue --csr', () => {
  test('signs a key of another machine, for the names of the service alone', () => {
    const repository = new Repository(shop);
    ok(repository.mesh(['certs', 'init']));
    const file = (name: string): string => path.join(repository.root, name);
    const request = (name: string, ...args: readonly string[]) =>
      execFileSync(
        'openssl',
        [
          ...[
            'req',
            '-new',
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:P-256',
            '-nodes',
            '-subj',
            '/CN=x',
          ],
          ...['-keyout', file(`${name}.key`), '-out', file(`${name}.csr`), ...args],
        ],
        { stdio: 'ignore' },
      );
    request('plain');
    request('foreign', '-addext', 'subjectAltName=URI:spiffe://shop.example/ns/shop/sa/admin');
    const issue = (name: string) => repository.mesh(['certs', 'issue', 'shop/web', '--csr', `${name}.csr`]);
    ok(issue('plain'));
    ok(repository.mesh(['certs', 'verify', 'shop.web.pem', '--key', 'plain.key']));
    expect(issue('foreign')).toMatchObject({ code: 64, error: expect.stringContaining('sa/admin') });
    // A request with another signature isn't of its own key.
    const der = Buffer.from(
      readFileSync(file('plain.csr'), 'utf8').replaceAll(/-----.*-----|\s/g, ''),
      'base64',
    );
    der[der.length - 1]! ^= 1;
    const label = 'CERTIFICATE REQUEST-----';
    repository.write('broken.csr', `-----BEGIN ${label}\n${der.toString('base64')}\n-----END ${label}\n`);
    repository.write('no.csr', 'x');
    for (const name of ['broken', 'no']) expect(issue(name).code).toBe(64);
  });
});

test('the roots of a delegate come into the trust file, and from there into the Bundle', () => {
  const repository = new Repository({
    'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  access: allow
  egress: allow
  mtls: permissive
  targets: {local: {platform: linkerd}}
  certificates: {delegate: cert-manager, certManager: {issuer: shop-root}}
`,
  });
  const theirs = new ForeignAuthority(repository);
  const compiled = (): string => {
    ok(repository.mesh(['compile', '--target', 'local', '--out', 'build']));
    return readFileSync(path.join(repository.root, 'build/local/manifests/linkerd/certificate.yaml'), 'utf8');
  };
  const early = repository.mesh(['compile', '--target', 'local', '--out', 'early']);
  expect(early.error).toContain('MESH6000');
  expect(repository.mesh(['certs', 'init'])).toMatchObject({
    code: 64,
    error: expect.stringContaining('--certificate FILE takes its roots'),
  });
  const request = path.join(theirs.folder, 'request.csr');
  execFileSync('openssl', ['req', '-new', '-key', 'root.key', '-subj', '/CN=below', '-out', request], {
    cwd: theirs.folder,
  });
  repository.write('below.pem', theirs.sign(request, issuerExtensions));
  expect(repository.mesh(['certs', 'init', '--certificate', 'below.pem'])).toMatchObject({
    code: 13,
    error: expect.stringContaining('is not self-signed'),
  });
  repository.write('root.pem', theirs.root.certificate);
  ok(repository.mesh(['certs', 'init', '--certificate', 'root.pem']));
  expect(JSON.parse(readFileSync(path.join(repository.root, trustFile), 'utf8'))).toMatchObject({
    phase: 'STEADY',
    roots: [{ certificate: theirs.root.certificate }],
    issuers: [],
  });
  expect(compiled()).toContain('secretName: linkerd-identity-issuer');
  const bundle = readFileSync(
    path.join(repository.root, 'build/local/manifests/_cluster/bundle.yaml'),
    'utf8',
  );
  for (const line of theirs.root.certificate.trim().split('\n')) expect(bundle).toContain(line);
  // Nobody has a key to sign with, and nothing else is wrong with the mesh.
  expect(ok(repository.mesh(['certs', 'status']))).toContain('root');
  expect(repository.mesh(['certs', 'init', '--certificate', 'root.pem']).code).toBe(1);
  // The delegate rotates; both roots come into the trust file as the message says.
  expect(repository.mesh(['certs', 'rotate', 'root'])).toMatchObject({
    code: 3,
    error: expect.stringContaining('takes the old and the new root from one file'),
  });
  const next = new ForeignAuthority(repository, 'new root');
  repository.write('roots.pem', theirs.root.certificate + next.root.certificate);
  rmSync(path.join(repository.root, trustFile));
  ok(repository.mesh(['certs', 'init', '--certificate', 'roots.pem']));
  expect(JSON.parse(readFileSync(path.join(repository.root, trustFile), 'utf8')).roots).toHaveLength(2);
});
