import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { opensslIssued } from '../adapters/openssl-issued.ts';
import { ForeignAuthority, issuerExtensions } from './foreign-authority.ts';
import { type Ran, Repository, shop } from './repository.ts';

const clock = fileURLToPath(new URL('clock.js', import.meta.url));
const day = 24 * 60 * 60 * 1000;

interface TrustJson {
  readonly phase: string;
  readonly roots: readonly { readonly id: string; readonly certificate: string }[];
  readonly issuers: readonly {
    readonly id: string;
    readonly root: string;
    readonly target: string;
    readonly certificate: string;
  }[];
}

/** A mesh whose root another authority keeps. */
class ExternalMesh {
  readonly repository: Repository;
  readonly old: ForeignAuthority;

  constructor(root = 'external', issuer = 'file', more = '') {
    const certificates = `  certificates: {root: {keys: ${root}}, issuer: {keys: ${issuer}}}\n`;
    this.repository = new Repository({ ...shop, 'mesh.yaml': `${shop['mesh.yaml']!}${more}${certificates}` });
    this.old = new ForeignAuthority(this.repository, 'old root');
  }

  /** Makes the hierarchy of one target, under the old root. */
  began(): this {
    this.ok('certs', 'init');
    this.ok('certs', 'init', '--certificate', this.signed('old.pem', this.old));
    return this;
  }

  ok(...words: readonly string[]): Ran {
    const ran = this.repository.mesh(words);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    return ran;
  }

  rotate(of: string, ...words: readonly string[]): Ran {
    return this.repository.mesh(['certs', 'rotate', of, ...words]);
  }

  apply(): void {
    this.ok('apply', '--yes', '--allow-dirty');
  }

  request(target = 'local'): string {
    return this.place(`certificates/shop.example/${target}.csr`);
  }

  /** Signs the requests of targets as the authority would; returns the name of a file that has the root, too. */
  signed(file: string, by: ForeignAuthority, targets: readonly string[] = ['local']): string {
    const issuers = targets.map((target) => by.sign(this.request(target)));
    this.repository.write(file, [...issuers, by.root.certificate].join(''));
    return file;
  }

  /** Has an issuer made whose key stays with the authority; returns the name of the file. */
  issued(file: string, by: ForeignAuthority, key?: string): string {
    const issuer = opensslIssued({
      ...{ extensions: issuerExtensions, subject: `/CN=${file}`, signer: by.root, days: 90 },
      ...(key !== undefined && { key }),
    });
    this.repository.write(file, issuer.certificate + by.root.certificate);
    return file;
  }

  place(file: string): string {
    return path.join(this.repository.root, file);
  }

  get text(): string {
    return readFileSync(this.place('certificates/shop.example.json'), 'utf8');
  }

  get trust(): TrustJson {
    return JSON.parse(this.text);
  }

  /** The number of roots in the bundle that proxies read. */
  get bundled(): number {
    const text = readFileSync(this.place('live/config/current/trust/shop.example.json'), 'utf8');
    return text.split('BEGIN CERTIFICATE').length - 1;
  }

  /** True if an issuer signed every certificate that proxies read. */
  isSignedBy({ certificate }: { readonly certificate: string }): boolean {
    const { publicKey } = new X509Certificate(certificate);
    const folder = this.place('live/secrets/current');
    return readdirSync(folder).every((name) => {
      const { resources } = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      const chain = resources[0].tls_certificate.certificate_chain.inline_string as string;
      return new X509Certificate(chain).verify(publicKey);
    });
  }

  get waitingKeys(): readonly string[] {
    const stored = readdirSync(this.place('.state/meshwright/keys/shop.example'));
    return stored.filter((name) => name.startsWith('request-'));
  }
}

