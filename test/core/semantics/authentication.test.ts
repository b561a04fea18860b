import { describe, expect, test } from 'vitest';
import type { Authentication } from '../../../src/core/ir/authentication.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { answer, ask, forwarded } from './ask.ts';
import { access, allow, authentication, deny, issuer, mesh, origin, service } from './mesh.ts';

const staff = 'https://staff.example';
const passes = 'forwarded shop/reviews@* 1';

function checked(parts: Partial<Authentication>): Ir {
  return mesh({ services: [service('shop/reviews', { authentication: authentication(parts) })] });
}

describe('tokens', () => {
  test('"required: refuse a missing token (false)"', () => {
    expect(answer(checked({}))).toBe(passes);
    expect(answer(checked({ required: true }))).toBe('refused 401');
    expect(answer(checked({ required: true }), { claims: { iss: staff } })).toBe(passes);
  });

  test('"a bad one, or one of another issuer, is always refused"', () => {
    expect(answer(checked({}), { claims: 'invalid' })).toBe('refused 401');
    expect(answer(checked({}), { claims: { iss: 'https://other.example' } })).toBe('refused 401');
    expect(answer(checked({}), { claims: { role: 'admin' } })).toBe('refused 401');
  });

  test('the reason says which of the two', () => {
    expect(ask(checked({}), { claims: 'invalid' })).toMatchObject({ reason: 'the token is not valid' });
    expect(ask(checked({}), { claims: { iss: 'x' } })).toMatchObject({
      reason: expect.stringContaining('another issuer') as string,
    });
  });

  test('"audiences (any)"', () => {
    const ir = checked({ issuers: [issuer('staff', staff, { audiences: ['shop', 'ops'] })] });
    expect(answer(ir, { claims: { iss: staff, aud: 'shop' } })).toBe(passes);
    expect(answer(ir, { claims: { iss: staff, aud: ['x', 'ops'] } })).toBe(passes);
    expect(answer(ir, { claims: { iss: staff, aud: 'x' } })).toBe('refused 401');
    expect(answer(ir, { claims: { iss: staff } })).toBe('refused 401');
  });

  test('a token of one of several issuers is enough', () => {
    const ir = checked({ issuers: [issuer('a', 'https://a.example'), issuer('staff', staff)] });
    expect(answer(ir, { claims: { iss: staff } })).toBe(passes);
  });

  test('a bad token passes a service that checks no tokens', () => {
    expect(answer(mesh({ services: [service('shop/reviews')] }), { claims: 'invalid' })).toBe(passes);
  });

  test('401 comes before 403', () => {
    const denied = access(allow({ from: [{ type: 'anyone' }] }), deny({}));
    const ir = mesh({
      services: [
        service('shop/reviews', { authentication: authentication({ required: true }), access: denied }),
      ],
    });
    expect(answer(ir)).toBe('refused 401');
    expect(answer(ir, { claims: { iss: staff } })).toBe('refused 403');
  });
});

describe('numbers as values of claimHeaders', () => {
  const ir = checked({
    issuers: [issuer('staff', staff, { claimHeaders: [{ header: 'x-level', claim: 'level' }] })],
  });

  // Measured on Envoy 1.40: whole numbers below 2^63 in full, all others as C's `%f`.
  test.each([
    [2 ** 53, '9007199254740992'],
    [9223372036854774784, '9223372036854774784'],
    [2 ** 63, '9223372036854775808.000000'],
    [-(2 ** 63), '-9223372036854775808.000000'],
    [1e21, '1000000000000000000000.000000'],
    [0.30000000000000004, '0.300000'],
  ])('%d', (level, value) => {
    const { set } = forwarded(ir, { claims: { iss: staff, level } }).requestHeaders;
    expect(set).toEqual([{ name: 'x-level', value }]);
  });
});

describe('claimHeaders', () => {
  const ir = checked({
    issuers: [
      issuer('staff', staff, {
        claimHeaders: [
          { header: 'x-level', claim: 'level' },
          { header: 'x-org', claim: 'org.name' },
          { header: 'x-user', claim: 'user' },
        ],
      }),
    ],
  });

  test('claims of a valid token are set as headers; absent claims are not', () => {
    expect(forwarded(ir, { claims: { iss: staff, user: 'ann', level: 3 } }).requestHeaders.set).toEqual([
      { name: 'x-level', value: '3' },
      { name: 'x-user', value: 'ann' },
    ]);
    expect(forwarded(ir, { claims: { iss: staff, org: { name: 'o' } } }).requestHeaders.set).toEqual([
      { name: 'x-org', value: 'o' },
    ]);
    expect(forwarded(ir).requestHeaders.set).toEqual([]);
  });
});

test('external authorization is "listed, not decided": it changes no outcome', () => {
  const ir = checked({
    issuers: [],
    externalAuthorization: {
      origin,
      service: 'shop/authz',
      port: 'grpc',
      protocol: 'grpc',
      timeout: 1000,
      onError: 'deny',
      includeHeaders: [],
      maxBody: 0,
    },
  });
  expect(answer(ir)).toBe(passes);
});
