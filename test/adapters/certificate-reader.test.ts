import { expect, test } from 'vitest';
import { certificateReader } from '../../src/adapters/certificate-reader.ts';
import { opensslCertificate, opensslKeys } from './openssl.ts';

const made = opensslKeys();

test('a key has the same digest in each form, and so does its certificate', () => {
  const [certificate] = certificateReader.certificates(made.certificate) ?? [];
  expect(certificate?.keyType).toBe('ECDSA P-256');
  for (const form of [made.ec, made.sec1]) {
    const key = certificateReader.privateKey(form);
    expect(key).toMatchObject({ publicKey: certificate?.publicKey, keyType: 'ECDSA P-256' });
    expect(key).toMatchObject({ pem: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----/) });
  }
  expect(certificateReader.privateKey(made.rsa)).toMatchObject({ keyType: 'RSA 2048' });
});

test.each([
  ['an empty file', '', 'it is empty'],
  ['white space', ' \n', 'it is empty'],
  ['DER', made.der, 'it is not PEM'],
  ['a public key', made.public, 'it holds a public key and no private key'],
  ['a certificate', made.certificate, 'it holds a certificate and no private key'],
  ['two keys', made.ec + made.rsa, 'it holds 2 private keys'],
  ['PKCS#8 with a passphrase', made.encrypted, 'its private key is encrypted with a passphrase'],
  ['a traditional passphrase', made.legacyEncrypted, 'its private key is encrypted with a passphrase'],
  ['a cut key', made.ec.slice(0, 80), 'its private key is garbled'],
  ['a key with other bytes', made.ec.replace(/M[A-Z]/, 'AA'), 'its private key is garbled'],
])('%s is not a private key: %s', (_, text, problem) => {
  expect(certificateReader.privateKey(text)).toEqual({ problem });
});

test('reads the extensions that OpenSSL wrote', () => {
  const authority = opensslCertificate(
    made.ec,
    'basicConstraints=critical,CA:TRUE,pathlen:3',
    'keyUsage=critical,keyCertSign,cRLSign',
    'subjectAltName=URI:spiffe://a.example,DNS:b.example,URI:https://c.example/x%2Cy',
  );
  const [facts] = certificateReader.certificates(authority) ?? [];
  expect(facts).toMatchObject({
    isAuthority: true,
    pathLength: 3,
    usages: new Set(['keyCertSign', 'cRLSign']),
    uris: ['spiffe://a.example', 'https://c.example/x%2Cy'],
    dnsNames: ['b.example'],
  });
  const leaf = opensslCertificate(made.ec, 'basicConstraints=critical,CA:FALSE', 'keyUsage=digitalSignature');
  const [other] = certificateReader.certificates(leaf) ?? [];
  expect(other).toMatchObject({ isAuthority: false, usages: new Set(['digitalSignature']) });
  expect(other).not.toHaveProperty('pathLength');
});

test('basicConstraints alone decide if a certificate is an authority, whatever its key usage says', () => {
  const [facts] =
    certificateReader.certificates(
      opensslCertificate(made.ec, 'basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature'),
    ) ?? [];
  expect(facts?.isAuthority).toBe(true);
  expect(facts?.extensions.get('2.5.29.15')).toBe(true);
  expect(facts?.signatureAlgorithm).toBe('1.2.840.10045.4.3.2');
  expect(facts && certificateReader.isSignedBy(facts, facts)).toBe(true);
});

test.each([
  ['no PEM', 'nothing'],
  ['a key beside the certificate', made.certificate + made.ec],
  ['a garbled certificate', made.certificate.replace(/MII/, 'AAA')],
  ['a cut certificate', made.certificate.slice(0, 200)],
])('%s has no certificates', (_, text) => {
  expect(certificateReader.certificates(text)).toBeUndefined();
});
