import { expect, test } from 'vitest';
import { certificateReader as reader } from '../../../src/adapters/certificate-reader.ts';
import { x509Signer } from '../../../src/adapters/x509-signer.ts';
import { certificatePlan } from '../../../src/core/identity/certificate-profile.ts';
import { checkMaterial } from '../../../src/core/identity/check-material.ts';
import { trustBundle } from '../../../src/core/identity/trust-file.ts';
import { materialForms } from '../../../src/core/targets/material-form.ts';
import { opensslCertificate, opensslKeys } from '../../adapters/openssl.ts';
import { madeHierarchy } from './made-hierarchy.ts';

const hour = 60 * 60 * 1000;
const made = Date.parse('2026-01-01T00:00:00Z');
const trustDomain = 'shop.example';
const subject = `spiffe://${trustDomain}/ns/shop/sa/web`;
const own = await madeHierarchy({}, made);
const other = await madeHierarchy({}, made);
const roots = reader.certificates(trustBundle(own.trust))!;

async function leafOf({ trust, keys }: typeof own, name = subject) {
  const issuer = trust.issuers[0]!;
  const authority = { certificate: issuer.certificate, key: keys.texts.get(issuer.id)! };
  const wish = { profile: 'workload' as const, subject: name, trustDomain, lifetime: 24 * hour };
  const pair = await x509Signer.sign(certificatePlan(wish, made), authority);
  return { ...pair, issuer: issuer.certificate };
}

const leaf = await leafOf(own);
const twin = await leafOf(own);
const foreign = await leafOf(other);
const file = (chain: string, key: string): string => materialForms['envoy-sds'].write({ chain, key }, 'v');
const good = file(leaf.certificate + leaf.issuer, leaf.key);
const faultAt = (text: string, now = made, fingerprint?: string) =>
  checkMaterial(reader, text, { subject, now, roots, ...(fingerprint !== undefined && { fingerprint }) });

test('an issued certificate has no fault while it is valid', () => {
  expect(faultAt(good)).toBeUndefined();
  expect(faultAt(good, made - hour)).toMatchObject({ state: 'early' });
  expect(faultAt(good, made + 24 * hour)).toMatchObject({ state: 'expired' });
  const [facts] = reader.certificates(leaf.certificate)!;
  expect(faultAt(good, made, facts!.fingerprint)).toBeUndefined();
  expect(faultAt(good, made, 'ab')).toMatchObject({
    state: 'wrong',
    detail: expect.stringContaining('another certificate than'),
  });
});

test.each([
  ['no JSON', 'nothing', 'it is garbled'],
  ['JSON of something else', '{"resources":[{"tls_certificate":{}}]}', 'it is garbled'],
  ['a garbled chain', file('x', leaf.key), 'its certificate chain is garbled'],
  [
    'the key of another certificate',
    file(leaf.certificate + leaf.issuer, twin.key),
    'its key does not belong',
  ],
  ['no key', file(leaf.certificate + leaf.issuer, ''), 'it is empty'],
  ['a public key', file(leaf.certificate + leaf.issuer, opensslKeys().public), 'it holds a public key'],
  ['no issuer', file(leaf.certificate, leaf.key), 'none of the roots that the mesh trusts'],
  ['another issuer', file(leaf.certificate + foreign.issuer, leaf.key), 'did not sign it'],
  ['the chain of another root', file(foreign.certificate + foreign.issuer, foreign.key), 'none of the roots'],
  ['the issuer itself', file(leaf.issuer, own.keys.texts.get(own.trust.issuers[0]!.id)!), 'not of spiffe://'],
])('%s is wrong', (_, text, detail) => {
  const fault = faultAt(text);
  expect(fault).toMatchObject({ state: 'wrong', detail: expect.stringContaining(detail) });
  expect(fault?.detail).not.toContain('PRIVATE KEY-----');
});

test('the certificate of another proxy is wrong', async () => {
  const { certificate, issuer, key } = await leafOf(own, `spiffe://${trustDomain}/ns/shop/sa/reviews`);
  expect(faultAt(file(certificate + issuer, key))).toEqual({
    state: 'wrong',
    detail: `it is of spiffe://${trustDomain}/ns/shop/sa/reviews, not of ${subject}`,
  });
});

test('a chain that is longer than its root allows is wrong', async () => {
  const { ec } = opensslKeys();
  const short = opensslCertificate(ec, 'basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign');
  const now = Date.now();
  const wish = (profile: 'issuer' | 'workload', name: string) =>
    certificatePlan({ profile, subject: name, trustDomain, lifetime: hour }, now);
  const issuer = await x509Signer.sign(wish('issuer', trustDomain), { certificate: short, key: ec });
  const made = await x509Signer.sign(wish('workload', subject), issuer);
  const text = file(made.certificate + issuer.certificate, made.key);
  const fault = checkMaterial(reader, text, { subject, now: now + 1000, roots: reader.certificates(short)! });
  expect(fault).toEqual({
    state: 'wrong',
    detail: 'its issuer may have 0 authorities below it, and has 1 (pathLen)',
  });
});
