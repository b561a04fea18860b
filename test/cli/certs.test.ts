import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const trustFile = 'certificates/shop.example.json';

interface Sds {
  readonly resources: readonly {
    readonly tls_certificate: {
      readonly certificate_chain: { readonly inline_string: string };
      readonly private_key: { readonly inline_string: string };
    };
  }[];
}

/** Writes the chain and key of an SDS file, and the roots of the trust file, to files that openssl reads. */
function unpacked(repository: Repository, file: string): { chain: string; key: string; roots: string } {
  const sds: Sds = JSON.parse(readFileSync(path.join(repository.root, file), 'utf8'));
  const trust = JSON.parse(readFileSync(path.join(repository.root, trustFile), 'utf8'));
  const { certificate_chain, private_key } = sds.resources[0]!.tls_certificate;
  const place = (name: string, text: string): string => {
    writeFileSync(path.join(repository.root, name), text);
    return path.join(repository.root, name);
  };
  return {
    chain: place('chain.pem', certificate_chain.inline_string),
    key: place('key.pem', private_key.inline_string),
    roots: place(
      'roots.pem',
      trust.roots.map(({ certificate }: { certificate: string }) => certificate).join(''),
    ),
  };
}

const openssl = (...args: readonly string[]): string => execFileSync('openssl', args, { encoding: 'utf8' });

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe('mesh certs', () => {
  test('init makes a hierarchy; what it signs is a SPIFFE certificate that openssl verifies', () => {
    const repository = new Repository(shop);
    const ran = repository.mesh(['certs', 'init']);
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    expect(ran.out).toContain('trust domain shop.example: a root and its issuers were made');
    // In a folder that is no Git repository `git add` would fail.
    expect(ran.out).toMatch(/\nNext: commit certificates\/ with the rest of the mesh, then mesh apply\n$/);
    expect(repository.mesh(['certs', 'issue', 'shop/reviews', '--out', 'reviews.json']).code).toBe(0);
    const { chain, key, roots } = unpacked(repository, 'reviews.json');
    expect(openssl('verify', '-x509_strict', '-CAfile', roots, '-untrusted', chain, chain)).toContain(': OK');
    const text = openssl('x509', '-in', chain, '-noout', '-text');
    expect(text).toContain('URI:spiffe://shop.example/ns/shop/sa/reviews');
    expect(text).toContain('CA:FALSE');
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Digital Signature\n/);
    expect(text).toMatch(/TLS Web Server Authentication, TLS Web Client Authentication/);
    expect(openssl('pkey', '-in', key, '-pubout')).toBe(openssl('x509', '-in', chain, '-noout', '-pubkey'));
    expect(mode(path.join(repository.root, 'reviews.json'))).toBe('600');
  });

  test('keys are readable only for their owner, and nothing that is committed or printed has one', () => {
    const repository = new Repository(shop);
    const { out, error } = repository.mesh(['certs', 'init']);
    const keys = path.join(repository.root, '.state/meshwright/keys/shop.example');
    expect(mode(keys)).toBe('700');
    const files = readdirSync(keys).map((name) => path.join(keys, name));
    expect(files).toHaveLength(2);
    for (const file of files) {
      expect(mode(file)).toBe('600');
      expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY');
    }
    const committed = readFileSync(path.join(repository.root, trustFile), 'utf8');
    expect(out + error + committed).not.toContain('PRIVATE KEY');
  });

  test('init never replaces what exists, and adds the issuer of a new target', () => {
    const repository = new Repository(shop);
    repository.mesh(['certs', 'init']);
    const before = readFileSync(path.join(repository.root, trustFile), 'utf8');
    const again = repository.mesh(['certs', 'init']);
    expect({ code: again.code, out: again.out }).toEqual({ code: 1, out: '' });
    expect(again.error).toContain('never overwritten');
    expect(readFileSync(path.join(repository.root, trustFile), 'utf8')).toBe(before);
    repository.write(
      'mesh.yaml',
      `${shop['mesh.yaml']!}    other: {platform: envoy, output: {directory: b}}\n`,
    );
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    const after = JSON.parse(readFileSync(path.join(repository.root, trustFile), 'utf8'));
    expect(after.roots).toEqual(JSON.parse(before).roots);
    expect(after.issuers).toMatchObject([JSON.parse(before).issuers[0], { target: 'other' }]);
  });

  test('issue refuses to overwrite, and to write a key where Git would track it', () => {
    const repository = new Repository({ ...shop, '.gitignore': '*.sds.json\n.state/\n' }).committed();
    repository.mesh(['certs', 'init']);
    const tracked = repository.mesh(['certs', 'issue', 'shop/reviews', '--out', 'reviews.json']);
    expect(tracked.code).toBe(1);
    expect(tracked.error).toContain('where Git would track it');
    expect(existsSync(path.join(repository.root, 'reviews.json'))).toBe(false);
    expect(repository.mesh(['certs', 'issue', 'shop/reviews']).code).toBe(0);
    const again = repository.mesh(['certs', 'issue', 'shop/reviews']);
    expect(again.error).toBe('mesh: shop.reviews.sds.json exists and is not overwritten\n');
    expect(again.code).toBe(1);
  });

  test('without a hierarchy, or without its key, issuing ends with 13', () => {
    const repository = new Repository(shop);
    const none = repository.mesh(['certs', 'issue', 'shop/reviews']);
    expect(none.code).toBe(13);
    expect(none.error).toContain("'mesh certs init' makes it");
    repository.mesh(['certs', 'init']);
    const elsewhere = repository.mesh(['certs', 'issue', 'shop/reviews'], {
      env: { XDG_STATE_HOME: '/nonexistent' },
    });
    expect(elsewhere.code).toBe(13);
    expect(elsewhere.error).toContain('the issuer of local key is not on this machine');
    expect(repository.mesh(['certs', 'issue', 'shop/nobody']).code).toBe(64);
  });

  test('keys kept with age are in the repository, and only its recipients can sign', async () => {
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    const certificates = `  certificates:
    root: {keys: age}
    issuer: {keys: age}
    recipients: {root: [${recipient}], issuer: [${recipient}]}
`;
    const repository = new Repository({ ...shop, 'mesh.yaml': shop['mesh.yaml']! + certificates });
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    const encrypted = readdirSync(path.join(repository.root, 'certificates/shop.example'));
    expect(encrypted).toHaveLength(2);
    for (const file of encrypted) {
      const text = readFileSync(path.join(repository.root, 'certificates/shop.example', file), 'utf8');
      expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
    }
    expect(existsSync(path.join(repository.root, '.state'))).toBe(false);
    const locked = repository.mesh(['certs', 'issue', 'shop/reviews']);
    expect(locked.code).toBe(13);
    expect(locked.error).toContain(recipient);
    const other = await generateX25519Identity();
    expect(repository.mesh(['certs', 'issue', 'shop/reviews'], { env: { MESH_AGE_KEY: other } }).code).toBe(
      13,
    );
    const ran = repository.mesh(['certs', 'issue', 'shop/reviews'], { env: { MESH_AGE_KEY: identity } });
    expect(ran.code).toBe(0);
    expect(ran.out + ran.error).not.toContain(identity);
    const { chain, roots } = unpacked(repository, 'shop.reviews.sds.json');
    expect(openssl('verify', '-CAfile', roots, '-untrusted', chain, chain)).toContain(': OK');
  });
});

