import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ForeignAuthority, issuerExtensions } from './foreign-authority.ts';
import { Repository, shop } from './repository.ts';

const clock = fileURLToPath(new URL('clock.js', import.meta.url));
const day = 24 * 60 * 60 * 1000;

/** A mesh whose issuers another authority signs with an intermediate below its root. */
class BelowMesh {
  readonly repository;
  readonly root;

  constructor() {
    const istio = '    cluster: {platform: istio}\n';
    const certificates = '  certificates: {root: {keys: external}, issuer: {keys: file}}\n';
    this.repository = new Repository({
      ...shop,
      'mesh.yaml': `${shop['mesh.yaml']!}${istio}${certificates}`,
    });
    this.root = new ForeignAuthority(this.repository, 'their root');
  }

  ok(...words: readonly string[]): string {
    const ran = this.repository.mesh(words);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    return ran.out;
  }

  /** Signs the waiting requests; the file also has the given authorities. */
  signed(by: ForeignAuthority, others: readonly ForeignAuthority[], targets: readonly string[]): string {
    const issuers = targets.map((target) =>
      by.sign(this.place(`certificates/shop.example/${target}.csr`), issuerExtensions),
    );
    this.repository.write('signed.pem', [...issuers, ...others.map(({ root }) => root.certificate)].join(''));
    return 'signed.pem';
  }

  place(file: string): string {
    return path.join(this.repository.root, file);
  }

  get trust() {
    return JSON.parse(readFileSync(this.place('certificates/shop.example.json'), 'utf8'));
  }

  /** The chains that proxies of the directory show. */
  get chains(): readonly string[] {
    const folder = this.place('live/secrets/current');
    return readdirSync(folder).map((name) => {
      const { resources } = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      return resources[0].tls_certificate.certificate_chain.inline_string as string;
    });
  }

  /** Has OpenSSL verify a chain, leaf first, with its root alone as trusted. */
  verifies(chain: string, root = this.root): boolean {
    this.repository.write('chain.pem', chain);
    const args = ['verify', '-x509_strict', '-CAfile', path.join(root.folder, 'root.pem')];
    const ran = spawnSync('openssl', [...args, '-untrusted', 'chain.pem', 'chain.pem'], {
      cwd: this.repository.root,
    });
    return ran.status === 0;
  }
}

const commonNames = (chain: string): readonly string[] =>
  chain
    .split(/(?<=-----END CERTIFICATE-----\n)/)
    .filter((one) => one.trim() !== '')
    .map((one) => new X509Certificate(one).subject.replace('CN=', ''));

