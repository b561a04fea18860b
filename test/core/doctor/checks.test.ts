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

const envoy = { name: 'envoy', title: 'Envoy', variable: 'ENVOY' };

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
  test('counts the proxies that answer and names one that does not', () => {
    const proxies = [
      { id: 'a', admin: '127.0.0.1:1', answered: true },
      { id: 'b', admin: '127.0.0.1:2', answered: false },
      { id: 'c', admin: '127.0.0.1:3', answered: false },
    ];
    expect(proxyCheck('local', proxies.slice(0, 1))).toMatchObject({ state: 'ok', says: '1 of 1 answer' });
    expect(proxyCheck('local', proxies)).toMatchObject({
      state: 'note',
      says: '1 of 3 answer; silent: b at 127.0.0.1:2, …',
    });
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
