import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Keys made by OpenSSL: one of each form that somebody could store as a signing key by mistake. */
export interface OpensslKeys {
  readonly ec: string;
  readonly sec1: string;
  readonly rsa: string;
  readonly encrypted: string;
  readonly legacyEncrypted: string;
  readonly public: string;
  readonly der: string;
  readonly certificate: string;
}

/** Makes new keys; `ec`, `sec1`, `encrypted`, `public` and `certificate` are forms of one key. */
export function opensslKeys(): OpensslKeys {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-openssl-'));
  const run = (...args: readonly string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'latin1', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const ec = run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256');
    writeFileSync(path.join(folder, 'ec.pem'), ec);
    const made = {
      ec,
      sec1: run('ec', '-in', 'ec.pem'),
      rsa: run('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'),
      encrypted: run('pkcs8', '-topk8', '-in', 'ec.pem', '-passout', 'pass:x'),
      legacyEncrypted: run('ec', '-in', 'ec.pem', '-aes128', '-passout', 'pass:x'),
      public: run('pkey', '-in', 'ec.pem', '-pubout'),
      der: run('pkey', '-in', 'ec.pem', '-outform', 'DER'),
    };
    run('req', '-x509', '-new', '-key', 'ec.pem', '-subj', '/CN=x', '-out', 'x.pem');
    return { ...made, certificate: readFileSync(path.join(folder, 'x.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns a certificate that OpenSSL signs, with extensions that our own signer never writes. */
export function opensslCertificate(key: string, ...extensions: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-openssl-'));
  try {
    writeFileSync(path.join(folder, 'key.pem'), key);
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    return execFileSync(
      'openssl',
      ['req', '-x509', '-new', '-key', 'key.pem', '-subj', '/CN=x', '-days', '30', ...added],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
