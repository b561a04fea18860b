import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const clock = fileURLToPath(new URL('clock.js', import.meta.url));
const day = 24 * 60 * 60 * 1000;

/** Smallstep's command, if `STEP` names one: it signs as step-ca does. */
const step = process.env['STEP'] ?? '';

/** A root that Smallstep's command makes and signs with. */
class StepAuthority {
  readonly folder: string;

  constructor(repository: Repository, name: string) {
    this.folder = path.join(repository.root, '.state', name.replaceAll(' ', '-'));
    mkdirSync(this.folder, { recursive: true });
    this.write('root.tpl', 'true', 1);
    this.write('issuer.tpl', 'true', 0);
    this.run(
      'create',
      name,
      'root.pem',
      'root.key',
      ...this.life('root.tpl', '8760h'),
      '--no-password',
      '--insecure',
    );
  }

  /** Signs a request as an authority below this root. */
  sign(request: string): string {
    return this.run('sign', request, 'root.pem', 'root.key', ...this.life('issuer.tpl', '720h'));
  }

  get certificate(): string {
    return readFileSync(path.join(this.folder, 'root.pem'), 'utf8');
  }

  private life(template: string, notAfter: string): readonly string[] {
    return ['--template', template, '--not-after', notAfter];
  }

  private write(file: string, isCa: string, maxPathLen: number): void {
    const template = `{"subject": {"commonName": "authority"}, "uris": ["spiffe://shop.example"],
"keyUsage": ["certSign", "crlSign"], "basicConstraints": {"isCA": ${isCa}, "maxPathLen": ${String(maxPathLen)}}}`;
    writeFileSync(path.join(this.folder, file), template);
  }

  private run(...words: readonly string[]): string {
    const env = { HOME: this.folder, STEPPATH: this.folder };
    const ran = spawnSync(step, ['certificate', ...words], { cwd: this.folder, encoding: 'utf8', env });
    expect(ran, ran.stderr).toMatchObject({ status: 0 });
    return ran.stdout;
  }
}

/** A mesh whose root Smallstep's command keeps. */
class StepMesh {
  readonly repository = new Repository({
    ...shop,
    'mesh.yaml': `${shop['mesh.yaml']!}  certificates: {root: {keys: external}, issuer: {keys: file}}\n`,
  });

  ok(...words: readonly string[]): string {
    const ran = this.repository.mesh(words);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    return ran.out;
  }

  /** Has a root sign the waiting request; returns the name of the file with issuer and root. */
  signed(by: StepAuthority): string {
    this.repository.write(
      'signed.pem',
      by.sign(this.place('certificates/shop.example/local.csr')) + by.certificate,
    );
    return 'signed.pem';
  }

  place(file: string): string {
    return path.join(this.repository.root, file);
  }

  get trust() {
    return JSON.parse(readFileSync(this.place('certificates/shop.example.json'), 'utf8'));
  }

  /** True if an issuer signed every certificate that proxies read. */
  isSignedBy({ certificate }: { readonly certificate: string }): boolean {
    const { publicKey } = new X509Certificate(certificate);
    const folder = this.place('live/secrets/current');
    return readdirSync(folder).every((name) => {
      const { resources } = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      return new X509Certificate(resources[0].tls_certificate.certificate_chain.inline_string).verify(
        publicKey,
      );
    });
  }
}

describe.skipIf(step === '')('step certificate sign', () => {
  test('signs the request of init, and what the issuer signs is verified', () => {
    const mesh = new StepMesh();
    mesh.ok('certs', 'init');
    mesh.ok('certs', 'init', '--certificate', mesh.signed(new StepAuthority(mesh.repository, 'root')));
    mesh.ok('certs', 'issue', 'shop/web', '--out', 'web.json');
    mesh.ok('certs', 'verify', 'web.json');
  });

  test('signs the requests of a rotation of the issuer, and of one to a new root through all phases', () => {
    const mesh = new StepMesh();
    const old = new StepAuthority(mesh.repository, 'old root');
    mesh.ok('certs', 'init');
    mesh.ok('certs', 'init', '--certificate', mesh.signed(old));
    mesh.ok('apply', '--yes', '--allow-dirty');
    mesh.ok('certs', 'rotate', 'issuer');
    mesh.ok('certs', 'rotate', 'issuer', '--certificate', mesh.signed(old));
    mesh.ok('certs', 'rotate', 'issuer', '--abort');
    // A new key needs a new request.
    rmSync(mesh.place('certificates/shop.example/local.csr'));

    mesh.ok('certs', 'rotate', 'root');
    const coming = new StepAuthority(mesh.repository, 'new root');
    mesh.ok('certs', 'rotate', 'root', '--certificate', mesh.signed(coming));
    const [a, b] = mesh.trust.issuers;
    mesh.ok('apply', '--yes', '--allow-dirty');
    mesh.ok('certs', 'rotate', 'root');
    mesh.ok('apply', '--yes', '--allow-dirty');
    expect(mesh.isSignedBy(a)).toBe(true);
    mesh.ok('certs', 'rotate', 'root', '--attest', 'nothing runs');
    mesh.ok('apply', '--yes', '--allow-dirty');
    expect(mesh.trust.phase).toBe('DUAL_SIGN');
    expect(mesh.isSignedBy(b)).toBe(true);
    const env = { NODE_OPTIONS: `--import ${clock}`, CLOCK_OFFSET: String(7.1 * day) };
    const last = mesh.repository.started(['certs', 'rotate', 'root', '--attest', 'nothing runs'], { env });
    expect(last, last.error).toMatchObject({ code: 0 });
    expect(mesh.trust).toMatchObject({ phase: 'STEADY', roots: [{ id: b.root }], issuers: [b] });
    expect(mesh.trust.roots[0].certificate.trim()).toBe(coming.certificate.trim());
  });
});
