import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { type Ran, Repository, shop } from './repository.ts';

const clock = fileURLToPath(new URL('clock.js', import.meta.url));
const trustFile = 'certificates/shop.example.json';
const day = 24 * 60 * 60 * 1000;
const apply = ['apply', '--yes', '--allow-dirty'];

interface TrustJson {
  readonly phase: string;
  readonly roots: readonly { readonly id: string; readonly certificate: string }[];
  readonly issuers: readonly { readonly id: string; readonly root: string; readonly certificate: string }[];
  readonly rotation?: { readonly passed: readonly object[]; readonly isCompromised?: boolean };
}

/** The settings that keep all keys in the repository, for one recipient. */
const certificatesOf = (recipient: string): string => `  certificates:
    root: {keys: age}
    issuer: {keys: age}
    recipients: {root: [${recipient}], issuer: [${recipient}]}
`;

/** A mesh that was applied; no proxy runs, so what proxies use is unseen. */
class Rotated {
  readonly repository = new Repository(shop);

  constructor() {
    this.ok(this.repository.mesh(['certs', 'init']));
    this.ok(this.repository.mesh(apply));
  }

  ok(ran: Ran): Ran {
    expect(ran, ran.error).toMatchObject({ code: 0 });
    return ran;
  }

  apply(): void {
    this.ok(this.repository.mesh(apply));
  }

  /** Takes a step; `days` moves the wall clock on. */
  rotate(words: readonly string[] = [], days = 0, of = 'root'): Ran {
    const env = { NODE_OPTIONS: `--import ${clock}`, CLOCK_OFFSET: String(days * day) };
    const args = ['certs', 'rotate', of, ...words];
    return days === 0 ? this.repository.mesh(args) : this.repository.started(args, { env });
  }

  get trust(): TrustJson {
    return JSON.parse(this.text);
  }

  get text(): string {
    return readFileSync(this.place(trustFile), 'utf8');
  }

  set text(text: string) {
    writeFileSync(this.place(trustFile), text);
  }

  place(file: string): string {
    return path.join(this.repository.root, file);
  }

  /** The number of roots in the bundle that proxies read. */
  get bundled(): number {
    const text = readFileSync(this.place('live/config/current/trust/shop.example.json'), 'utf8');
    return text.split('BEGIN CERTIFICATE').length - 1;
  }

  /** The certificates that proxies read: leaf and issuer of each. */
  get chains(): readonly (readonly X509Certificate[])[] {
    const folder = this.place('live/secrets/current');
    return readdirSync(folder).map((name) => {
      const text = JSON.parse(readFileSync(path.join(folder, name), 'utf8')).resources[0].tls_certificate
        .certificate_chain.inline_string as string;
      return text.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g)!.map((pem) => new X509Certificate(pem));
    });
  }

  /** True if every certificate that proxies read was signed by this issuer. */
  isSignedBy({ certificate }: { readonly certificate: string }): boolean {
    const issuer = new X509Certificate(certificate);
    return this.chains.every(([leaf]) => leaf!.verify(issuer.publicKey));
  }
}

