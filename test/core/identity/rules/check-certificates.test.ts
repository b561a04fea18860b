import { describe, expect, test } from 'vitest';
import { certificateReader as reader } from '../../../../src/adapters/certificate-reader.ts';
import type { BrokenRule, RuleName } from '../../../../src/core/identity/rules/broken-rule.ts';
import {
  type VerificationRequest,
  verifyText,
} from '../../../../src/core/identity/rules/verify-presented.ts';
import { opensslKeys } from '../../../adapters/openssl.ts';
import {
  authorityExtensions,
  type Issued,
  type IssuedWish,
  opensslIssued,
  opensslVerifies,
  rsa,
  workloadExtensions,
} from '../../../adapters/openssl-issued.ts';

const day = 24 * 60 * 60 * 1000;
// OpenSSL dates each certificate by the real clock, however late its test runs: every one is valid a day later.
const now = Date.now() + day;
const domain = 'shop.example';
const web = `spiffe://${domain}/ns/shop/sa/web`;

const root = opensslIssued({ extensions: authorityExtensions(), subject: '/CN=root', days: 100 });
const issuer = opensslIssued({
  extensions: authorityExtensions(),
  subject: '/CN=issuer',
  signer: root,
  days: 60,
});
const leaf = (wish: IssuedWish = {}): Issued =>
  opensslIssued({ extensions: workloadExtensions(), subject: '/CN=leaf', signer: issuer, ...wish });
const good = leaf();
const rootFacts = reader.certificates(root.certificate)!;

function broken(text: string, wish: Partial<VerificationRequest> = {}): readonly BrokenRule[] {
  const all = { roots: rootFacts, isStrict: true, trustDomain: domain, now, ...wish };
  return verifyText(reader, 'file', text, all).broken;
}

const rules = (text: string, wish?: Partial<VerificationRequest>): readonly string[] =>
  broken(text, wish).map(({ rule, severity }) => (severity === 'error' ? rule : `${rule} (warning)`));

test('a chain that breaks no rule has none, and OpenSSL accepts it', () => {
  expect(broken(good.certificate + issuer.certificate, { subject: web })).toEqual([]);
  expect(broken(good.certificate + issuer.certificate + good.key, { subject: web })).toEqual([]);
  expect(opensslVerifies(good.certificate, issuer.certificate, root.certificate)).toBe(true);
});

// X.509-SVID, sections 2 to 4: each leaf breaks one rule and no other.
test.each<readonly [RuleName, string, IssuedWish]>([
  ['one-uri-san', 'no URI name', { extensions: workloadExtensions({ subjectAltName: 'DNS:web.example' }) }],
  [
    'one-uri-san',
    'two URI names',
    { extensions: workloadExtensions({ subjectAltName: `URI:${web},URI:spiffe://${domain}/b` }) },
  ],
  [
    'spiffe-id',
    'another scheme',
    { extensions: workloadExtensions({ subjectAltName: 'URI:https://a.example/b' }) },
  ],
  [
    'spiffe-id',
    'an upper-case trust domain',
    { extensions: workloadExtensions({ subjectAltName: 'URI:spiffe://Shop.example/a' }) },
  ],
  [
    'spiffe-id',
    'a port',
    { extensions: workloadExtensions({ subjectAltName: `URI:spiffe://${domain}:80/a` }) },
  ],
  [
    'spiffe-id',
    'an empty segment',
    { extensions: workloadExtensions({ subjectAltName: `URI:spiffe://${domain}/a//b` }) },
  ],
  [
    'spiffe-id',
    'percent-encoding',
    { extensions: workloadExtensions({ subjectAltName: `URI:spiffe://${domain}/a%20b` }) },
  ],
  [
    'spiffe-path',
    'no path',
    { extensions: workloadExtensions({ subjectAltName: `URI:spiffe://${domain}` }) },
  ],
  [
    'trust-domain',
    'another trust domain',
    { extensions: workloadExtensions({ subjectAltName: 'URI:spiffe://other.example/a' }) },
  ],
  ['key-usage', 'no keyUsage', { extensions: workloadExtensions({ keyUsage: undefined }) }],
  [
    'key-usage',
    'no digitalSignature',
    { extensions: workloadExtensions({ keyUsage: 'critical,keyAgreement' }) },
  ],
  [
    'key-usage-critical',
    'keyUsage not critical',
    { extensions: workloadExtensions({ keyUsage: 'digitalSignature' }) },
  ],
  [
    'no-signing-usage',
    'cRLSign',
    { extensions: workloadExtensions({ keyUsage: 'critical,digitalSignature,cRLSign' }) },
  ],
  ['extended-usages', 'server only', { extensions: workloadExtensions({ extendedKeyUsage: 'serverAuth' }) }],
  ['extended-usages', 'client only', { extensions: workloadExtensions({ extendedKeyUsage: 'clientAuth' }) }],
  ['san-critical', 'an empty subject', { subject: '/' }],
  ['weak-key', 'RSA with 1024 bits', { algorithm: rsa(1024) }],
  ['weak-key', 'the curve secp256k1', { algorithm: ['EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'] }],
  ['weak-signature', 'SHA-1', { digest: 'sha1' }],
  ['outlives-issuer', 'a longer life than the issuer', { days: 90 }],
])('%s: a workload with %s', (rule, _, wish) => {
  const { certificate } = leaf(wish);
  const profile = { profile: 'workload' as const };
  expect(rules(certificate + issuer.certificate, profile)).toEqual([rule]);
});

