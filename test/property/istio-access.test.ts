import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Access } from '../../src/core/ir/access.ts';
import type { Service } from '../../src/core/ir/service.ts';
import { checkAccess } from '../../src/core/semantics/access.ts';
import type { Arrival } from '../../src/core/semantics/arrival.ts';
import type { Claims } from '../../src/core/semantics/claims.ts';
import { verdictFilters } from '../../src/core/targets/istio-objects/filters/verdict-filters.ts';
import { loweringOptions } from '../../src/core/targets/istio-objects/lowering-options.ts';
import { accessLimits } from '../../src/core/targets/istio-objects/security/access-limits.ts';
import { authorizationPolicies } from '../../src/core/targets/istio-objects/security/authorization-policies.ts';
import { guards } from '../../src/core/targets/istio-objects/security/guards.ts';
import { accessRules as anyRule } from '../core/semantics/arbitrary.ts';
import { access, allow, deny, header, mesh, origin, port, service, spiffe } from '../core/semantics/mesh.ts';
import type { Loose } from '../core/targets/envoy/loose.ts';
import { policiesPass } from '../core/targets/istio/policy-judge.ts';

const sidecar = loweringOptions({ version: '1.31', options: {} });
const ambient = loweringOptions({ version: '1.31', options: { mode: 'ambient' } });

const ports = [
  { ...port('http', 80), targetPort: 8080 },
  { ...port('admin', 81), targetPort: 8081 },
  port('db', 3306, { protocol: 'tcp' }),
  port('tls', 443, { protocol: 'tls' }),
];

function guarded(rules: Access, parts: Partial<Service> = {}): Service {
  const { workload } = service('shop/reviews');
  return service('shop/reviews', {
    ports,
    workload: { ...workload, labels: { app: 'reviews' } },
    access: rules,
    ...(parts as object),
  });
}

function policies(rules: Access, parts: Partial<Service> = {}, options = sidecar): readonly Loose[] {
  const ir = mesh({ services: [guarded(rules, parts)] });
  return guards(ir, options)
    .filter(({ name }) => name[0] === 'reviews')
    .flatMap(authorizationPolicies)
    .map(({ manifest }) => (manifest as Loose).spec);
}

function filters(rules: Access, options = sidecar): readonly Loose[] {
  const ir = mesh({ services: [guarded(rules)] });
  return verdictFilters(ir, options).map(({ manifest }) => (manifest as Loose).spec);
}

function lost(rules: Access, parts: Partial<Service> = {}, options = sidecar): readonly string[] {
  return accessLimits(mesh({ services: [guarded(rules, parts)] }), options).map(
    ({ feature, reason }) => `${feature}: ${reason}`,
  );
}

const anyAccess: fc.Arbitrary<Access> = fc
  .record({
    allow: fc.array(anyRule, { maxLength: 3 }),
    deny: fc.array(anyRule, { maxLength: 2 }),
    closed: fc.boolean(),
  })
  .map((parts) => ({ ...parts, closed: parts.closed || parts.allow.length > 0 }));