describe('mesh compile --issue', () => {
  test('puts a certificate for each proxy beside the configuration, readable only for its owner', () => {
    const repository = new Repository(shop);
    repository.mesh(['certs', 'init']);
    const ran = repository.mesh(['compile', '--out', 'build', '--issue']);
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    expect(ran.out).toMatch(/3 certificates issued, the first ends \d{4}-/);
    const secrets = path.join(repository.root, 'build/local/secrets');
    expect([mode(secrets), mode(path.join(secrets, 'current'))]).toEqual(['700', '700']);
    for (const file of readdirSync(path.join(secrets, 'current'))) {
      expect(mode(path.join(secrets, 'current', file))).toBe('600');
    }
    const { chain, roots } = unpacked(repository, 'build/local/proxies/shop-reviews-v2-0/sds.json');
    expect(openssl('verify', '-CAfile', roots, '-untrusted', chain, chain)).toContain(': OK');
    expect(openssl('x509', '-in', chain, '-noout', '-ext', 'subjectAltName')).toContain(
      'URI:spiffe://shop.example/ns/shop/sa/reviews\n',
    );
    const configuration = spawnSync('grep', [
      '-rl',
      'PRIVATE KEY',
      path.join(repository.root, 'build/local/config'),
    ]);
    expect(configuration.status).toBe(1);
  });

  test('requires a folder, a hierarchy, and a place that Git does not track', () => {
    const repository = new Repository({ ...shop, '.gitignore': '.state/\n' }).committed();
    expect(repository.mesh(['compile', '--issue']).code).toBe(64);
    const none = repository.mesh(['compile', '--out', 'build', '--issue']);
    expect(none.code).toBe(13);
    expect(none.error).toContain("'mesh certs init' makes them");
    repository.mesh(['certs', 'init']);
    const tracked = repository.mesh(['compile', '--out', 'build', '--issue']);
    expect(tracked.code).toBe(1);
    expect(tracked.error).toContain('where Git would track it');
    expect(existsSync(path.join(repository.root, 'build/local'))).toBe(false);
    repository.write('.gitignore', 'build/\n.state/\n');
    expect(repository.mesh(['compile', '--out', 'build', '--issue']).code).toBe(0);
  });

  test('a folder that can not be written gets an error that says so', {
    skip: process.getuid?.() === 0,
  }, () => {
    const repository = new Repository(shop);
    chmodSync(repository.root, 0o500);
    const ran = repository.mesh(['compile', '--out', 'build']);
    chmodSync(repository.root, 0o700);
    expect(ran.code).toBe(1);
    expect(ran.error).toContain("can't be written (EACCES)");
  });
});
