import { expect, test } from 'vitest';
import { certificateReader as reader } from '../../../src/adapters/certificate-reader.ts';
import { x509Signer } from '../../../src/adapters/x509-signer.ts';
import { certificatePlan } from '../../../src/core/identity/certificate-profile.ts';
import { trustProblem } from '../../../src/core/identity/check-trust.ts';
import type { Trust } from '../../../src/core/identity/trust-file.ts';
import { opensslCertificate, opensslKeys } from '../../adapters/openssl.ts';
import { authorityExtensions, type IssuedWish, opensslIssued, rsa } from '../../adapters/openssl-issued.ts';
import { madeHierarchy } from './made-hierarchy.ts';

const made = Date.parse('2026-01-01T00:00:00Z');
const own = await madeHierarchy({}, made);
const other = await madeHierarchy({}, made);
const abroad = await madeHierarchy({ trustDomain: 'other.example' }, made);
const { trust } = own;
const [root, issuer] = [trust.roots[0]!, trust.issuers[0]!];
const idOf = (certificate: string): string => reader.certificates(certificate)![0]!.fingerprint;

async function leaf(): Promise<string> {
  const wish = {
    profile: 'workload' as const,
    subject: 'spiffe://shop.example',
    trustDomain: 'shop.example',
    lifetime: 1e9,
  };
  const key = own.keys.texts.get(root.id)!;
  return (await x509Signer.sign(certificatePlan(wish, made), { certificate: root.certificate, key }))
    .certificate;
}

async function belowShortRoot(): Promise<Trust> {
  const { ec } = opensslKeys();
  const certificate = opensslCertificate(
    ec,
    'basicConstraints=critical,CA:TRUE,pathlen:0',
    'keyUsage=keyCertSign',
  );
  const wish = {
    profile: 'issuer' as const,
    subject: 'shop.example',
    trustDomain: 'shop.example',
    lifetime: 1e9,
  };
  const signed = await x509Signer.sign(certificatePlan(wish, made), { certificate, key: ec });
  const id = idOf(certificate);
  return {
    ...trust,
    roots: [{ id, certificate }],
    issuers: [{ ...issuer, root: id, id: idOf(signed.certificate), certificate: signed.certificate }],
  };
}

const withRoot = (certificate: string, id = idOf(certificate)): Trust => ({
  ...trust,
  roots: [{ id, certificate }],
  issuers: [],
});
const withIssuer = (certificate: string, id = idOf(certificate)): Trust => ({
  ...trust,
  issuers: [{ ...issuer, id, certificate }],
});
const garbled = root.certificate.replace(/\n.{12}/, `\n${'A'.repeat(12)}`);

test('the hierarchy of certs init has no problem', () => {
  expect(trustProblem(trust, reader)).toBeUndefined();
});

test.each([
  ['a garbled root', withRoot(garbled, root.id), 'is garbled'],
  ['a root under another fingerprint', withRoot(root.certificate, issuer.id), 'is another certificate'],
  [
    'a root of another trust domain',
    withRoot(abroad.trust.roots[0]!.certificate),
    'is of spiffe://other.example',
  ],
  ['an issuer as root', withRoot(issuer.certificate), 'is not signed by its own key'],
  ['a leaf as root', withRoot(await leaf()), 'is not the certificate of an authority'],
  ['a leaf as issuer', withIssuer(await leaf()), 'is not the certificate of an authority'],
  ['an issuer of another root', withIssuer(other.trust.issuers[0]!.certificate), 'is not signed by its root'],
  [
    'an issuer of another trust domain',
    withIssuer(abroad.trust.issuers[0]!.certificate),
    'is of spiffe://other',
  ],
  ['an issuer without its root', { ...trust, roots: other.trust.roots }, 'which is not among its roots'],
  ['a root that was in wrong hands', { ...trust, distrusted: [root.id] }, 'is distrusted'],
  ['a root that is there twice', { ...trust, roots: [root, root] }, 'is there twice'],
  ['an issuer that is there twice', { ...trust, issuers: [issuer, issuer] }, 'is there twice'],
  [
    'an issuer below a root that allows none',
    await belowShortRoot(),
    'may have 0 authorities below it, and has 1',
  ],
])('%s is refused', (_, wrong, problem) => {
  expect(trustProblem(wrong, reader)).toContain(problem);
});

test('a root of another authority is checked by the rules of signing certificates', () => {
  const rooted = (wish: IssuedWish) => trustProblem(withRoot(opensslIssued(wish).certificate), reader);
  const weak = { extensions: authorityExtensions(), algorithm: rsa(1024) };
  expect(rooted(weak)).toContain('breaks the rule weak-key');
  expect(rooted({ extensions: authorityExtensions('shop.example/ca') })).toContain(
    'not of spiffe://shop.example',
  );
  expect(rooted({ extensions: authorityExtensions(), algorithm: rsa(2048) })).toBeUndefined();
});