describe('mesh certs rotate root, the root of another authority', () => {
  test('goes from their old root to their new one: request, signature, and the phases of a root that mesh keeps', () => {
    const mesh = new ExternalMesh().began();
    mesh.apply();
    const before = mesh.text;
    const answered = readFileSync(mesh.request(), 'utf8');
    const waits = mesh.ok('certs', 'rotate', 'root');
    expect(waits.out).toContain('waiting: STEADY → NEW_READY (prepare)');
    expect(waits.out).toContain('certificates/shop.example/local.csr waits for a signature of the new root');
    expect(waits.out).toContain('mesh certs rotate root --certificate FILE');
    expect(waits.out).not.toContain('--attest');
    // The request that init wrote is answered: a new one has a new key, and waits however often somebody asks.
    const request = readFileSync(mesh.request(), 'utf8');
    expect(request).not.toBe(answered);
    const json = JSON.parse(mesh.ok('certs', 'rotate', 'root', '--format', 'json').out);
    expect(json).toMatchObject({ state: 'waiting', step: 'prepare', from: 'STEADY', to: 'NEW_READY' });
    expect(json.open).toMatchObject([{ target: 'local', kind: 'key', state: 'unmet' }]);
    expect(readFileSync(mesh.request(), 'utf8')).toBe(request);
    expect(mesh.text).toBe(before);

    const theirs = new ForeignAuthority(mesh.repository, 'new root');
    const taken = mesh.ok('certs', 'rotate', 'root', '--certificate', mesh.signed('new.pem', theirs));
    expect(taken.out).toContain('STEADY → NEW_READY (prepare)');
    expect(taken.out).toContain('the key of issuer of local is in ');
    const [a, b] = mesh.trust.issuers;
    expect(mesh.trust).toMatchObject({
      phase: 'NEW_READY',
      roots: [{ certificate: mesh.old.root.certificate }, { certificate: theirs.root.certificate }],
      rotation: { of: 'root', old: [a!.root], new: [b!.root] },
    });
    expect(mesh.waitingKeys).toEqual([]);
    mesh.apply();
    expect(mesh.bundled).toBe(1);

    const bundled = mesh.ok('certs', 'rotate', 'root');
    expect(bundled.out).toContain('2 of 2 conditions are met');
    expect(mesh.trust.phase).toBe('DUAL_TRUST');
    mesh.apply();
    expect(mesh.bundled).toBe(2);
    expect(mesh.isSignedBy(a!)).toBe(true);
    mesh.ok('certs', 'rotate', 'root', '--attest', 'restarted all');
    mesh.apply();
    expect(mesh.isSignedBy(b!)).toBe(true);
    const env = { NODE_OPTIONS: `--import ${clock}`, CLOCK_OFFSET: String(7.1 * day) };
    const last = mesh.repository.started(['certs', 'rotate', 'root', '--attest', 'seen'], { env });
    expect(last, last.error).toMatchObject({ code: 0 });
    expect(mesh.trust).toMatchObject({ phase: 'STEADY', issuers: [b] });
    expect(mesh.trust.roots.map(({ id }) => id)).toEqual([b!.root]);
    mesh.apply();
    expect(mesh.bundled).toBe(1);
  });

  test('takes the issuers of all targets at once, from one file or from several, and none of them alone', () => {
    const mesh = new ExternalMesh('external', 'file', '    other: {platform: envoy}\n');
    mesh.ok('certs', 'init');
    mesh.ok('certs', 'init', '--certificate', mesh.signed('old.pem', mesh.old, ['local', 'other']));
    expect(mesh.trust.issuers.map(({ target }) => target)).toEqual(['local', 'other']);
    mesh.ok('certs', 'rotate', 'root');
    const theirs = new ForeignAuthority(mesh.repository, 'new root');
    const before = mesh.text;
    const one = mesh.rotate('root', '--certificate', mesh.signed('local.pem', theirs));
    expect(one).toMatchObject({ code: 64, error: expect.stringContaining('other has none') });
    const twice = mesh.rotate('root', '--certificate', 'local.pem', '--certificate', 'local.pem');
    expect(twice).toMatchObject({
      code: 64,
      error: expect.stringContaining('a second certificate for local'),
    });
    expect(mesh.text).toBe(before);
    const other = mesh.signed('other.pem', theirs, ['other']);
    mesh.ok('certs', 'rotate', 'root', '--certificate', 'local.pem', '--certificate', other);
    expect(mesh.trust.issuers.map(({ target }) => target)).toEqual(['local', 'other', 'local', 'other']);
  });

  test('refuses the old root, a file without its root, and a certificate of an answered request', () => {
    const mesh = new ExternalMesh().began();
    const before = mesh.text;
    const answered = mesh.rotate('root', '--certificate', 'old.pem');
    expect(answered).toMatchObject({ code: 13, error: expect.stringContaining('has the key of the root') });
    mesh.ok('certs', 'rotate', 'root');
    const same = mesh.rotate('root', '--certificate', mesh.signed('same.pem', mesh.old));
    expect(same).toMatchObject({ code: 13, error: expect.stringContaining("'mesh certs rotate issuer'") });
    const theirs = new ForeignAuthority(mesh.repository, 'new root');
    mesh.repository.write('alone.pem', theirs.sign(mesh.request()));
    expect(mesh.rotate('root', '--certificate', 'alone.pem')).toMatchObject({
      code: 13,
      error: expect.stringContaining('the certificate of its root is not in the file: add it'),
    });
    expect(mesh.rotate('root', '--certificate', 'old.pem').code).toBe(64);
    expect(mesh.text).toBe(before);
    // The words of the message work.
    mesh.ok('certs', 'rotate', 'issuer', '--certificate', 'same.pem');
  });

  test('never takes a root again whose key was in wrong hands', () => {
    const mesh = new ExternalMesh().began();
    const [old] = mesh.trust.roots;
    const theirs = new ForeignAuthority(mesh.repository, 'new root');
    mesh.ok('certs', 'rotate', 'root', '--compromised');
    mesh.ok('certs', 'rotate', 'root', '--compromised', '--certificate', mesh.signed('new.pem', theirs));
    for (let steps = 0; steps < 3; steps += 1) mesh.ok('certs', 'rotate', 'root', '--force');
    expect(mesh.trust).toMatchObject({ phase: 'STEADY', distrusted: [old!.id] });
    mesh.ok('certs', 'rotate', 'root');
    const before = mesh.text;
    expect(mesh.rotate('root', '--certificate', mesh.signed('again.pem', mesh.old))).toMatchObject({
      code: 13,
      error: expect.stringContaining('is distrusted, since its key was in wrong hands: sign with a new root'),
    });
    expect(mesh.text).toBe(before);
  });

  test('takes the same certificate again after an abort, and says how to get another request', () => {
    const mesh = new ExternalMesh().began();
    mesh.ok('certs', 'rotate', 'root');
    const theirs = new ForeignAuthority(mesh.repository, 'new root');
    const file = mesh.signed('new.pem', theirs);
    mesh.ok('certs', 'rotate', 'root', '--certificate', file);
    expect(mesh.rotate('root', '--certificate', file).code).toBe(64);
    mesh.ok('certs', 'rotate', 'root', '--abort');
    mesh.ok('certs', 'rotate', 'root', '--certificate', file);
    mesh.ok('certs', 'rotate', 'root', '--abort');
    const again = mesh.rotate('root', '--certificate', mesh.signed('again.pem', theirs));
    expect(again).toMatchObject({
      code: 13,
      error: expect.stringContaining('or delete certificates/shop.example/local.csr'),
    });
    rmSync(mesh.request());
    mesh.ok('certs', 'rotate', 'root');
    mesh.ok('certs', 'rotate', 'root', '--certificate', mesh.signed('third.pem', theirs));
  });

  test('leads from a root that mesh keeps to one of another authority', () => {
    const mesh = new ExternalMesh('file', 'file');
    mesh.ok('certs', 'init');
    expect(mesh.rotate('root', '--certificate', 'x.pem')).toMatchObject({
      code: 64,
      error: expect.stringContaining('spec.certificates.root keeps its keys here'),
    });
    const text = readFileSync(mesh.place('mesh.yaml'), 'utf8');
    mesh.repository.write('mesh.yaml', text.replace('root: {keys: file}', 'root: {keys: external}'));
    mesh.ok('certs', 'rotate', 'root');
    const theirs = new ForeignAuthority(mesh.repository, 'new root');
    mesh.ok('certs', 'rotate', 'root', '--certificate', mesh.signed('new.pem', theirs));
    mesh.ok('certs', 'rotate', 'root');
    expect(mesh.trust).toMatchObject({
      phase: 'DUAL_TRUST',
      roots: [{}, { certificate: theirs.root.certificate }],
    });
  });

  test('leaves out a target that has no issuer yet', () => {
    const mesh = new ExternalMesh('file', 'file');
    mesh.ok('certs', 'init');
    const text = readFileSync(mesh.place('mesh.yaml'), 'utf8');
    mesh.repository.write(
      'mesh.yaml',
      text.replace('  certificates:', '    late: {platform: envoy}\n  certificates:'),
    );
    mesh.ok('certs', 'rotate', 'root');
    mesh.ok('certs', 'rotate', 'root');
    expect(mesh.trust.issuers.map(({ target }) => target)).toEqual(['local', 'local']);
  });
});

