import { expect, test } from 'vitest';
import { certificateReader as reader } from '../../../src/adapters/certificate-reader.ts';
import { checkMaterial } from '../../../src/core/identity/check-material.ts';
import { type Trust, trustBundle } from '../../../src/core/identity/trust-file.ts';
import { workloadIssuer } from '../../../src/core/identity/workload-issuer.ts';
import type { CertificateRequest } from '../../../src/core/targets/artifact.ts';
import type { CertificateSigner } from '../../../src/ports/certificate-signer.ts';
import { opensslKeys } from '../../adapters/openssl.ts';
import { origin } from '../semantics/mesh.ts';
import { certificatesConfig, type Keys, madeHierarchy } from './made-hierarchy.ts';

const day = 24 * 60 * 60 * 1000;
const made = Date.parse('2026-01-01T00:00:00Z');
const subject = 'spiffe://shop.example/ns/shop/sa/web';
const request: CertificateRequest = {
  type: 'certificate',
  kind: 'Certificate',
  name: 'web',
  namespace: 'shop',
  origins: [origin],
  subject,
  profile: 'workload',
  form: 'envoy-sds',
  proxy: 'web',
};
const others = opensslKeys();
const another = await madeHierarchy({}, made);
const anothersKey = another.keys.texts.get(another.trust.issuers[0]!.id)!;

async function world() {
  const { trust, keys, parts } = await madeHierarchy({}, made);
  const issue = (now = made, signer: CertificateSigner = parts.signer, used: Trust = trust) =>
    workloadIssuer({
      ...parts,
      signer,
      trust: used,
      target: 'local',
      certificates: certificatesConfig(),
    }).issue([request], new Date(now));
  return { trust, keys, parts, issue };
}

function exchange(keys: Keys, trust: Trust, text: string): void {
  keys.texts.set(trust.issuers[0]!.id, text);
}

test.each([
  ['the key of another issuer', anothersKey, 'it belongs to another certificate'],
  ['an RSA key', others.rsa, 'it is an RSA 2048 key, and the certificate is of an ECDSA P-256 one'],
  ['a key with a passphrase', others.encrypted, 'its private key is encrypted with a passphrase'],
  ['a public key', others.public, 'it holds a public key and no private key'],
  ['two keys', anothersKey + others.ec, 'it holds 2 private keys'],
  ['DER', others.der, 'it is not PEM'],
  ['nothing', '', 'it is empty'],
  ['a garbled key', anothersKey.replace(/\n.{20}/, `\n${'A'.repeat(20)}`), 'its private key is garbled'],
])('nothing is signed with %s', async (_, text, problem) => {
  const { trust, keys, issue } = await world();
  exchange(keys, trust, text);
  const refused = await issue().catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: 'PortError', exitCode: 13 });
  const { message } = refused as Error;
  expect(message).toContain(
    `the issuer of local key (/keys/${trust.issuers[0]!.id}) can't be used: ${problem}`,
  );
  expect(message).toContain('mesh certs init');
});

test('its key signs, too, if it is stored in the form of OpenSSL', async () => {
  const { trust, keys, issue } = await world();
  const { createPrivateKey } = await import('node:crypto');
  const own = createPrivateKey(keys.texts.get(trust.issuers[0]!.id)!);
  exchange(keys, trust, own.export({ type: 'sec1', format: 'pem' }).toString());
  const [material] = await issue();
  const roots = reader.certificates(trustBundle(trust))!;
  expect(checkMaterial(reader, material!.text, { subject, now: made, roots })).toBeUndefined();
});

// Test a signer that is broken or compromised: its result is checked before it is written.
test.each([
  [
    'of another identity',
    'it is of spiffe://shop.example/ns/shop/sa/other, not of',
    { uri: subject.replace('web', 'other') },
  ],
  ['of an authority', 'it is the certificate of an authority', { authority: true }],
  ['not valid yet', 'it is not valid before', { notBefore: made + day }],
  ['over', 'it was valid until', { notBefore: made - 2 * day, notAfter: made - day }],
])('a signed certificate is refused if it is %s', async (_, detail, wrong) => {
  const { parts, issue } = await world();
  const signer: CertificateSigner = {
    sign: (plan, authority) => parts.signer.sign({ ...plan, ...wrong }, authority),
  };
  await expect(issue(made, signer)).rejects.toMatchObject({
    exitCode: 13,
    message: expect.stringContaining(detail),
  });
});

// Test each field of the profile that a signer could get wrong: the refusal names the rule.
test.each([
  ['one-uri-san', { uri: undefined, dnsNames: ['web.example'] }],
  ['spiffe-id', { uri: 'spiffe://Shop.example/ns/shop/sa/web' }],
  ['spiffe-path', { uri: 'spiffe://shop.example' }],
  ['trust-domain', { uri: 'spiffe://other.example/ns/shop/sa/web' }],
  ['leaf-not-ca', { authority: true }],
  ['outlives-issuer', { notAfter: made + 100 * day }],
])('a signed certificate that breaks %s is never written', async (rule, wrong) => {
  const { parts, issue } = await world();
  const signer: CertificateSigner = {
    sign: (plan, authority) => {
      const { uri, ...rest } = { ...plan, ...wrong };
      return parts.signer.sign({ ...rest, ...(uri !== undefined && { uri }) }, authority);
    },
  };
  await expect(issue(made, signer)).rejects.toMatchObject({
    exitCode: 13,
    message: expect.stringMatching(new RegExp(`breaks the rule ${rule}: .*; nothing was written`)),
  });
});

test('a certificate of another issuer, or for another key, is refused', async () => {
  const { parts, issue } = await world();
  const theirs = { certificate: another.trust.issuers[0]!.certificate, key: anothersKey };
  const foreign: CertificateSigner = { sign: (plan) => parts.signer.sign(plan, theirs) };
  await expect(issue(made, foreign)).rejects.toThrow('did not sign it');
  const torn: CertificateSigner = {
    sign: async (plan, authority) => ({
      ...(await parts.signer.sign(plan, authority)),
      key: others.ec,
    }),
  };
  await expect(issue(made, torn)).rejects.toThrow('its key does not belong to its certificate');
});

test('an issuer that has expired, or is not valid yet, signs nothing and says what to do', async () => {
  const { issue } = await world();
  await expect(issue(made + 91 * day)).rejects.toThrow(/was valid until 2026-04-01.*mesh certs init/);
  await expect(issue(made - day)).rejects.toThrow('is not valid before 2025-12-31T23:55:00.000Z');
});

test.each([
  ['the lifetime of the mesh', { lifetime: 3 * 60 * 60 * 1000 }, '2026-01-01T03:00:00.000Z'],
  ['a week if the mesh sets no lifetime', {}, '2026-01-08T00:00:00.000Z'],
])('a workload certificate is valid for %s', async (_, workload, until) => {
  const { trust, parts } = await madeHierarchy({}, made);
  const certificates = { ...certificatesConfig(), workload };
  const [material] = await workloadIssuer({ ...parts, trust, target: 'local', certificates }).issue(
    [request],
    new Date(made),
  );
  expect(material!.notAfter.toISOString()).toBe(until);
});
