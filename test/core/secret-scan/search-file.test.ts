import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { searchFile } from '../../../src/core/secret-scan/search-file.ts';

const keys: Readonly<Record<string, KeyObject>> = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  'ec p-256': generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
  'ec p-521': generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey,
  ed25519: generateKeyPairSync('ed25519').privateKey,
  x25519: generateKeyPairSync('x25519').privateKey,
};

const pems = Object.entries(keys).map(([name, key]) => [name, pkcs8(key)] as const);

function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Returns the keys found in a file, as `line:column kind`. */
async function search(content: string | Uint8Array, size = 1 << 20): Promise<readonly string[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const found = await searchFile('a', chunks);
  return found.map(({ location, message }) => {
    const { line, column } = location.range.start;
    return `${String(line)}:${String(column)} ${message}`;
  });
}

describe('private keys are found', () => {
  it.each(pems)('as PKCS#8 in PEM: %s', async (_, pem) => {
    expect(await search(pem)).toEqual(['1:1 a private key in plain text']);
    expect(await search(`a: 1\n  key: "${pem.replaceAll('\n', '\\n')}"\n`)).toEqual([
      '2:9 a private key in plain text',
    ]);
    expect(await search(`tls.key: |\n  ${pem.replaceAll('\n', '\n  ')}`)).toEqual([
      '2:3 a private key in plain text',
    ]);
    expect(await search(pem.replaceAll('\n', '\r\n'))).toHaveLength(1);
  });

  it.each(pems)('as in the Secret of a cluster: %s', async (_, pem) => {
    const secret = `kind: Secret\ndata:\n  tls.crt: AAAA\n  tls.key: ${base64(pem)}\n`;
    expect(await search(secret)).toEqual(['4:12 a private key, base64-encoded in plain text']);
    const wrapped = base64(pem).replace(/(.{64})/g, '$1\n    ');
    expect(await search(`data:\n  tls.key: |\n    ${wrapped}\n`)).toEqual([
      '3:5 a private key, base64-encoded in plain text',
    ]);
    expect(await search(`key: ${base64(`# both\n-----BEGIN CERTIFICATE-----\nMIIB\n${pem}`)}`)).toHaveLength(
      1,
    );
  });

  it.each(Object.entries(keys))('as DER, plain or in base64: %s', async (_, key) => {
    const der = key.export({ type: 'pkcs8', format: 'der' });
    expect(await search(der)).toEqual(['1:1 a private key (PKCS#8) (DER) in plain text']);
    expect(await search(`{"key": "${der.toString('base64')}"}`)).toEqual([
      '1:10 a private key (PKCS#8), base64-encoded in plain text',
    ]);
  });

  it('in the older forms of RSA and EC', async () => {
    const rsa = keys['rsa']!.export({ type: 'pkcs1', format: 'pem' }).toString();
    const ec = keys['ec p-256']!.export({ type: 'sec1', format: 'pem' }).toString();
    expect(await search(rsa + ec)).toEqual([
      '1:1 a private key (RSA) in plain text',
      `${String(rsa.split('\n').length)}:1 a private key (EC) in plain text`,
    ]);
    expect(await search(keys['rsa']!.export({ type: 'pkcs1', format: 'der' }))).toHaveLength(1);
    expect(await search(keys['ec p-521']!.export({ type: 'sec1', format: 'der' }))).toHaveLength(1);
  });

  it('as JSON Web Keys', async () => {
    const jwk = keys['ec p-256']!.export({ format: 'jwk' });
    const jwks = JSON.stringify({ keys: [jwk] });
    expect(await search(jwks)).toEqual([
      `1:${String(jwks.indexOf('"d":') + 1)} a private key (JWK) in plain text`,
    ]);
    const { d: _, ...open } = jwk;
    expect(await search(JSON.stringify({ keys: [open] }))).toEqual([]);
  });

  it('as age identities', async () => {
    const identity = await generateIdentity();
    const recipient = await identityToRecipient(identity);
    expect(await search(`# created\n# public key: ${recipient}\n${identity}\n`)).toEqual([
      '3:1 an age identity in plain text',
    ]);
    expect(await search(base64(identity))).toHaveLength(1);
  });

  it('as OpenSSH writes them, but not with a passphrase', async ({ skip }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-keys-'));
    const make = (name: string, passphrase: string): string => {
      const file = path.join(folder, name);
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file]);
      return readFileSync(file, 'utf8');
    };
    try {
      expect(await search(make('open', ''))).toEqual(['1:1 a private key (OPENSSH) in plain text']);
      expect(await search(make('closed', 'a passphrase'))).toEqual([]);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') skip('there is no ssh-keygen here');
      throw error;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('in UTF-16 and among any other bytes', async () => {
    const [, pem] = pems[1]!;
    expect(await search(Buffer.from(`\ufeffä\n${pem}`, 'utf16le'))).toHaveLength(1);
    const noise = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256);
    expect(await search(Buffer.concat([noise, Buffer.from(pem), noise]))).toHaveLength(1);
  });

  it('once each, wherever the pieces of a large file end', async () => {
    const [, pem] = pems[1]!;
    const filler = `${'word '.repeat(15)}\n`;
    const many = Array.from({ length: 12 }, (_, index) => filler.repeat(9000 + index * 7) + pem).join('');
    const found = await search(many, 1 << 16);
    const lines = many.split('\n').flatMap((line, index) => (/BEGIN/.test(line) ? [index + 1] : []));
    expect(found).toEqual(lines.map((line) => `${String(line)}:1 a private key in plain text`));
  });

  it('at the column that an editor shows', async () => {
    expect(await search(`schlüssel 😀: ${base64(pems[1]![1])}`)).toEqual([
      '1:15 a private key, base64-encoded in plain text',
    ]);
  });
});

describe('not found as a private key', () => {
  it.each([
    ['a key under a passphrase (PKCS#8)', { type: 'pkcs8' as const }],
    ['a key under a passphrase (PKCS#1)', { type: 'pkcs1' as const }],
  ])('%s', async (_, { type }) => {
    const pem = keys['rsa']!.export({
      type,
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    }).toString();
    expect(pem).toContain('ENCRYPTED');
    expect(await search(pem)).toEqual([]);
    expect(await search(base64(pem))).toEqual([]);
  });

  it.each([
    ['a header with dots', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n'],
    [
      'a sentence',
      'A file with -----BEGIN PRIVATE KEY----- is a key and must never be committed to anything.\n',
    ],
    [
      'a pattern',
      'if (/-----BEGIN (RSA )?PRIVATE KEY-----/.test(text)) throw new Error("Made of secrets")\n',
    ],
    ['a hash', `sha512: ${'a1b2c3d4'.repeat(16)}\n`],
    ['nothing', ''],
  ])('%s', async (_, text) => {
    expect(await search(text)).toEqual([]);
  });

  it('a public key or a picture', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    expect(await search(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toEqual([]);
    expect(await search(base64('\x89PNG\r\n\x1a\n'.repeat(200)))).toEqual([]);
  });
});
