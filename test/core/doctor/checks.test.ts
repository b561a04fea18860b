import { describe, expect, test } from 'vitest';
import { certificateReader } from '../../../src/adapters/certificate-reader.ts';
import { certificateChecks } from '../../../src/core/doctor/certificate-checks.ts';
import { outputCheck } from '../../../src/core/doctor/output-check.ts';
import { programCheck } from '../../../src/core/doctor/program-check.ts';
import { proxyCheck } from '../../../src/core/doctor/proxy-check.ts';
import { trustStandings } from '../../../src/core/identity/standings/trust-standings.ts';
import { trustBundle } from '../../../src/core/identity/trust-file.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { madeHierarchy } from '../identity/made-hierarchy.ts';

const tested = ['1.36', '1.40'];

const envoy = { name: 'envoy', title: 'Envoy', get: 'from its page', variable: 'ENVOY' };

describe('programCheck', () => {
  test.each([
    [undefined, 'note'],
    [{ path: '/e' }, 'fail'],
    [{ path: '/e', version: '1.40.3' }, 'ok'],
    [{ path: '/e', version: '1.4.0' }, 'note'],
    [{ path: '/e', version: '1.41.0' }, 'note'],
  ])('%j is %s', (found, state) => {
    expect(programCheck(envoy, found, tested).state).toBe(state);
  });
});

describe('outputCheck', () => {
  const folder = { path: '/out', exists: true, writable: true };

  test('asks for a folder of this machine that this user may write', () => {
    expect(outputCheck('local', folder)).toEqual({ name: 'output of local', state: 'ok', says: '/out' });
    expect(outputCheck('local', { ...folder, exists: false }).state).toBe('ok');
    expect(outputCheck('local', { ...folder, writable: false }).state).toBe('fail');
    expect(outputCheck('local', { ...folder, sharedBy: 'NFS' })).toMatchObject({
      state: 'fail',
      says: expect.stringContaining('/out is on NFS'),
    });
  });
});

describe('proxyCheck', () => {
  const report = { versions: new Map(), numbers: new Map(), started: { from: 0, to: 0 } };
  const answering = {
    id: 'a',
    admin: '127.0.0.1:1',
    answer: { state: 'report', report: { ...report, version: '1.40.1' } },
  } as const;
  const absent = { id: 'b', admin: '127.0.0.1:2', answer: { state: 'absent' } } as const;

  test('counts the proxies that answer and names one that does not', () => {
    const proxies = [answering, absent, { ...absent, id: 'c' }];
    expect(proxyCheck('local', [answering], tested)).toMatchObject({
      state: 'ok',
      says: '1 of 1 answer (1.40.1)',
    });
    expect(proxyCheck('local', proxies, tested)).toMatchObject({
      state: 'note',
      says: '1 of 3 answer (1.40.1); silent: b at 127.0.0.1:2, …',
    });
  });

  test('fails if another process answers, and notes a version that nothing was tested with', () => {
    const detail = 'the Envoy 1.33.2 at 127.0.0.1:3 has the node id "x", not "d": it is another proxy';
    const foreign = { id: 'd', admin: '127.0.0.1:3', answer: { state: 'foreign', detail } } as const;
    expect(proxyCheck('local', [answering, foreign], tested)).toMatchObject({
      state: 'fail',
      says: `1 of 2 answer (1.40.1); d: ${detail}`,
    });
    const old = {
      ...answering,
      answer: { state: 'report', report: { ...report, version: '1.20.0' } },
    } as const;
    expect(proxyCheck('local', [old], tested)).toMatchObject({ state: 'note' });
  });
});

describe('certificateChecks', () => {
  const day = 24 * 60 * 60 * 1000;
  const made = Date.parse('2026-01-01T00:00:00Z');
  const ir = { trustDomain: 'shop.example', targets: { local: {}, other: {} } } as unknown as Ir;

  test('a hierarchy is missing, incomplete, due or expired', async () => {
    const { trust } = await madeHierarchy({ targets: ['local'], issuerLifetime: 100 * day }, made);
    const bundles = { 'shop.example': trustBundle(trust) };
    const states = (after: number) => {
      const surveyed = { trustDomain: 'shop.example', trust, bundles };
      const standings = trustStandings(surveyed, certificateReader, { now: made + after });
      return certificateChecks(ir, trust, standings).map(({ name, state }) => [name, state]);
    };
    expect(certificateChecks(ir, undefined, [])).toMatchObject([{ state: 'note', do: 'mesh certs init' }]);
    expect(states(day)).toEqual([
      ['certificates', 'note'],
      ['root of shop.example', 'ok'],
      ['issuer of local', 'ok'],
    ]);
    expect(states(74 * day)[2]).toEqual(['issuer of local', 'ok']);
    expect(states(76 * day)[2]).toEqual(['issuer of local', 'note']);
    expect(states(100 * day)[2]).toEqual(['issuer of local', 'fail']);
    expect(states(-day)[2]).toEqual(['issuer of local', 'fail']);
  });
});
