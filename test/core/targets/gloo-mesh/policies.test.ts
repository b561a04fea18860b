import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import glooMesh from '../../../../src/core/targets/gloo-mesh/index.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

const context = { version: '2.14', options: {} };

function kindsOf(ir: Ir, options: Readonly<Record<string, string>> = {}): readonly string[] {
  return glooMesh
    .lower(ir, { ...context, options })
    .map(({ kind }) => kind)
    .filter((kind) => /^(?:RateLimit|ActiveHealth)/.test(kind))
    .sort();
}

function limitsOf(ir: Ir): readonly string[] {
  return (glooMesh.limits?.(ir, context) ?? [])
    .map(({ feature }) => feature)
    .filter((feature) => feature === 'service.health-check' || feature === 'settings.rate-limit-service');
}

const books = (...lines: readonly string[]): string =>
  document('Service', 'books', ['ports: {http: {port: 80}}', ...lines]);
const check = 'healthCheck: {path: /healthz}';

describe('checks of instances in Gloo Mesh', () => {
  test('are written where nothing but the application answers', () => {
    const open = linked(mesh('access: allow'), books(check));
    expect(kindsOf(open)).toEqual(['ActiveHealthCheckPolicy']);
    expect(limitsOf(open)).toEqual([]);
    expect(kindsOf(open, { form: 'istio' })).toEqual([]);
  });

  test('are a limit where Access or a connection would answer in its place', () => {
    const closed = linked(mesh('access: deny'), books(check));
    expect(kindsOf(closed)).toEqual([]);
    expect(limitsOf(closed)).toEqual(['service.health-check']);
    const connection = linked(mesh('access: allow'), books('healthCheck: {interval: 5s}'));
    expect(kindsOf(connection)).toEqual([]);
    expect(limitsOf(connection)).toEqual(['service.health-check']);
    const two = document('Service', 'books', [
      'ports: {http: {port: 80}, more: {port: 81, protocol: http}}',
      check,
    ]);
    expect(limitsOf(linked(mesh('access: allow'), two))).toEqual(['service.health-check']);
  });
});

describe('limits over a whole service in Gloo Mesh', () => {
  const limiter = document('Service', 'limiter', ['ports: {grpc: {port: 18083}}']);
  const limited = (limit: string): Ir =>
    linked(
      mesh('access: allow', 'rateLimiter: {service: shop/limiter}'),
      limiter,
      books(`rateLimit: {${limit}, scope: service}`),
    );

  test('are counted by the rate limiter that the mesh names, in its units', () => {
    expect(kindsOf(limited('requests: 10, per: 1m'))).toEqual([
      'RateLimitClientConfig',
      'RateLimitPolicy',
      'RateLimitServerConfig',
      'RateLimitServerSettings',
    ]);
    expect(limitsOf(limited('requests: 10, per: 1m'))).toEqual([]);
  });

  test('are a limit in other units', () => {
    expect(kindsOf(limited('requests: 10, per: 10s'))).toEqual([]);
    expect(limitsOf(limited('requests: 10, per: 10s'))).toEqual(['settings.rate-limit-service']);
  });
});
