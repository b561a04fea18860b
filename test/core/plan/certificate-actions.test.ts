import { expect, test } from 'vitest';
import { certificateActions } from '../../../src/core/plan/certificate-actions.ts';
import type { CertificateRequest } from '../../../src/core/targets/artifact.ts';
import { origin } from '../semantics/mesh.ts';

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
const kept = {
  web: {
    subject,
    fingerprint: 'ab',
    issued: '2026-01-01T00:00:00Z',
    expires: '2026-01-10T00:00:00Z',
    roots: 'r',
  },
};
const there = new Set(['web']);

// A certificate is due at two thirds of its lifetime (certificates.md): of nine days, after the sixth.
test.each([
  ['there is no certificate', {}, there, 'r', '2026-01-02', 'issue'],
  [
    'the certificate is recorded, but its file is missing',
    kept,
    new Set<string>(),
    'r',
    '2026-01-02',
    'issue',
  ],
  ['another identity', { web: { ...kept.web, subject: `${subject}2` } }, there, 'r', '2026-01-02', 'issue'],
  ['less than two thirds of its lifetime are over', kept, there, 'r', '2026-01-06T23:59:59Z', 'keep'],
  ['two thirds of its lifetime are over', kept, there, 'r', '2026-01-07', 'renew'],
  ['it has expired', kept, there, 'r', '2026-02-01', 'renew'],
  ['the clock was ahead when it was issued', kept, there, 'r', '2025-12-31T23:54:59Z', 'renew'],
  ['its validity began five minutes before its issue', kept, there, 'r', '2025-12-31T23:55:01Z', 'keep'],
  ['the roots have changed', kept, there, 's', '2026-01-02', 'renew'],
])('%s', (_, known, material, roots, now, action) => {
  const [only] = certificateActions([request], known, material, roots, new Date(now));
  expect(only).toMatchObject({ subject, proxy: 'web', action });
  expect(only?.fingerprint).toBe(action === 'issue' ? undefined : 'ab');
});

// Of nine days, two thirds are over after six and three quarters after six and three quarters.
test.each([
  ['2026-01-07T12:00:00Z', undefined],
  ['2026-01-07T18:00:00Z', 'its renewal is due since 2026-01-07T00:00:00.000Z'],
  ['2026-01-12', 'its renewal is due since 2026-01-07T00:00:00.000Z'],
])('at %s the plan warns of a renewal that nothing has run: %s', (now, why) => {
  const [only] = certificateActions([request], kept, there, 'r', new Date(now));
  expect(only).toMatchObject({ action: 'renew' });
  if (why === undefined) expect(only).not.toHaveProperty('why');
  else expect(only?.why).toContain(why);
});

test('a certificate that its proxy can not use is renewed, and the plan says why', () => {
  const faults = new Map([['web', { state: 'wrong' as const, detail: 'its key does not belong' }]]);
  const [only] = certificateActions([request], kept, there, 'r', new Date('2026-01-02'), faults);
  expect(only).toEqual({
    subject,
    proxy: 'web',
    action: 'renew',
    fingerprint: 'ab',
    why: 'its key does not belong',
  });
});