describe('mesh certs rotate root', () => {
  test('goes from one root to the next, each step applied before the next is allowed', () => {
    const mesh = new Rotated();
    const [a] = mesh.trust.issuers;
    const first = mesh.ok(mesh.rotate());
    expect(first.out).toContain('STEADY → NEW_READY (prepare)');
    expect(first.out).toContain('git commit -m "Rotate the root of shop.example: NEW_READY"');
    expect(mesh.trust).toMatchObject({ phase: 'NEW_READY', rotation: { of: 'root' } });
    const [, b] = mesh.trust.issuers;
    mesh.apply();
    expect(mesh.bundled).toBe(1);

    mesh.ok(mesh.rotate());
    expect(mesh.trust.phase).toBe('DUAL_TRUST');
    const early = mesh.ok(mesh.rotate(['--attest', 'they are fine']));
    expect(early.out).toContain('not yet in DUAL_TRUST: mesh apply --target local');
    expect(mesh.trust.phase).toBe('DUAL_TRUST');
    mesh.apply();
    expect(mesh.bundled).toBe(2);
    expect(mesh.isSignedBy(a!)).toBe(true);

    const before = mesh.text;
    const silent = mesh.ok(mesh.rotate());
    expect(silent.out).toContain('waiting: DUAL_TRUST → DUAL_SIGN');
    expect(silent.out).toContain('unseen  local/shop-web-default-0');
    expect(mesh.text).toBe(before);
    mesh.ok(mesh.rotate(['--attest', 'restarted all, INC-7']));
    expect(mesh.trust.rotation?.passed.at(-1)).toMatchObject({ attested: 'restarted all, INC-7' });
    mesh.apply();
    expect(mesh.bundled).toBe(2);
    expect(mesh.isSignedBy(b!)).toBe(true);

    const waits = mesh.ok(mesh.rotate(['--attest', 'seen by hand'], 7));
    expect(waits.out).toContain('older certificates: the last of them may be used until');
    const done = mesh.ok(mesh.rotate(['--attest', 'seen by hand'], 7.1));
    expect(done.out).toContain('DUAL_SIGN → STEADY (drop)');
    expect(mesh.trust.roots.map(({ id }) => id)).toEqual([b!.root]);
    expect(mesh.trust.issuers.map(({ id }) => id)).toEqual([b!.id]);
    const kept = mesh.chains.map(([leaf]) => leaf!.fingerprint256);
    mesh.apply();
    expect(mesh.bundled).toBe(1);
    expect(mesh.chains.map(([leaf]) => leaf!.fingerprint256)).toEqual(kept);
  });

  test('--commit commits the trust file alone, and apply accepts the commit', () => {
    const mesh = new Rotated();
    const { repository } = mesh;
    repository.write('.gitignore', 'live/\n.state/\n');
    repository.committed();
    repository.git('config', 'user.name', 'ann');
    repository.git('config', 'user.email', 'ann@example.org');
    repository.write('notes.txt', 'mine\n');
    repository.git('add', 'notes.txt');
    const first = mesh.ok(mesh.rotate(['--commit']));
    const id = repository.git('rev-parse', 'HEAD').slice(0, 12);
    expect(first.out).toContain(`committed ${id}; next:`);
    expect(first.out).not.toContain('git add');
    expect(repository.git('show', '--format=%an|%s', '--name-only').trim().split(/\n+/)).toEqual([
      'ann|Rotate the root of shop.example: NEW_READY',
      trustFile,
    ]);
    expect(repository.git('status', '--porcelain')).toBe('A  notes.txt\n');
    expect(mesh.trust.phase).toBe('NEW_READY');
    const second = mesh.ok(mesh.rotate(['--commit', '--format', 'json']));
    expect(JSON.parse(second.out)).toMatchObject({
      to: 'DUAL_TRUST',
      commit: repository.git('rev-parse', 'HEAD').trim(),
    });
    repository.git('rm', '--cached', '--quiet', 'notes.txt');
    rmSync(mesh.place('notes.txt'));
    mesh.ok(repository.mesh(['apply', '--yes']));
    expect(mesh.bundled).toBe(2);
    // A step that waits makes no commit.
    const before = repository.git('rev-parse', 'HEAD');
    expect(mesh.ok(mesh.rotate(['--commit'])).out).toContain('waiting: DUAL_TRUST → DUAL_SIGN');
    expect(repository.git('rev-parse', 'HEAD')).toBe(before);
  });

  test('--commit commits the new keys that age encrypts, too', async () => {
    const recipient = await identityToRecipient(await generateX25519Identity());
    const spec = shop['mesh.yaml']! + certificatesOf(recipient);
    const repository = new Repository({ ...shop, 'mesh.yaml': spec, '.gitignore': '.state/\n' });
    expect(repository.mesh(['certs', 'init'])).toMatchObject({ code: 0 });
    repository.committed();
    repository.git('config', 'user.name', 'ann');
    repository.git('config', 'user.email', 'ann@example.org');
    expect(repository.mesh(['certs', 'rotate', 'root', '--commit'])).toMatchObject({ code: 0 });
    expect(repository.git('status', '--porcelain')).toBe('');
    const files = repository.git('show', '--format=', '--name-status').trim().split('\n').sort();
    expect(files).toEqual([
      expect.stringMatching(/^A\tcertificates\/shop\.example\/[0-9a-f]{64}\.key\.age$/),
      expect.stringMatching(/^A\tcertificates\/shop\.example\/[0-9a-f]{64}\.key\.age$/),
      `M\t${trustFile}`,
    ]);
  });

  test('a commit that Git refuses writes nothing and makes no key', () => {
    const mesh = new Rotated();
    const keys = (): readonly string[] =>
      readdirSync(mesh.place('.state/meshwright/keys/shop.example')).sort();
    const [text, known] = [mesh.text, keys()];
    const outside = mesh.rotate(['--commit']);
    expect([outside.code, outside.error]).toEqual([1, expect.stringContaining('is not in a Git repository')]);
    mesh.repository.committed();
    mesh.text = text.replace(/\n$/, '\n\n');
    const changed = mesh.rotate(['--commit']);
    expect([changed.code, changed.error]).toEqual([
      1,
      expect.stringContaining(`${trustFile} has changes that are not committed`),
    ]);
    expect(mesh.text).toBe(`${text}\n`);
    expect(keys()).toEqual(known);
    expect(mesh.rotate(['--commit', '--plan']).code).toBe(64);
  });

  test('apply refuses to go two phases at once unless an option allows it', () => {
    const mesh = new Rotated();
    mesh.rotate();
    mesh.rotate();
    mesh.rotate(['--force']);
    expect(mesh.trust.phase).toBe('DUAL_SIGN');
    const jump = mesh.repository.mesh(apply);
    expect(jump.code).toBe(4);
    expect(jump.error).toContain('which is not trusted yet');
    expect(mesh.repository.mesh(['certs', 'rotate', 'workload']).code).toBe(4);
    expect(mesh.bundled).toBe(1);
    expect(mesh.repository.mesh([...apply, '--allow-trust-break']).code).toBe(0);
    expect(mesh.bundled).toBe(2);
  });

  test('a rollback keeps the roots that proxies need now', () => {
    const mesh = new Rotated();
    mesh.repository.write('mesh.yaml', shop['mesh.yaml']!.replace('3s', '4s'));
    mesh.apply();
    mesh.rotate();
    mesh.rotate();
    mesh.apply();
    mesh.rotate(['--attest', 'x']);
    mesh.apply();
    const [, b] = mesh.trust.issuers;
    const history = mesh.ok(mesh.repository.mesh(['history', '--format', 'json'])).out;
    const { entries } = JSON.parse(history).targets.local as { entries: readonly { id: string }[] };
    // The ids of runs are in the order of time.
    const [id] = entries.map((entry) => entry.id).sort();
    mesh.ok(mesh.repository.mesh(['rollback', id!, '--yes']));
    expect(readFileSync(mesh.place('live/config/current/scopes/shop.web/rds.json'), 'utf8')).toContain(
      '"3s"',
    );
    expect(mesh.bundled).toBe(2);
    expect(mesh.isSignedBy(b!)).toBe(true);
  });

  test('abort goes back from each phase, and waits once the new root has signed', () => {
    const mesh = new Rotated();
    const start = mesh.text;
    mesh.rotate();
    mesh.ok(mesh.rotate(['--abort']));
    expect(mesh.text).toBe(start);
    mesh.rotate();
    mesh.rotate();
    mesh.ok(mesh.rotate(['--abort']));
    expect(mesh.text).toBe(start);
    mesh.rotate();
    mesh.rotate();
    mesh.apply();
    mesh.rotate(['--attest', 'x']);
    mesh.apply();
    mesh.ok(mesh.rotate(['--abort']));
    expect(mesh.trust.phase).toBe('DUAL_TRUST');
    mesh.apply();
    expect(mesh.ok(mesh.rotate(['--abort', '--attest', 'x'])).out).toContain('waiting: DUAL_TRUST → STEADY');
    mesh.ok(mesh.rotate(['--abort', '--attest', 'x'], 7.1));
    expect(mesh.text).toBe(start);
    expect(mesh.rotate(['--abort']).code).toBe(1);
  });

  test('--abort refuses --compromised, and goes back to a compromised root only through the gates', () => {
    const mesh = new Rotated();
    mesh.rotate(['--compromised']);
    const both = mesh.rotate(['--abort', '--compromised']);
    expect([both.code, both.error]).toEqual([64, expect.stringContaining('in wrong hands')]);
    mesh.rotate();
    mesh.apply();
    mesh.rotate(['--compromised']);
    mesh.apply();
    expect(mesh.trust.phase).toBe('DUAL_SIGN');
    mesh.ok(mesh.rotate(['--abort']));
    mesh.apply();
    expect(mesh.ok(mesh.rotate(['--abort'])).out).toContain('waiting: DUAL_TRUST → STEADY (abort)');
  });

  test('a rotation leaves a compromised root without waiting, and names the proxies that may break', () => {
    const mesh = new Rotated();
    mesh.rotate(['--compromised']);
    mesh.rotate();
    mesh.apply();
    mesh.ok(mesh.rotate());
    mesh.apply();
    const last = mesh.ok(mesh.rotate());
    expect(mesh.trust.phase).toBe('STEADY');
    expect(last.out).toContain('This may break:');
    expect(last.out).toContain('local/shop-web-default-0');
    expect(last.out).toContain('Restart these after the apply');
    // The proxies by name, also those that nobody saw.
    expect(last.out).toMatch(/stays:\n(?: {2}local\/\S+\n)* {2}local\/shop-web-default-0\n/);
  });

  test('the first step waits for a key that is not on this machine; meanwhile no other rotation begins', () => {
    const mesh = new Rotated();
    mesh.rotate();
    const env = { XDG_STATE_HOME: '/nonexistent' };
    const { out, code } = mesh.repository.mesh(['certs', 'rotate', 'root'], { env });
    expect(code).toBe(0);
    expect(out).toContain('unseen  the new root key: the root key is not on this machine');
    expect(mesh.rotate([], 0, 'issuer').code).toBe(4);
    expect(mesh.repository.mesh(['certs', 'init']).code).toBe(4);
    expect(mesh.trust.phase).toBe('NEW_READY');
  });

  test('certs status --who-needs names the dependents of a root, and ends with 0 only if there can be none', () => {
    const mesh = new Rotated();
    const [root] = mesh.trust.roots;
    const asked = ['certs', 'status', '--who-needs', root!.id.slice(0, 12)];
    const alone = mesh.repository.mesh(asked);
    expect(alone.code).toBe(13);
    expect(alone.out).toContain('unmet   target    the trust file: it has no other root');
    expect(alone.out).toContain('unseen  leaf      local/shop-web-default-0');
    expect(mesh.repository.mesh(['certs', 'status', '--who-needs', 'abcdef']).code).toBe(64);
    expect(mesh.repository.mesh([...asked, '--format', 'junit']).code).toBe(64);
    const empty = new Repository(shop);
    empty.mesh(['certs', 'init']);
    expect(empty.mesh(['certs', 'status', '--who-needs', 'a'.repeat(64)]).code).toBe(0);
  });

  test('a target that nobody can ask is unseen, and does not delay other targets', () => {
    const mesh = new Rotated();
    const targets = `    nowhere: {platform: istio, output: {kubernetes: {context: none-such}}}
    files: {platform: envoy}
`;
    mesh.repository.write('mesh.yaml', shop['mesh.yaml']! + targets);
    mesh.ok(mesh.repository.mesh(['certs', 'init']));
    mesh.ok(mesh.rotate());
    mesh.ok(mesh.rotate());
    mesh.ok(mesh.repository.mesh([...apply, '--target', 'local']));
    const { out } = mesh.ok(mesh.rotate());
    expect(out).toContain('unseen  files/its proxies: the target has no output');
    expect(out).toContain('unseen  nowhere/its proxies: no kubeconfig');
    expect(out).not.toContain('unmet');
    mesh.ok(mesh.repository.mesh(['certs', 'rotate', 'workload']));
  });

  test('--plan prints the calendar and writes nothing', () => {
    const mesh = new Rotated();
    const before = mesh.text;
    const { calendar } = JSON.parse(mesh.ok(mesh.rotate(['--plan', '--format', 'json'])).out);
    expect(calendar.map(({ action }: { action: string }) => action)).toEqual([
      'mesh certs rotate workload',
      'mesh certs rotate issuer --target local',
      'mesh certs rotate root',
    ]);
    const [, issuer] = calendar;
    expect((Date.parse(issuer.expires) - Date.parse(issuer.by)) / day).toBeCloseTo(22.5, 1);
    expect(mesh.text).toBe(before);
  });
});

describe('mesh certs rotate issuer', () => {
  test('replaces the issuer under the same root, without a phase of two roots', () => {
    const mesh = new Rotated();
    const [root] = mesh.trust.roots;
    mesh.ok(mesh.rotate(['--target', 'local'], 0, 'issuer'));
    expect(mesh.trust).toMatchObject({
      phase: 'NEW_READY',
      roots: [root],
      issuers: [{}, { root: root!.id }],
    });
    const [, b] = mesh.trust.issuers;
    mesh.ok(mesh.rotate([], 0, 'issuer'));
    expect(mesh.trust.phase).toBe('DUAL_SIGN');
    mesh.apply();
    expect(mesh.bundled).toBe(1);
    expect(mesh.isSignedBy(b!)).toBe(true);
    mesh.ok(mesh.rotate(['--attest', 'x'], 7.1, 'issuer'));
    expect(mesh.trust).toMatchObject({ phase: 'STEADY', issuers: [b] });
  });
});