test('an issuer below an intermediate is taken, signs, and is exported with its chain', {
  timeout: 300_000,
}, () => {
  const mesh = new BelowMesh();
  const between = new ForeignAuthority(mesh.repository, 'between', mesh.root);
  mesh.ok('certs', 'init');
  const both = ['local', 'cluster'];
  const lacking = mesh.repository.mesh([
    'certs',
    'init',
    '--certificate',
    mesh.signed(between, [mesh.root], both),
  ]);
  expect(lacking).toMatchObject({
    code: 13,
    error: expect.stringContaining('add the authorities between them'),
  });
  mesh.ok('certs', 'init', '--certificate', mesh.signed(between, [mesh.root, between], both));
  expect(mesh.trust).toMatchObject({
    roots: [{ certificate: mesh.root.root.certificate }],
    issuers: both.toSorted().map((target) => ({ target, intermediates: between.root.certificate })),
  });

  mesh.ok('certs', 'issue', 'shop/web', '--target', 'local', '--out', 'web.json');
  mesh.ok('certs', 'verify', 'web.json', '--subject', 'spiffe://shop.example/ns/shop/sa/web');
  mesh.ok('apply', '--yes', '--allow-dirty', '--target', 'local');
  for (const chain of mesh.chains) {
    expect(commonNames(chain).slice(2)).toEqual(['between']);
    expect(mesh.verifies(chain)).toBe(true);
  }
  mesh.ok('certs', 'verify');
  const { certificates } = JSON.parse(mesh.ok('certs', 'status', '--format', 'json'));
  const id = (pem: string): string =>
    new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  const above = [between, mesh.root].map(({ root }) => id(root.certificate));
  for (const one of certificates)
    if (one.kind === 'issuer') expect(one).toMatchObject({ state: 'good', chain: above });

  // istiod reads its own certificate, the chain up to the root, and the roots that verifiers trust.
  mesh.ok('certs', 'export', '--target', 'cluster', '--out', 'istio');
  const file = (name: string): string => readFileSync(mesh.place(`istio/${name}`), 'utf8');
  const { certificate } = mesh.trust.issuers.find(({ target }: { target: string }) => target === 'cluster');
  expect(file('ca-cert.pem')).toBe(certificate);
  expect(file('cert-chain.pem')).toBe(
    [certificate, between.root.certificate, mesh.root.root.certificate].join(''),
  );
  expect(file('root-cert.pem')).toBe(mesh.root.root.certificate);

  // A rotation of the issuer takes one below another intermediate; the root stays.
  const next = new ForeignAuthority(mesh.repository, 'next between', mesh.root);
  const local = ['--target', 'local'];
  mesh.ok('certs', 'rotate', 'issuer', ...local);
  mesh.ok(
    'certs',
    'rotate',
    'issuer',
    ...local,
    '--certificate',
    mesh.signed(next, [next, mesh.root], ['local']),
  );
  mesh.ok('certs', 'rotate', 'issuer', ...local);
  mesh.ok('apply', '--yes', '--allow-dirty', ...local);
  for (const chain of mesh.chains) {
    expect(commonNames(chain).slice(2)).toEqual(['next between']);
    expect(mesh.verifies(chain)).toBe(true);
  }
  const env = { NODE_OPTIONS: `--import ${clock}`, CLOCK_OFFSET: String(7.1 * day) };
  const dropped = mesh.repository.started(['certs', 'rotate', 'issuer', '--attest', 'seen'], { env });
  expect(dropped, dropped.error).toMatchObject({ code: 0 });
  expect(mesh.trust.phase).toBe('STEADY');

  // So does one of the root, to an issuer that their new root signs itself.
  const root = new ForeignAuthority(mesh.repository, 'new root');
  mesh.ok('certs', 'rotate', 'root');
  mesh.ok('certs', 'rotate', 'root', '--certificate', mesh.signed(root, [root], both));
  expect(
    mesh.trust.issuers.filter(({ intermediates }: { intermediates?: string }) => intermediates),
  ).toHaveLength(2);
});

test('an intermediate that breaks a rule is not taken, nor is a trust file with another one', () => {
  const mesh = new BelowMesh();
  const between = new ForeignAuthority(mesh.repository, 'between', mesh.root);
  const below = new ForeignAuthority(mesh.repository, 'below', between);
  mesh.ok('certs', 'init');
  const file = mesh.signed(below, [mesh.root, below, between], ['local', 'cluster']);
  mesh.ok('certs', 'init', '--certificate', file);
  const written = readFileSync(mesh.place('certificates/shop.example.json'), 'utf8');
  expect(mesh.trust.issuers[0].intermediates).toBe(below.root.certificate + between.root.certificate);
  const edited = mesh.trust;
  edited.issuers[0].intermediates = between.root.certificate;
  mesh.repository.write('certificates/shop.example.json', JSON.stringify(edited));
  expect(mesh.repository.mesh(['certs', 'status'])).toMatchObject({
    code: 13,
    error: expect.stringMatching(/issuer of local|issuer of cluster/),
  });
  edited.issuers[0].intermediates = 'x';
  mesh.repository.write('certificates/shop.example.json', JSON.stringify(edited));
  expect(mesh.repository.mesh(['certs', 'status']).code).toBe(13);
  mesh.repository.write('certificates/shop.example.json', written);
  expect(mesh.repository.mesh(['certs', 'verify'])).toMatchObject({ code: 0 });
});