const anyArrival: fc.Arbitrary<Arrival> = fc
  .record({
    port: fc.constantFrom(...ports.map(({ name, number, http }) => ({ name, number, http }))),
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/b', '/c'),
    host: fc.constantFrom(
      'reviews.shop',
      'Reviews.Shop:9080',
      'a.b.shop:80',
      'shop',
      'reviews-shop',
      'x.shop:',
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
      'spiffe://shop.example/ns/shopping/sa/web',
      'spiffe://shop-example/ns/shop/sa/web',
      'spiffe://shop.example/ns/ops/sa/reviews',
      'spiffe://partner.example/ns/shop/sa/web',
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

test.each([
  ['pods', sidecar, (name: string) => ports.find((one) => one.name === name)?.targetPort],
  ['a waypoint', ambient, (name: string) => ports.find((one) => one.name === name)?.number],
])(
  'policies of %s accept no call that decide refuses, and if nothing is lost every call that it accepts',
  (_where, options, numberOf) => {
    let open = 0;
    fc.assert(
      fc.property(anyAccess, anyArrival, anyToken, (rules, arrival, token) => {
        const payload = arrival.port.http ? token : undefined;
        const meant = checkAccess(rules, { origin }, arrival, payload).failure === undefined;
        const written = policies(rules, {}, options);
        const noting = filters(rules, options);
        const judged = { arrival, port: numberOf(arrival.port.name) ?? 0, payload, filters: noting };
        const passed = policiesPass(written, judged);
        if (!meant) {
          expect(passed).toBe(false);
          // Nor is the call accepted if the filters are missing.
          expect(policiesPass(written, { ...judged, filters: [] })).toBe(false);
        } else if (lost(rules, {}, options).length === 0) {
          open++;
          expect(passed).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(open).toBeGreaterThan(100);
  },
);

const anyone = { from: [{ type: 'anyone' }] } as const;

describe('callers', () => {
  test('a closed service without rules refuses everybody', () => {
    expect(policies({ closed: true, allow: [], deny: [] })).toEqual([
      { selector: { matchLabels: { app: 'reviews' } }, action: 'ALLOW' },
    ]);
  });

  test('an open service without rules has no policy', () => {
    expect(policies(access())).toEqual([]);
  });

  test('identities are written without their scheme, namespaces as those of this trust domain', () => {
    const namespace = { type: 'namespace', trustDomain: 'shop.example', namespace: 'ops' } as const;
    const [policy] = policies(access(allow({ from: [spiffe('shop/web'), namespace] })));
    expect(policy.rules).toEqual([
      {
        from: [{ source: { principals: ['shop.example/ns/shop/sa/web', 'shop.example/ns/ops/sa/*'] } }],
        to: [{ operation: { ports: ['8080', '8081', '3306', '443'] } }],
      },
    ]);
  });

  test('a denied method is not denied on ports that have no methods', () => {
    const [policy] = policies(access(deny({ to: [{ origin, methods: ['DELETE'] }] })));
    expect(policy.rules).toEqual([{ to: [{ operation: { methods: ['DELETE'], ports: ['8080', '8081'] } }] }]);
  });

  test('rules that allow requests are separate from rules that allow connections', () => {
    const [policy] = policies(
      access(
        allow({
          ...anyone,
          to: [
            { origin, ports: ['db'] },
            { origin, methods: ['GET'] },
          ],
        }),
      ),
    );
    expect(policy.rules).toEqual([
      { to: [{ operation: { ports: ['3306'] } }] },
      { to: [{ operation: { methods: ['GET'], ports: ['8080', '8081'] } }] },
    ]);
  });
});

describe('a condition that no policy can express', () => {
  const regex = { type: 'regex', value: '/a.*' } as const;
  const note = expect.stringMatching(
    /^experimental\.envoy\.filters\.http\.rbac\[mesh-[0-9a-f]{12}\.shadow_engine_result\]$/,
  ) as unknown;

  test('is recorded by a filter, and an allow requires the record', () => {
    const rules = access(allow({ ...anyone, to: [{ origin, paths: [regex] }] }));
    const [{ when, ...rule }] = policies(rules)[0].rules;
    expect(rule).toEqual({ to: [{ operation: { ports: ['8080', '8081'] } }] });
    expect(when).toEqual([{ key: note, values: ['allowed'] }]);
    expect(lost(rules)).toEqual([]);
    const [filter] = filters(rules);
    expect(filter.workloadSelector).toEqual({ labels: { app: 'reviews' } });
    const [{ match, patch }] = filter.configPatches;
    expect(match.context).toBe('SIDECAR_INBOUND');
    const { shadow_rules: noting, shadow_rules_stat_prefix: prefix, ...others } = patch.value.typed_config;
    expect(Object.keys(others)).toEqual(['@type']);
    expect(when[0].key).toContain(`[${String(prefix)}shadow_engine_result]`);
    expect(noting).toEqual({
      action: 'ALLOW',
      policies: {
        asked: {
          permissions: [{ url_path: { path: { safe_regex: { regex: '/a.*' } } } }],
          principals: [{ any: true }],
        },
      },
    });
  });

  test('without the record a deny matches each call', () => {
    const rules = access(deny({ ...anyone, to: [{ origin, methods: ['GET'], paths: [regex] }] }));
    expect(policies(rules)[0].rules[0].when).toEqual([{ key: note, notValues: ['denied'] }]);
    expect(lost(rules)).toEqual([]);
  });

  test('a condition that a policy can express has no filter', () => {
    const rules = access(
      deny({ to: [{ origin, methods: ['GET'], paths: [{ type: 'exact', value: '/a' }] }] }),
    );
    expect(filters(rules)).toEqual([]);
  });

  test.each([
    ['contains', { type: 'contains', value: 'x' }],
    ['a regular expression', { type: 'regex', value: 'x' }],
    ['an empty value', { type: 'exact', value: '' }],
    ['a star at the end', { type: 'exact', value: 'a*' }],
    ['a star at the beginning', { type: 'prefix', value: '*a' }],
  ] as const)('a header with %s', (_what, match) => {
    const rules = access(allow({ ...anyone, to: [{ origin, headers: [header('x-a', match)] }] }));
    expect(policies(rules)[0].rules[0].when).toEqual([{ key: note, values: ['allowed'] }]);
    expect(filters(rules)).toHaveLength(1);
    expect(lost(rules)).toEqual([]);
  });

  test('a claim that may be a number is checked after the check of tokens, and a missing token does not fit', () => {
    const when = [{ origin, claims: [{ path: ['level'], values: ['5'] }] }];
    const rules = access(allow({ ...anyone, when }), deny({ when }));
    const [allowing, denying] = policies(rules);
    const any = { key: 'request.auth.claims[iss]', values: ['*'] };
    expect(allowing.rules[0].when).toEqual([any, { key: note, values: ['allowed'] }]);
    expect(denying.rules[0].when).toEqual([any, { key: note, notValues: ['denied'] }]);
    expect(lost(rules)).toEqual([]);
    const [patch] = filters(rules)[0].configPatches;
    expect(patch.patch.operation).toBe('INSERT_AFTER');
    expect(patch.match.listener.filterChain.filter.subFilter).toEqual({
      name: 'envoy.filters.http.jwt_authn',
    });
  });

  test('an exception of callers and requests applies together; at a port without requests by callers only', () => {
    const except = [
      { origin, from: [spiffe('shop/web')], to: [{ origin, methods: ['GET'] }] },
      { origin, from: [spiffe('shop/ops')] },
    ];
    const rules = access(deny({ to: [{ origin, ports: ['http', 'db'] }], except }));
    expect(policies(rules)[0].rules).toEqual([
      { to: [{ operation: { ports: ['8080'] } }], when: [{ key: note, notValues: ['denied'] }] },
      {
        from: [{ source: { notPrincipals: ['shop.example/ns/shop/sa/ops'] } }],
        to: [{ operation: { ports: ['3306'] } }],
      },
    ]);
    expect(lost(rules)).toEqual([]);
  });

  test('an exception that names a port applies only to that port', () => {
    const except = [{ origin, to: [{ origin, ports: ['admin'], methods: ['GET'] }] }];
    const rules = access(deny({ to: [{ origin, ports: ['http', 'admin'] }], except }));
    const { policies: noting } = filters(rules)[0].configPatches[0].patch.value.typed_config.shadow_rules;
    expect(Object.keys(noting)).toEqual(['http', 'admin']);
    expect(noting.http).toEqual({ permissions: [{ destination_port: 8080 }], principals: [{ any: true }] });
    expect(noting.admin.permissions).toEqual([{ destination_port: 8081 }]);
  });

  test.each([
    [{ type: 'prefix', value: '' }, false, { values: ['*'] }],
    [{ type: 'suffix', value: 'a*' }, false, { values: ['*a*'] }],
    [{ type: 'present', value: false }, false, { notValues: ['*'] }],
    [{ type: 'present', value: false }, true, { values: ['*'] }],
    [{ type: 'exact', value: 'v' }, true, { notValues: ['v'] }],
  ] as const)('but a policy can express the header %j, negated: %s', (match, negated, values) => {
    const rules = access(allow({ ...anyone, to: [{ origin, headers: [header('x-a', match, negated)] }] }));
    expect(policies(rules)[0].rules[0].when).toEqual([{ key: 'request.headers[x-a]', ...values }]);
    expect(lost(rules)).toEqual([]);
  });

  test('two ports with one target port', () => {
    const twins = [port('http', 80), { ...port('admin', 81), targetPort: 80 }];
    const rules = access(
      allow({ ...anyone, to: [{ origin, ports: ['http'] }] }),
      deny({ to: [{ origin, ports: ['http'] }] }),
    );
    const [allowing, denying] = policies(rules, { ports: twins });
    expect(allowing.rules).toBeUndefined();
    expect(denying.rules).toEqual([{ to: [{ operation: { ports: ['80'] } }] }]);
    expect(lost(rules, { ports: twins })).toHaveLength(2);
  });
});