test('only warnings: no extendedKeyUsage, a serial number that is not random, an Ed25519 key', () => {
  const warned = (wish: IssuedWish) => rules(leaf(wish).certificate + issuer.certificate);
  expect(warned({ extensions: workloadExtensions({ extendedKeyUsage: undefined }) })).toEqual([
    'extended-usages (warning)',
  ]);
  expect(warned({ serial: '5' })).toEqual(['serial (warning)']);
  expect(warned({ algorithm: ['ED25519'] })).toEqual(['key-type (warning)']);
});

test('leaf-not-ca: an authority with the identity of a workload', () => {
  const wish = { extensions: workloadExtensions({ basicConstraints: 'critical,CA:TRUE' }) };
  expect(rules(leaf(wish).certificate + issuer.certificate)).toEqual(['leaf-not-ca']);
});

test('subject: the identity of another workload', () => {
  expect(rules(good.certificate + issuer.certificate, { subject: `${web}2` })).toEqual(['subject']);
});

test('host-name: a server certificate of another name', () => {
  const server = leaf({ extensions: workloadExtensions({ subjectAltName: 'DNS:a.example' }) });
  const wish = (subject: string) => ({ profile: 'server' as const, subject });
  const text = server.certificate + issuer.certificate;
  expect(rules(text, wish('a.example'))).toEqual([]);
  expect(rules(text, wish('b.example'))).toEqual(['host-name']);
});

// X.509-SVID, section 5, and RFC 5280, section 4.2.1.9.
test.each<readonly [string, string, readonly string[]]>([
  ['signing-ca', 'no authority', authorityExtensions().map((one) => one.replace('CA:TRUE', 'CA:FALSE'))],
  ['signing-usage', 'no keyCertSign', authorityExtensions().map((one) => one.replace('keyCertSign,', ''))],
  [
    'signing-usage (warning)',
    'no keyUsage',
    authorityExtensions().filter((one) => !one.startsWith('keyUsage')),
  ],
  ['signing-id', 'an ID with a path', authorityExtensions(`${domain}/ca`)],
  ['trust-domain', 'the ID of another domain', authorityExtensions('other.example')],
  ['signing-id (warning)', 'no ID', authorityExtensions().filter((one) => !one.startsWith('subjectAlt'))],
  [
    'constraints-critical (warning)',
    'constraints that are not critical',
    authorityExtensions().map((one) => one.replace('basicConstraints=critical,', 'basicConstraints=')),
  ],
  [
    'name-constraints (warning)',
    'name constraints',
    [...authorityExtensions(), 'nameConstraints=critical,permitted;URI:shop.example'],
  ],
])('%s: an issuer with %s', (rule, _, extensions) => {
  const other = opensslIssued({ extensions, subject: '/CN=issuer', signer: root, days: 60 });
  const { certificate } = leaf({ signer: other });
  expect(rules(certificate + other.certificate)).toEqual([rule]);
});

test('path-length: an authority below a root that allows none', () => {
  const short = opensslIssued({
    extensions: authorityExtensions().map((one) => one.replace('CA:TRUE', 'CA:TRUE,pathlen:0')),
    subject: '/CN=short',
    days: 100,
  });
  const middle = opensslIssued({
    extensions: authorityExtensions(),
    subject: '/CN=middle',
    signer: short,
    days: 60,
  });
  const { certificate } = leaf({ signer: middle });
  const roots = reader.certificates(short.certificate)!;
  expect(rules(certificate + middle.certificate, { roots })).toEqual(['path-length']);
  expect(opensslVerifies(certificate, middle.certificate, short.certificate)).toBe(false);
});

