import { describe, expect, test } from 'vitest';
import { certificateReader as reader } from '../../../src/adapters/certificate-reader.ts';
import { firstToEnd } from '../../../src/core/identity/standings/first-to-end.ts';
import { listenerFiles, listenerStanding } from '../../../src/core/identity/standings/listener-standings.ts';
import { materialStandings } from '../../../src/core/identity/standings/material-standings.ts';
import { trustStandings } from '../../../src/core/identity/standings/trust-standings.ts';
import { type Trust, trustBundle } from '../../../src/core/identity/trust-file.ts';
import { workloadIssuer } from '../../../src/core/identity/workload-issuer.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { CertificateRequest } from '../../../src/core/targets/artifact.ts';
import { opensslCertificate, opensslKeys } from '../../adapters/openssl.ts';
import { origin } from '../semantics/mesh.ts';
import { certificatesConfig, madeHierarchy } from './made-hierarchy.ts';
import { rotatedTrust } from './rotation/rotating.ts';

const day = 24 * 60 * 60 * 1000;
const made = Date.parse('2026-01-01T00:00:00Z');
const trustDomain = 'shop.example';
const { trust, parts } = await madeHierarchy({}, made);
const others = await madeHierarchy({}, made);
const roots = reader.certificates(trustBundle(trust))!;

const request = (proxy: string, profile: 'workload' | 'server' = 'workload'): CertificateRequest => ({
  type: 'certificate',
  kind: 'Certificate',
  name: proxy,
  namespace: 'shop',
  origins: [origin],
  subject: profile === 'server' ? `${proxy}.example` : `spiffe://${trustDomain}/ns/shop/sa/${proxy}`,
  profile,
  form: 'envoy-sds',
  proxy,
});
const requests = [request('web'), request('edge', 'server')];
const config = { ...parts, target: 'local', certificates: certificatesConfig() };
const texts = new Map(
  (await workloadIssuer({ ...config, trust }).issue(requests, new Date(made))).map(({ proxy, text }) => [
    proxy,
    text,
  ]),
);
const material = (days: number, changed: Partial<Parameters<typeof materialStandings>[0]> = {}) =>
  materialStandings({ target: 'local', requests, texts, roots, ...changed }, reader, {
    now: made + days * day,
  });

test('a proxy certificate has its chain up to a trusted root, and ends after a week', () => {
  const [web, edge] = material(0);
  const chain = [trust.issuers[0]!.id, trust.roots[0]!.id];
  expect(web).toMatchObject({
    kind: 'workload',
    state: 'good',
    trusted: true,
    chain,
    proxy: 'web',
    daysLeft: 7,
  });
  expect(edge).toMatchObject({ kind: 'listener', name: 'edge.example', state: 'good', chain });
  expect(JSON.stringify(material(0))).not.toContain('PRIVATE KEY');
});

// 25 % of seven days are left after 5.25 days, 15 % after 5.95 days.
test.each([
  [5.2, 'good'],
  [5.3, 'due'],
  [5.9, 'due'],
  [6, 'near'],
  [7, 'expired'],
  [-1, 'early'],
])('after %d of 7 days a proxy certificate is %s', (days, state) => {
  expect(material(days).map((one) => one.state)).toEqual([state, state]);
});

test('a certificate that is missing, garbled or of another root is named as such', () => {
  expect(material(0, { texts: new Map() })[0]).toMatchObject({ state: 'missing', trusted: false });
  expect(material(0, { texts: new Map([['web', 'x']]) })[0]).toMatchObject({
    state: 'wrong',
    detail: expect.stringContaining('garbled'),
  });
  const theirs = reader.certificates(trustBundle(others.trust))!;
  expect(material(0, { roots: theirs })[0]).toMatchObject({
    state: 'wrong',
    detail: expect.stringContaining('none of the roots'),
    trusted: false,
    chain: [trust.issuers[0]!.id],
  });
});

test('roots, issuers and the roots of federated domains are listed with what they break', () => {
  const bundles = { [trustDomain]: trustBundle(trust), 'partner.example': trustBundle(others.trust) };
  const found = trustStandings({ trustDomain, trust, bundles }, reader, { now: made + 80 * day });
  expect(found).toMatchObject([
    { kind: 'root', name: 'root of shop.example', state: 'good', chain: [], trusted: true },
    { kind: 'issuer', name: 'issuer of local', state: 'near', chain: [trust.roots[0]!.id], trusted: true },
    { kind: 'federated', name: 'root of partner.example', state: 'good' },
  ]);
  expect(found[1]!.breaks).toContain('every workload certificate of local');
});

