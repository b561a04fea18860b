import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

/** A shop whose proxies nobody runs, so that a delivery doesn't wait for them. */
const delivered = {
  ...shop,
  'services.yaml': shop['services.yaml']!.replace(/127\.0\.0\.1:2\d(\d)0(\d\d)/g, '127.0.0.1:$1$2'),
};

function applied(files: Readonly<Record<string, string>> = delivered): Repository {
  const repository = new Repository(files);
  for (const args of [
    ['certs', 'init'],
    ['apply', '--yes', '--allow-dirty'],
  ]) {
    const ran = repository.mesh(args);
    expect(ran, ran.error).toMatchObject({ code: 0 });
  }
  return repository;
}

/** Returns the environment of a command whose clock is ahead by some days. */
function ahead(days: number): Readonly<Record<string, string>> {
  const code = `const R = Date, ahead = ${String(days * 86_400_000)};
globalThis.Date = class extends R {
  constructor(...given) { if (given.length === 0) super(R.now() + ahead); else super(...given); }
  static now() { return R.now() + ahead; }
};`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

interface Listed {
  readonly ok: boolean;
  readonly first: number;
  readonly certificates: readonly {
    readonly kind: string;
    readonly name: string;
    readonly state: string;
    readonly trusted?: boolean;
    readonly chain: readonly string[];
    readonly fingerprint: string;
    readonly daysLeft: number;
  }[];
}

describe('mesh certs status', () => {
  test('lists every certificate with its chain; exit code 13 inside the thresholds', () => {
    const repository = applied();
    const ran = repository.mesh(['certs', 'status', '--format', 'json']);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    const listed: Listed = JSON.parse(ran.out);
    expect(listed.certificates.map(({ kind, state }) => [kind, state])).toEqual([
      ['root', 'good'],
      ['issuer', 'good'],
      ['workload', 'good'],
      ['workload', 'good'],
      ['workload', 'good'],
    ]);
    const [root, issuer, ...leaves] = listed.certificates;
    expect(issuer!.chain).toEqual([root!.fingerprint]);
    for (const leaf of leaves) {
      expect(leaf).toMatchObject({ trusted: true, chain: [issuer!.fingerprint, root!.fingerprint] });
      // No agent renews proxies of a directory: their certificates live for a week.
      expect(leaf.daysLeft).toBe(6);
    }
    expect(listed.certificates[listed.first]!.kind).toBe('workload');

    const later = (days: number, ...args: readonly string[]) =>
      repository.started(['certs', 'status', ...args], { env: ahead(days) });
    expect(later(5).code).toBe(0);
    // After 5.25 days 25 % are left, after 5.95 days 15 %.
    expect(later(5.5).code).toBe(0);
    expect(later(5.5).out).toContain('3 are due');
    expect(later(5.5, '--fail-on', 'warning').code).toBe(13);
    expect(later(6).code).toBe(13);
    const over = later(8);
    expect(over.code).toBe(13);
    expect(over.out).toMatch(/3 need care/);
    expect(over.out).toMatch(/breaks first: spiffe:\/\/shop\.example\/ns\/shop\/sa\/\w+ \(shop-\w+/);
    expect(later(0, '--min-validity', '100d').code).toBe(0);
    expect(later(0, '--min-validity', '89d').code).toBe(0);
    expect(later(2, '--min-validity', '89d').code).toBe(13);

    const doctor = repository.started(['doctor'], { env: ahead(8) });
    expect(doctor.code).toBe(1);
    const words = doctor.out.replaceAll(/\s+/g, ' ');
    expect(words).toMatch(/fail certificates of local 3 of 3 need care: /);
    expect(words).toMatch(/shop-web-\S+ \(spiffe:\/\/shop\.example\/ns\/shop\/sa\/web\) ended 20/);
    expect(words).toContain('mesh apply renews it');

    const inDirectory = repository.mesh(['certs', 'status', '--directory', 'live', '--format', 'json']);
    expect(JSON.parse(inDirectory.out).certificates).toHaveLength(4);
  });

  test('names a certificate that somebody exchanged or removed, with the formats of CI', () => {
    const repository = applied();
    const secrets = path.join(repository.root, 'live/secrets/current');
    const [first, second] = readdirSync(secrets)
      .sort()
      .map((name) => path.join(secrets, name));
    writeFileSync(first!, readFileSync(second!, 'utf8').replace('inline_string', 'other'));
    const ran = repository.mesh([
      ...['certs', 'status', '--format', 'junit=certs.xml', '--format', 'prometheus=certs.prom'],
    ]);
    expect(ran.code).toBe(13);
    expect(ran.out).toContain('wrong: it is garbled');
    expect(readFileSync(path.join(repository.root, 'certs.xml'), 'utf8')).toContain('failures="1"');
    const metrics = readFileSync(path.join(repository.root, 'certs.prom'), 'utf8');
    expect(metrics.match(/^mesh_certificate_expiry_seconds\{/gm)).toHaveLength(4);
    expect(metrics).toMatch(/^mesh_certificate_usable\{.*\} 0$/m);
    expect(ran.out + metrics).not.toContain('PRIVATE KEY');
  });

  test('reads the certificate files of listeners', () => {
    const repository = new Repository(delivered);
    const file = (name: string): string => path.join(repository.root, name);
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
        ...['-subj', '/CN=shop.example', '-keyout', file('tls.key'), '-out', file('tls.pem')],
      ],
      { stdio: 'ignore' },
    );
    repository.write(
      'gateway.yaml',
      `apiVersion: mesh/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  type: ingress
  listeners:
    web:
      port: 8443
      protocol: https
      hostnames: [shop.example]
      tls: {certificate: {files: {certificate: ${file('tls.pem')}, key: ${file('tls.key')}}}}
  endpoints: [{address: 127.0.0.1, admin: "127.0.0.1:9"}]
`,
    );
    for (const args of [
      ['certs', 'init'],
      ['apply', '--yes', '--allow-dirty'],
    ]) {
      const ran = repository.mesh(args);
      expect(ran, ran.error).toMatchObject({ code: 0 });
    }
    const { certificates }: Listed = JSON.parse(repository.mesh(['certs', 'status', '--format', 'json']).out);
    expect(certificates).toContainEqual(
      expect.objectContaining({ kind: 'listener', name: 'listener web of gateway shop/edge', state: 'good' }),
    );
    const later = repository.started(['certs', 'status'], { env: ahead(29) });
    expect(later.code).toBe(13);
    expect(later.out).toMatch(/near +listener +listener web of gateway shop\/edge/);
  });

  test('without a trust file the exit code is 13, and a wrong duration is wrong usage', () => {
    const repository = new Repository(shop);
    const none = repository.mesh(['certs', 'status']);
    expect(none).toMatchObject({ code: 13, out: '' });
    expect(none.error).toContain("'mesh certs init' makes it");
    expect(repository.mesh(['certs', 'status', '--min-validity', 'soon']).code).toBe(64);
  });
});
