import { expect, test } from 'vitest';
import type { CertificateList } from '../../../src/core/identity/standings/certificate-list.ts';
import type { CertificateStanding } from '../../../src/core/identity/standings/certificate-standing.ts';
import { needsCare } from '../../../src/core/identity/standings/certificate-standing.ts';
import { certificatesJunit } from '../../../src/ui/certs/certificates-junit.ts';
import { certificatesPrometheus } from '../../../src/ui/certs/certificates-prometheus.ts';
import { certificatesText } from '../../../src/ui/certs/certificates-text.ts';
import { palette } from '../../../src/ui/palette.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const base = { chain: [], breaks: 'calls fail', fingerprint: 'ab'.repeat(32) };
const certificates: readonly CertificateStanding[] = [
  { ...base, kind: 'root', name: 'root of a', state: 'good', expires: '2030-01-01T00:00:00.000Z' },
  {
    ...base,
    kind: 'workload',
    name: 'spiffe://a/x"\\\n',
    proxy: 'p',
    target: 't',
    state: 'expired',
    expires: '2025-12-31T23:59:00.000Z',
  },
  { kind: 'workload', name: 'y', target: 't', state: 'missing', chain: [], breaks: 'calls fail' },
  { kind: 'listener', name: 'l', file: '/f', state: 'unseen', chain: [], breaks: 'clients refuse it' },
];
const list: CertificateList = { trustDomain: 'a', now, certificates, fails: needsCare };

// https://prometheus.io/docs/instrumenting/exposition_formats: label values escape \, " and line feeds.
test('metrics have one sample for each dated certificate, escaped, in seconds', () => {
  const lines = certificatesPrometheus(list).split('\n');
  const samples = lines.filter((line) => line.startsWith('mesh_certificate_expiry_seconds'));
  expect(samples).toEqual([
    `mesh_certificate_expiry_seconds{kind="root",name="root of a",fingerprint="${'ab'.repeat(8)}"} 126230400`,
    `mesh_certificate_expiry_seconds{kind="workload",name="spiffe://a/x\\"\\\\\\n",target="t",proxy="p",fingerprint="${'ab'.repeat(8)}"} -60`,
  ]);
  expect(lines).toContain('# TYPE mesh_certificate_expiry_seconds gauge');
  expect(lines.filter((line) => line.startsWith('mesh_certificate_usable'))).toMatchObject([
    expect.stringMatching(/root.* 1$/),
    expect.stringMatching(/spiffe.* 0$/),
    expect.stringMatching(/"y".* 0$/),
  ]);
  expect(certificatesPrometheus(list).endsWith('\n')).toBe(true);
});

test('JUnit has a test for each certificate', () => {
  const xml = certificatesJunit(list);
  expect(xml).toContain('<testsuite name="a" tests="4" failures="2" errors="0" skipped="1" time="0">');
  expect(xml.match(/<failure /g)).toHaveLength(2);
  expect(xml).toContain('<failure type="expired" message="ended 2025-12-31T23:59:00.000Z">');
});

test('text begins with the number of bad certificates and the first one that breaks', () => {
  const text = certificatesText(list, palette(false), 120);
  expect(text).toContain('Trust domain a: 4 certificates, 2 need care, 1 unseen\n');
  expect(text).toContain('breaks first: y (t), which is missing: calls fail');
  expect(text).not.toContain('all good');
});

test('no line is wider than the terminal, unless one word is', () => {
  const names = certificates.map((one) => ({
    ...one,
    name: `${one.name} of a mesh with a name of many words`,
  }));
  const text = certificatesText({ ...list, certificates: names }, palette(false), 48);
  const wide = text.split('\n').filter((line) => line.length > 48 && line.trim().includes(' '));
  expect(wide).toEqual([]);
  expect(text.replaceAll(/\s+/g, ' ')).toContain('root of a of a mesh with a name of many words');
});