test('a root that a rotation has prepared is listed with its issuers; nothing trusts it yet', async () => {
  const { phases } = await rotatedTrust('root', made);
  const listed = (rotated: Trust) =>
    trustStandings(
      { trustDomain, trust: rotated, bundles: { [trustDomain]: trustBundle(rotated) } },
      reader,
      {
        now: made,
      },
    );
  const [steady, ready, dual] = phases;
  expect(listed(steady!).map(({ name }) => name)).not.toContain(`new root of ${trustDomain}`);
  const coming = listed(ready!).filter(({ trusted }) => trusted === false);
  const [id] = ready!.rotation!.new;
  expect(coming).toMatchObject([
    { kind: 'root', name: `new root of ${trustDomain}`, state: 'good', fingerprint: id },
    { kind: 'issuer', name: 'issuer of local', chain: [id] },
    { kind: 'issuer', name: 'issuer of other', chain: [id] },
  ]);
  expect(listed(dual!).filter(({ trusted }) => trusted === false)).toEqual([]);
  expect(listed(dual!).filter(({ kind }) => kind === 'root')).toHaveLength(2);
});

describe('firstToEnd', () => {
  const all = (days: number, changed = {}) => [
    ...trustStandings({ trustDomain, trust, bundles: { [trustDomain]: trustBundle(trust) } }, reader, {
      now: made + days * day,
    }),
    ...material(days, changed),
  ];

  test('is the certificate that ends first, or one that is refused already', () => {
    expect(firstToEnd(all(0))).toMatchObject({ kind: 'listener', proxy: 'edge' });
    expect(firstToEnd(all(0, { texts: new Map([...texts, ['web', 'x']]) }))).toMatchObject({ proxy: 'web' });
    expect(firstToEnd([])).toBeUndefined();
  });
});

describe('files of listeners', () => {
  const { ec } = opensslKeys();
  const gateway = (certificate: object) => ({ listeners: [{ name: 'web', tls: { certificate } }] });
  const file = { type: 'files', certificate: '/tls/a.pem', key: '/tls/a.key' };
  const ir = {
    gateways: { 'shop/a': gateway(file), 'shop/b': gateway(file), 'shop/c': gateway({ type: 'issued' }) },
  } as unknown as Pick<Ir, 'gateways'>;

  test('are listed once, with their dates', () => {
    const files = listenerFiles(ir, 'local');
    expect(files).toEqual([
      {
        name: 'listener web of gateway shop/a',
        target: 'local',
        certificate: '/tls/a.pem',
        key: '/tls/a.key',
      },
    ]);
    // OpenSSL makes it valid for 30 days from now on.
    const pem = opensslCertificate(ec, 'subjectAltName=DNS:shop.example');
    const standing = (text: string | undefined, days: number) =>
      listenerStanding(files[0]!, text, reader, { now: Date.now() + days * day });
    expect(standing(pem, 1)).toMatchObject({ kind: 'listener', state: 'good', daysLeft: 28 });
    expect(standing(pem, 24)).toMatchObject({ state: 'due' });
    expect(standing(pem, 27)).toMatchObject({ state: 'near' });
    expect(standing(pem, 31)).toMatchObject({ state: 'expired' });
    expect(standing(undefined, 0)).toMatchObject({ state: 'unseen' });
    expect(standing('nothing', 0)).toMatchObject({ state: 'wrong' });
  });

  test('have the fault of an issuer that comes with them', async () => {
    const old = opensslCertificate(ec, 'subjectAltName=DNS:shop.example');
    const authority = await madeHierarchy({ issuerLifetime: day }, Date.now() - 2 * day);
    const text = old + authority.trust.issuers[0]!.certificate;
    expect(
      listenerStanding(listenerFiles(ir, 'local')[0]!, text, reader, { now: Date.now() + 1000 }),
    ).toMatchObject({ state: 'expired', detail: expect.stringContaining('its issuer was valid until') });
  });
});