describe('mesh certs rotate issuer, the root of another authority', () => {
  test('replaces the issuer under the same root', () => {
    const mesh = new ExternalMesh().began();
    mesh.apply();
    const { roots } = mesh.trust;
    const waits = mesh.ok('certs', 'rotate', 'issuer', '--target', 'local');
    expect(waits.out).toContain('local.csr waits for a signature of the root');
    mesh.ok(
      'certs',
      'rotate',
      'issuer',
      '--target',
      'local',
      '--certificate',
      mesh.signed('new.pem', mesh.old),
    );
    expect(mesh.trust).toMatchObject({ phase: 'NEW_READY', roots });
    const [, b] = mesh.trust.issuers;
    mesh.ok('certs', 'rotate', 'issuer');
    mesh.apply();
    expect(mesh.isSignedBy(b!)).toBe(true);
  });

  test('takes issuers whose keys are external, too; nobody here sees that they sign', () => {
    const mesh = new ExternalMesh('external', 'external', '    other: {platform: envoy}\n');
    for (const target of ['local', 'other'])
      mesh.ok('certs', 'init', '--target', target, '--certificate', mesh.issued(`${target}.pem`, mesh.old));
    const before = mesh.text;
    expect(mesh.rotate('root')).toMatchObject({
      code: 13,
      error: expect.stringContaining('--certificate TARGET=FILE'),
    });
    const theirs = new ForeignAuthority(mesh.repository, 'new root');
    const [local, other] = ['local-b.pem', 'other-b.pem'].map((file) => mesh.issued(file, theirs));
    const unnamed = mesh.rotate('root', '--certificate', local!, '--certificate', other!);
    expect(unnamed).toMatchObject({ code: 64, error: expect.stringContaining('TARGET=FILE') });
    expect(mesh.text).toBe(before);
    mesh.ok('certs', 'rotate', 'root', '--certificate', `local=${local}`, '--certificate', `other=${other}`);
    expect(mesh.trust.issuers.map(({ target }) => target)).toEqual(['local', 'other', 'local', 'other']);
    const waits = mesh.ok('certs', 'rotate', 'root');
    expect(waits.out).toContain('unseen  the new issuer of local key: another authority keeps it');
    mesh.ok('certs', 'rotate', 'root', '--attest', 'Vault signs, INC-7');
    expect(mesh.trust.phase).toBe('DUAL_TRUST');
    expect(existsSync(mesh.place('.state/meshwright/keys'))).toBe(false);
  });

  test('says that external issuers need an external root', () => {
    const mesh = new ExternalMesh('file', 'file');
    mesh.ok('certs', 'init');
    const text = readFileSync(mesh.place('mesh.yaml'), 'utf8');
    mesh.repository.write('mesh.yaml', text.replace('issuer: {keys: file}', 'issuer: {keys: external}'));
    expect(mesh.rotate('issuer')).toMatchObject({
      code: 3,
      error: expect.stringContaining('keep the root external, too'),
    });
  });
});