describe('dates', () => {
  const text = good.certificate + issuer.certificate;

  test.each([
    ['not-yet-valid', -2, ['not-yet-valid', 'not-yet-valid', 'not-yet-valid']],
    ['expired', 31, ['expired']],
    ['expired with its issuer', 61, ['expired', 'expired']],
    ['expired with its root', 101, ['expired', 'expired', 'expired']],
  ])('%s', (_, days, wanted) => {
    expect(rules(text, { now: now + days * day })).toEqual(wanted);
  });
});

describe('chains', () => {
  const foreign = opensslIssued({ extensions: authorityExtensions(), subject: '/CN=root', days: 100 });

  test('in any order: the order alone is warned of', () => {
    expect(rules(issuer.certificate + good.certificate)).toEqual(['chain-order (warning)']);
    expect(rules(root.certificate + issuer.certificate + good.certificate)).toEqual([
      'chain-order (warning)',
    ]);
    expect(rules(good.certificate + issuer.certificate + root.certificate)).toEqual([]);
  });

  test('without the issuer, of another root of the same name, with a stranger', () => {
    expect(rules(good.certificate)).toEqual(['chain']);
    const roots = reader.certificates(foreign.certificate)!;
    expect(rules(good.certificate + issuer.certificate, { roots })).toEqual(['chain']);
    expect(opensslVerifies(good.certificate, issuer.certificate, foreign.certificate)).toBe(false);
    expect(rules(good.certificate + issuer.certificate + foreign.certificate)).toEqual(['chain (warning)']);
  });

  test('through a cross-signed issuer: any path to a root that is valid will do', () => {
    const old = opensslIssued({
      ...{
        extensions: authorityExtensions(),
        subject: '/CN=issuer',
        signer: root,
        key: issuer.key,
        days: 10,
      },
    });
    const cross = opensslIssued({
      ...{
        extensions: authorityExtensions(),
        subject: '/CN=issuer',
        signer: foreign,
        key: issuer.key,
        days: 60,
      },
    });
    const later = { now: now + 20 * day };
    const text = good.certificate + old.certificate + cross.certificate + issuer.certificate;
    expect(rules(text, later).filter((rule) => !rule.includes('warning'))).toEqual([]);
    const roots = reader.certificates(foreign.certificate)!;
    expect(rules(text, { ...later, roots }).filter((rule) => !rule.includes('warning'))).toEqual([]);
  });

  test('of RSA authorities of others are as good', () => {
    const theirs = opensslIssued({
      ...{ extensions: authorityExtensions(), subject: '/CN=rsa root', days: 100, algorithm: rsa(2048) },
    });
    const between = opensslIssued({
      ...{
        extensions: authorityExtensions(),
        subject: '/CN=rsa',
        signer: theirs,
        days: 60,
        algorithm: rsa(2048),
      },
    });
    const { certificate } = leaf({ signer: between, algorithm: rsa(2048) });
    const roots = reader.certificates(theirs.certificate)!;
    expect(rules(certificate + between.certificate, { roots })).toEqual([]);
    expect(opensslVerifies(certificate, between.certificate, theirs.certificate)).toBe(true);
  });

  test('duplicate-serial: two certificates of one issuer with one number', () => {
    const serial = '0x123456789abcdef123';
    const [one, two] = [leaf({ serial }), leaf({ serial })];
    expect(rules(one.certificate + two.certificate + issuer.certificate)).toContain('duplicate-serial');
  });
});

test('key-match: the key of another certificate, an encrypted key, no key', () => {
  const keys = opensslKeys();
  const text = good.certificate + issuer.certificate;
  expect(rules(text, { key: good.key })).toEqual([]);
  for (const key of [keys.ec, keys.rsa, keys.encrypted, keys.public, ''])
    expect(rules(text, { key })).toEqual(['key-match']);
  expect(rules(text + keys.ec)).toEqual(['key-match']);
  expect(JSON.stringify(broken(text + keys.ec))).not.toContain('PRIVATE KEY');
});

test('readable: files without certificates, and garbled ones', () => {
  for (const text of [
    '',
    'x',
    '{}',
    good.key,
    good.certificate.slice(0, 200),
    good.certificate.replace('MII', 'AAA'),
  ])
    expect(rules(text)).toEqual(['readable']);
});

test('without isStrict a server certificate may be of another authority; a workload may not', () => {
  const public_ = opensslIssued({
    extensions: ['subjectAltName=DNS:a.example', 'basicConstraints=critical,CA:FALSE'],
  });
  const own = { isStrict: false, trustDomain: undefined };
  const { trustDomain: _, ...wish } = own;
  expect(rules(public_.certificate, wish)).toEqual([]);
  expect(rules(public_.certificate, { isStrict: true })).toEqual(['chain']);
  expect(rules(good.certificate, { isStrict: false })).toEqual(['chain']);
});
