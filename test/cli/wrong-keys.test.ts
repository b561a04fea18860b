import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { opensslKeys } from '../adapters/openssl.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 120_000 };
const applying = ['apply', '--yes', '--allow-dirty'];
const trustFile = 'certificates/shop.example.json';
const keysFolder = '.state/meshwright/keys/shop.example';
const others = opensslKeys();

interface TrustFile {
  roots: { id: string; certificate: string }[];
  issuers: { id: string; certificate: string; target: string }[];
}

function withCertificates(files = shop): Repository {
  const repository = new Repository(files);
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  return repository;
}

function trustOf(repository: Repository, trustDomain = 'shop.example'): TrustFile {
  const file = path.join(repository.root, `certificates/${trustDomain}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

const keyFile = (repository: Repository): string =>
  path.join(keysFolder, `${trustOf(repository).issuers[0]!.id}.pem`);

/** Runs a command that must end with 13 and a reason, without printing a key or reporting a defect. */
function refused(repository: Repository, args: readonly string[]): string {
  const { code, out, error } = repository.mesh(args);
  expect({ args, code, error }).toMatchObject({ code: 13 });
  expect(error).not.toContain('defect');
  expect(out + error).not.toMatch(/PRIVATE KEY-----|MIG[A-Za-z]/);
  return error;
}

test.each([
  ['the key of another issuer', others.ec, 'it belongs to another certificate'],
  ['an RSA key', others.rsa, 'it is an RSA 2048 key'],
  ['a key with a passphrase', others.encrypted, 'encrypted with a passphrase'],
  ['DER', others.der, 'it is not PEM'],
  ['nothing', '', 'it is empty'],
])('with %s as the key of the issuer nothing is issued, compiled or applied', limit, (_, text, problem) => {
  const repository = withCertificates();
  writeFileSync(path.join(repository.root, keyFile(repository)), text);
  for (const args of [
    ['certs', 'issue', 'shop/web', '--out', 'web.json'],
    ['compile', '--out', 'build', '--issue'],
    applying,
  ]) {
    const error = refused(repository, args);
    expect(error).toContain(problem);
    expect(error).toContain(keyFile(repository));
  }
  for (const name of ['web.json', 'build/local', 'live/config', 'live/secrets'])
    expect(existsSync(path.join(repository.root, name))).toBe(false);
  // Follow the advice of the message.
  const { issuers, ...rest } = trustOf(repository);
  expect(issuers).toHaveLength(1);
  repository.write(trustFile, JSON.stringify({ ...rest, issuers: [] }));
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  expect(repository.mesh(['certs', 'issue', 'shop/web', '--out', 'web.json']).code).toBe(0);
});

test('with another key as the root key no issuer is added, and the trust file stays unchanged', limit, () => {
  const repository = withCertificates();
  const { roots } = trustOf(repository);
  writeFileSync(path.join(repository.root, keysFolder, `${roots[0]!.id}.pem`), others.ec);
  repository.write(
    'mesh.yaml',
    `${shop['mesh.yaml']!}    other: {platform: envoy, output: {directory: b}}\n`,
  );
  const before = readFileSync(path.join(repository.root, trustFile), 'utf8');
  expect(refused(repository, ['certs', 'init'])).toContain('the root key');
  expect(readFileSync(path.join(repository.root, trustFile), 'utf8')).toBe(before);
  expect(readdirSync(path.join(repository.root, 'certificates'))).toEqual(['shop.example.json']);
});

describe('a trust file with wrong certificates', () => {
  const change: Readonly<Record<string, (trust: TrustFile) => void>> = {
    'a garbled root': ({ roots: [root] }) => {
      root!.certificate = root!.certificate.replace(/\n.{16}/, `\n${'A'.repeat(16)}`);
    },
    'a root that is an issuer': ({ roots: [root], issuers: [issuer] }) => {
      root!.certificate = issuer!.certificate;
    },
    'an issuer that no root signed': ({ issuers: [issuer] }) => {
      const other = trustOf(withCertificates()).issuers[0]!;
      Object.assign(issuer!, { id: other.id, certificate: other.certificate });
    },
  };
  test.each(Object.entries(change))('%s stops every command that uses it', limit, (_, exchange) => {
    const repository = withCertificates();
    const trust = trustOf(repository);
    exchange(trust);
    repository.write(trustFile, JSON.stringify(trust));
    for (const args of [['compile'], ['plan'], applying, ['certs', 'init'], ['certs', 'issue', 'shop/web']])
      expect(refused(repository, args)).toContain(`${trustFile} can't be used: its `);
    expect(existsSync(path.join(repository.root, 'live'))).toBe(false);
  });
});

