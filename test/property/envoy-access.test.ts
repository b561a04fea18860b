import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Access, AccessRule } from '../../src/core/ir/access.ts';
import type { PrincipalMatch } from '../../src/core/ir/principal.ts';
import { checkAccess } from '../../src/core/semantics/access.ts';
import type { Arrival } from '../../src/core/semantics/arrival.ts';
import type { Claims } from '../../src/core/semantics/claims.ts';
import { streamAccess } from '../../src/core/targets/envoy/inbound/stream-access.ts';
import { accessRules } from '../../src/core/targets/envoy/rbac/rules.ts';
import { tokenKey, tokenPlaces } from '../../src/core/targets/envoy/tokens/places.ts';
import { accessRules as anyRule } from '../core/semantics/arbitrary.ts';
import {
  access,
  allow,
  authentication,
  deny,
  issuer,
  mesh,
  origin,
  port,
  service,
  spiffe,
} from '../core/semantics/mesh.ts';
import { passes, textHolds } from '../core/targets/envoy/rbac-judge.ts';

const staff = authentication({
  issuers: [issuer('staff', 'https://s.example'), issuer('users', 'https://o.example')],
});

const anyAccess: fc.Arbitrary<Access> = fc
  .record({
    allow: fc.array(anyRule, { maxLength: 3 }),
    deny: fc.array(anyRule, { maxLength: 2 }),
    closed: fc.boolean(),
  })
  .map((parts) => ({ ...parts, closed: parts.closed || parts.allow.length > 0 }));

const ports = [
  { name: 'http', number: 80, http: true },
  { name: 'admin', number: 81, http: true },
  { name: 'db', number: 3306, http: false },
];

const anyArrival: fc.Arbitrary<Arrival> = fc
  .record({
    port: fc.constantFrom(...ports),
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/b', '/c'),
    host: fc.constantFrom(
      'reviews.shop',
      'Reviews.Shop:9080',
      'a.b.shop:80',
      'shop',
      '.shop',
      'reviews-shop',
    ),
    headers: fc.array(
      fc.oneof(
        fc.record({
          name: fc.constantFrom('x-a', 'x-b', 'origin'),
          value: fc.constantFrom('', '1', '2', 'ab', '1|2'),
        }),
        fc.record({
          name: fc.constant('cookie'),
          value: fc.constantFrom('c=1', 'c=ab; d=2', 'd = "1";c', 'x=1;c=', 'cc=1'),
        }),
      ),
      { maxLength: 4 },
    ),
    identity: fc.constantFrom(
      undefined,
      'spiffe://shop.example/ns/shop/sa/web',
      'spiffe://shop.example/ns/shop/sa/web/more',
      'spiffe://shop.example/ns/shopping/sa/web',
      'spiffe://shop-example/ns/shop/sa/web',
      'spiffe://shop.example/ns/ops/sa/reviews',
    ),
  })
  .map((parts) => ({
    scheme: 'http',
    query: undefined,
    sni: undefined,
    address: undefined,
    claims: undefined,
    added: [],
    reserved: [],
    ...parts,
  }));

const anyToken: fc.Arbitrary<Claims | undefined> = fc.option(
  fc.record({
    iss: fc.constantFrom('https://s.example', 'https://o.example'),
    role: fc.constantFrom<unknown>('x', 'xy', ['y', 'z'], [], {}, undefined, 5, true),
    a: fc.constantFrom<unknown>({ b: 'x' }, { b: ['y'] }, 'x', [{ b: 'x' }]),
    scope: fc.constantFrom<unknown>('x y', 'z', '', ['x']),
  }),
  { nil: undefined },
);

/**
 * Returns a token in the form that Envoy's JWT filter leaves: `scope` and `permission` as lists
 * (normalize_payload_in_metadata).
 */
function payloads(token: Claims | undefined): Readonly<Record<string, unknown>> {
  const [place] = tokenPlaces(staff);
  const known = staff.issuers.find((candidate) => candidate.issuer === token?.['iss']);
  if (token === undefined || known === undefined || place === undefined) return {};
  const { scope } = token;
  const split = typeof scope === 'string' ? scope.split(' ').filter((part) => part !== '') : scope;
  return { [tokenKey(known, place)]: { ...token, scope: split } };
}

test('RBAC accepts exactly the requests that decide accepts', () => {
  fc.assert(
    fc.property(anyAccess, anyArrival, anyToken, (rules, arrival, token) => {
      const { name, http } = arrival.port;
      const seen = http ? token : undefined;
      const guarded = { access: rules, authentication: staff, port: name, http };
      const { deny: denying, allow: allowing } = accessRules(mesh({}), guarded);
      const judged = { arrival, payloads: payloads(seen) };
      const meant = checkAccess(rules, { origin }, arrival, seen).failure === undefined;
      expect(passes(denying, judged) && passes(allowing, judged)).toBe(meant);
    }),
    { numRuns: 5_000 },
  );
});