test(
  'a federated bundle without certificates, with a key, or of another trust domain, is refused before it is compiled',
  limit,
  () => {
    const federation = '  certificates: {federation: {other.example: {bundle: other.pem}}}\n';
    const repository = new Repository({ ...shop, 'mesh.yaml': shop['mesh.yaml']! + federation });
    const ours = trustOf(withCertificates()).roots[0]!.certificate;
    for (const text of ['', 'nothing', others.certificate + others.ec, others.public, ours]) {
      repository.write('other.pem', text);
      expect(refused(repository, ['compile'])).toContain('"other.pem" of other.example can\'t be used');
    }
    const theirs = { ...shop, 'mesh.yaml': shop['mesh.yaml']!.replaceAll('shop.example', 'other.example') };
    repository.write('other.pem', trustOf(withCertificates(theirs), 'other.example').roots[0]!.certificate);
    const compiled = repository.mesh(['compile']);
    expect(compiled, compiled.error).toMatchObject({ code: 0 });
  },
);

describe('material in the output', () => {
  const secrets = 'live/secrets/current';
  const web = `${secrets}/shop-web-default-0.json`;

  function applied(): Repository {
    const repository = withCertificates();
    expect(repository.mesh(applying).code).toBe(0);
    return repository;
  }

  const read = (repository: Repository, file: string): string =>
    readFileSync(path.join(repository.root, file), 'utf8');

  /** Functions that replace the certificate of `web`, as an intruder, a restore or a mistake may. */
  const change: Readonly<Record<string, (repository: Repository) => string>> = {
    'that of another proxy': (repository) => read(repository, `${secrets}/shop-reviews-v1-0.json`),
    'the key of another certificate': (repository) => {
      const [own, other] = [web, `${secrets}/shop-reviews-v1-0.json`].map((file) =>
        JSON.parse(read(repository, file)),
      );
      own.resources[0].tls_certificate.private_key = other.resources[0].tls_certificate.private_key;
      return JSON.stringify(own);
    },
    'that of another hierarchy': () => read(applied(), web),
    'a cut file': (repository) => read(repository, web).slice(0, 100),
    'an empty file': () => '',
  };

  test.each(Object.entries(change))(
    '%s is reported by status, drift and plan, and repaired',
    limit,
    (_, exchange) => {
      const repository = applied();
      const text = exchange(repository);
      writeFileSync(path.join(repository.root, web), text);
      const status = repository.mesh(['status', '--detailed-exitcode', '--format', 'json']);
      const [certificate] = JSON.parse(status.out).targets.local.certificates.filter(
        ({ proxy }: { proxy: string }) => proxy === 'shop-web-default-0',
      );
      expect(certificate).toMatchObject({ state: 'wrong', detail: expect.stringMatching(/./) });
      expect(status.code).toBe(13);
      const drift = repository.mesh(['drift', '--detailed-exitcode', '--format', 'json']);
      expect(drift.code).toBe(2);
      expect(JSON.parse(drift.out).targets.local.drift).toContainEqual(
        expect.objectContaining({ type: 'secret', state: 'changed', path: web.replace('live/', '') }),
      );
      const plan = repository.mesh(['plan', '--detailed-exitcode']);
      expect(plan.out).toContain('renew spiffe://shop.example/ns/shop/sa/web for proxy shop-web-default-0 (');
      expect(plan.code).toBe(2);
      for (const { out, error } of [status, drift, plan, repository.mesh(['status'])])
        expect(out + error).not.toMatch(/PRIVATE KEY-----|MIG[A-Za-z]/);
      expect(repository.mesh(applying).code).toBe(0);
      expect(read(repository, web)).not.toBe(text);
      const healed = JSON.parse(repository.mesh(['status', '--format', 'json']).out).targets.local;
      expect(healed.certificates.map(({ state }: { state: string }) => state)).toEqual([
        'good',
        'good',
        'good',
      ]);
    },
  );

  test('a missing file is reported, too', limit, () => {
    const repository = applied();
    rmSync(path.join(repository.root, web));
    expect(repository.mesh(['status', '--detailed-exitcode']).code).toBe(13);
    expect(repository.mesh(applying).code).toBe(0);
    expect(existsSync(path.join(repository.root, web))).toBe(true);
  });
});

test(
  'doctor fails for a key of another issuer, and says that a key is missing on this machine',
  limit,
  () => {
    const repository = withCertificates();
    const file = path.join(repository.root, keyFile(repository));
    expect(repository.mesh(['doctor']).out).toMatch(/issuer of local key +belongs to its certificate/);
    writeFileSync(file, others.ec);
    const wrong = repository.mesh(['doctor']);
    expect([wrong.code, wrong.out]).toEqual([
      1,
      expect.stringContaining('it belongs to another certificate'),
    ]);
    rmSync(file);
    expect(repository.mesh(['doctor']).out).toMatch(/this\s+machine\s+can't\s+issue\s+certificates/);
  },
);