/** Rules about few callers and ports, so that rules and their exceptions often meet. */
const fewRules: fc.Arbitrary<AccessRule> = (() => {
  const from = fc.option(
    fc.subarray<PrincipalMatch>(
      [
        { type: 'anyone' },
        { type: 'authenticated' },
        { type: 'namespace', trustDomain: 'shop.example', namespace: 'shop' },
        spiffe('shop/web'),
      ],
      { minLength: 1, maxLength: 2 },
    ),
    { nil: undefined },
  );
  const to = fc.constantFrom<AccessRule['to']>(
    undefined,
    [{ origin, ports: ['db'] }],
    [{ origin, ports: ['http'] }],
    [{ origin, methods: ['GET'] }],
  );
  const parts = fc
    .record({ from, to })
    .map((one) => ({ origin, ...(one.from && { from: one.from }), ...(one.to && { to: one.to }) }));
  return fc
    .record({ rule: parts, except: fc.array(parts, { maxLength: 2 }) })
    .map(({ rule, except }) => ({ ...rule, ...(except.length > 0 && { except }) }));
})();

const fewAccess: fc.Arbitrary<Access> = fc
  .record({ allow: fc.array(fewRules, { maxLength: 2 }), deny: fc.array(fewRules, { maxLength: 2 }) })
  .map((rules) => ({ ...rules, closed: rules.allow.length > 0 }));

test('connections get what decide says, in plain text as well as after the handshake', () => {
  fc.assert(
    fc.property(fewAccess, anyArrival, (rules, { identity, ...rest }) => {
      const at = { ...rest, port: { name: 'db', number: 3306, http: false } };
      const { plain, callers } = streamAccess(
        service('shop/reviews', { access: rules }),
        port('db', 3306, { protocol: 'tcp' }),
      );
      const isMeant = (caller: string | undefined): boolean =>
        checkAccess(rules, { origin }, { ...at, identity: caller }, undefined).failure === undefined;
      expect(plain).toBe(isMeant(undefined));
      // RBAC may still refuse whom the handshake takes.
      if (identity !== undefined && isMeant(identity))
        expect(callers.length === 0 || callers.some((one) => textHolds(one, identity))).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

const arrival: Arrival = {
  port: { name: 'http', number: 80, http: true },
  scheme: 'http',
  method: 'GET',
  path: '/',
  query: undefined,
  host: 'reviews.shop',
  headers: [],
  sni: undefined,
  identity: undefined,
  address: undefined,
  claims: undefined,
  added: [],
  reserved: [],
};

function decides(
  rules: Access,
  parts: Partial<Arrival>,
  token: Record<string, unknown> = {},
  federated: string[] = [],
) {
  const guarded = { access: rules, authentication: staff, port: 'http', http: true };
  const lowered = accessRules(mesh({}, federated), guarded);
  const judged = { arrival: { ...arrival, ...parts }, payloads: payloads(token) };
  return passes(lowered.deny, judged) && passes(lowered.allow, judged);
}

describe('claims', () => {
  const number = access(
    allow({ from: [{ type: 'anyone' }], when: [{ origin, claims: [{ path: ['level'], values: ['5'] }] }] }),
  );
  test.each([
    [5, true],
    ['5', true],
    [[4, 5], true],
    [6, false],
    ['5.0', false],
    [true, false],
  ])('a claim %j is compared by its text', (level, expected) => {
    expect(decides(number, {}, { iss: 'https://s.example', level })).toBe(expected);
  });

  test('without a token no condition holds, even one without claims', () => {
    const rules = access(allow({ from: [{ type: 'anyone' }], when: [{ origin, claims: [] }] }));
    expect(decides(rules, {})).toBe(false);
    expect(decides(rules, {}, { iss: 'https://s.example' })).toBe(true);
  });

  test('no condition on tokens holds at a service that checks no tokens', () => {
    const rules = access(allow({ from: [{ type: 'anyone' }], when: [{ origin, claims: [] }] }));
    const { allow: allowing } = accessRules(mesh({}), { access: rules, port: 'http', http: true });
    expect(passes(allowing, { arrival, payloads: payloads({ iss: 'https://s.example' }) })).toBe(false);
  });
});

test('dots of a trust domain match only dots', () => {
  const rules = access(
    allow({ from: [{ type: 'namespace', trustDomain: 'shop.example', namespace: 'shop' }] }),
  );
  expect(decides(rules, { identity: 'spiffe://shop.example/ns/shop/sa/a' })).toBe(true);
  expect(decides(rules, { identity: 'spiffe://shopxexample/ns/shop/sa/a' })).toBe(false);
});

test('an authority of another trust domain can not add one of our names to its own', () => {
  const { deny: denying } = accessRules(mesh({}, ['partner.example']), {
    access: access(allow({ from: [spiffe('shop/web')] })),
    port: 'http',
    http: true,
  });
  const principals = (denying as { policies: Record<string, { principals: object[] }> }).policies[
    'one-identity'
  ]?.principals;
  const [ours] = principals ?? [];
  expect(ours).toEqual({
    and_ids: {
      ids: [
        { authenticated: { principal_name: { prefix: 'spiffe://shop.example/' } } },
        { or_ids: { ids: [{ authenticated: { principal_name: { prefix: 'spiffe://partner.example/' } } }] } },
      ],
    },
  });
});

test('a rule keeps its name if other rules are left out at a port, so that logs point at the spec', () => {
  const rules = access(
    allow({ from: [{ type: 'anyone' }], to: [{ origin, ports: ['admin'] }] }),
    allow({ from: [{ type: 'anyone' }] }),
    deny({ to: [{ origin, ports: ['http'] }] }),
  );
  const { allow: allowing, deny: denying } = accessRules(mesh({}), {
    access: rules,
    port: 'http',
    http: true,
  });
  expect(Object.keys((allowing as { policies: object }).policies)).toEqual(['allow-2']);
  expect(Object.keys((denying as { policies: object }).policies)).toEqual(['deny-1']);
});
