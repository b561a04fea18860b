import { describe, expect, test } from 'vitest';
import type { AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Forward } from '../../../src/core/ir/route.ts';
import type { Service } from '../../../src/core/ir/service.ts';
import { type Asked, answer, ask } from './ask.ts';
import {
  access,
  allow,
  authentication,
  deny,
  type Effective,
  forward,
  header,
  issuer,
  line,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  spiffe,
} from './mesh.ts';

const passes = 'forwarded shop/reviews@* 1';
const refused = 'refused 403';
const anyone = { type: 'anyone' } as const;

function guarded(rules: readonly Effective[], parts: Partial<Omit<Service, 'settings'>> = {}): Ir {
  const reviews = service('shop/reviews', { access: access(...rules), ...parts });
  return mesh({ services: [reviews, service('guests/g'), service('ops/o')] });
}

describe('open and closed', () => {
  test('"access: posture of a service that no Access closes": open', () => {
    expect(answer(guarded([]))).toBe(passes);
  });

  test('"closed when the posture is deny": nobody passes without an allow', () => {
    expect(answer(guarded([], { access: { closed: true, allow: [], deny: [] } }))).toBe(refused);
  });

  test('"a call passes when some allow matches and no deny does"', () => {
    const ir = guarded([
      allow({ from: [spiffe('shop/web'), spiffe('guests/g')] }),
      deny({ from: [spiffe('guests/g')] }),
    ]);
    expect(answer(ir)).toBe(passes);
    expect(answer(ir, { from: 'guests/g' })).toBe(refused);
    expect(answer(ir, { from: 'ops/o' })).toBe(refused);
  });

  test('"on an open one only denies count"', () => {
    const ir = guarded([deny({ from: [spiffe('guests/g')] })]);
    expect(answer(ir)).toBe(passes);
    expect(answer(ir, { from: 'guests/g' })).toBe(refused);
  });

  test('the refusing rule is named with its line, and so is the rule that accepts a call', () => {
    const ir = guarded([allow({ from: [anyone] }, line(11)), deny({ from: [spiffe('guests/g')] }, line(12))]);
    expect(ask(ir, { from: 'guests/g' }).decidedBy).toEqual(
      expect.arrayContaining([expect.objectContaining(line(12))]),
    );
    expect(ask(ir).decidedBy).toEqual(expect.arrayContaining([expect.objectContaining(line(11))]));
  });

  test('if no allow matches the call, each one names the part that does not fit', () => {
    const ir = guarded([
      allow({ from: [spiffe('ops/o')] }, line(21)),
      allow({ from: [anyone], to: [{ origin, methods: ['POST'] }] }, line(22)),
    ]);
    expect(ask(ir).decidedBy.filter(({ line: at }) => at > 20)).toEqual([
      { ...line(21), what: expect.stringContaining('`from`') as string },
      { ...line(22), what: expect.stringContaining('`to`') as string },
    ]);
  });
});

describe('principals', () => {
  test.each([
    ['{service}', spiffe('shop/web'), ['shop/web']],
    [
      '{namespace}',
      { type: 'namespace', trustDomain: 'shop.example', namespace: 'guests' } as const,
      ['guests/g'],
    ],
    [
      '{namespace} of another trust domain',
      { type: 'namespace', trustDomain: 'b.example', namespace: 'guests' } as const,
      [],
    ],
    [
      '{authenticated: true} "any identity"',
      { type: 'authenticated' } as const,
      ['shop/web', 'guests/g', 'ops/o'],
    ],
    ['{anyone: true}', anyone, ['shop/web', 'guests/g', 'ops/o']],
  ])('%s', (_, from, expected) => {
    const ir = guarded([allow({ from: [from] })]);
    expect(
      ['shop/web', 'guests/g', 'ops/o'].filter((caller) => answer(ir, { from: caller }) === passes),
    ).toEqual(expected);
  });

  test('{authenticated} matches no caller without identity, {anyone} "also no identity"', () => {
    const permissive = { mtls: 'permissive' } as const;
    expect(
      answer(guarded([allow({ from: [{ type: 'authenticated' }] })], permissive), { from: 'anonymous' }),
    ).toBe(refused);
    expect(answer(guarded([allow({ from: [anyone] })], permissive), { from: 'anonymous' })).toBe(passes);
  });

  test('a deny without `from` matches everybody', () => {
    const ir = guarded([allow({ from: [anyone] }), deny({ to: [{ origin, methods: ['DELETE'] }] })]);
    expect(answer(ir)).toBe(passes);
    expect(answer(ir, { method: 'DELETE' })).toBe(refused);
  });
});

describe('"`to` has `ports`, `methods`, `paths`, `hosts`, `headers`"', () => {
  const to = (operation: Omit<NonNullable<AccessRule['to']>[number], 'origin'>): Ir => {
    const ports = [port('http', 9080), port('admin', 9090)];
    return guarded([allow({ from: [anyone], to: [{ origin, ...operation }] })], { ports });
  };
  const at = (host: string): Asked => ({ host });

  test('ports', () => {
    expect(answer(to({ ports: ['http'] }), at('reviews:9080'))).toBe(passes);
    expect(answer(to({ ports: ['http'] }), at('reviews:9090'))).toBe(refused);
  });

  test('methods', () => {
    expect(answer(to({ methods: ['GET', 'POST'] }), at('reviews:9080'))).toBe(passes);
    expect(answer(to({ methods: ['POST'] }), at('reviews:9080'))).toBe(refused);
  });

  test('paths: one of them, normalised and without the query', () => {
    const ir = to({
      paths: [
        { type: 'exact', value: '/a' },
        { type: 'prefix', value: '/p' },
      ],
    });
    const got = (path: string): string => answer(ir, { ...at('reviews:9080'), path, query: 'x=/y' });
    expect(['/a', '/x/../a', '/p', '/p/q', '//p'].map(got)).toEqual(Array(5).fill(passes));
    expect(['/b', '/pq', '/a/'].map(got)).toEqual(Array(3).fill(refused));
  });

  test('hosts: without the port, in any case; `*.` stands for one or more labels', () => {
    const ir = to({ hosts: ['reviews', '*.cluster.local'] });
    expect(answer(ir, at('Reviews:9080'))).toBe(passes);
    expect(answer(ir, at('reviews.shop.svc.cluster.local:9080'))).toBe(passes);
    expect(answer(ir, at('reviews.shop:9080'))).toBe(refused);
  });

  test('headers: each of them has to fit', () => {
    const ir = to({
      headers: [
        header('x-a', { type: 'exact', value: '1' }),
        header('x-b', { type: 'present', value: true }),
      ],
    });
    expect(
      answer(ir, {
        ...at('reviews:9080'),
        headers: [
          ['x-a', '1'],
          ['x-b', ''],
        ],
      }),
    ).toBe(passes);
    expect(answer(ir, { ...at('reviews:9080'), headers: [['x-a', '1']] })).toBe(refused);
  });

  test('"a rule = from AND to AND when; lists inside are OR"', () => {
    const operations = [
      { origin, methods: ['GET'] },
      { origin, paths: [{ type: 'exact', value: '/p' }] as const },
    ];
    const ir = guarded([allow({ from: [spiffe('shop/web'), spiffe('ops/o')], to: operations })]);
    expect(answer(ir, { from: 'ops/o' })).toBe(passes);
    expect(answer(ir, { method: 'POST', path: '/p' })).toBe(passes);
    expect(answer(ir, { method: 'POST' })).toBe(refused);
    expect(answer(ir, { from: 'guests/g' })).toBe(refused);
  });
});

describe('"access rules see the path, host and headers that the server receives (after the route\'s changes)"', () => {
  const changed = (
    action: Partial<Forward>,
    operation: Omit<NonNullable<AccessRule['to']>[number], 'origin'>,
  ): Ir => {
    const ports = [port('http', 9080, { route: route(rule({ action: forward(action) })) })];
    return guarded([allow({ from: [anyone], to: [{ origin, ...operation }] })], { ports });
  };

  test('path', () => {
    const action = { rewrite: { origin, path: { type: 'replaceFull', value: '/new' } } } as const;
    expect(answer(changed(action, { paths: [{ type: 'exact', value: '/new' }] }), { path: '/old' })).toBe(
      passes,
    );
    expect(answer(changed(action, { paths: [{ type: 'exact', value: '/old' }] }), { path: '/old' })).toBe(
      refused,
    );
  });

  test('host', () => {
    const action = { rewrite: { origin, host: 'new.internal:80' } };
    expect(answer(changed(action, { hosts: ['new.internal'] }))).toBe(passes);
    expect(answer(changed(action, { hosts: ['reviews.shop'] }))).toBe(refused);
  });

  test('headers: set, add and remove', () => {
    const requestHeaders = {
      set: [{ name: 'x-s', value: 'new' }],
      add: [{ name: 'x-a', value: 'more' }],
      remove: ['x-r'],
    };
    const sent: Asked = {
      headers: [
        ['x-s', 'old'],
        ['x-a', 'less'],
        ['x-r', '1'],
      ],
    };
    const holds = (name: string, value: string): boolean =>
      answer(changed({ requestHeaders }, { headers: [header(name, { type: 'exact', value })] }), sent) ===
      passes;
    expect([holds('x-s', 'new'), holds('x-s', 'old')]).toEqual([true, false]);
    expect([holds('x-a', 'more'), holds('x-a', 'less')]).toEqual([true, true]);
    expect(holds('x-r', '1')).toBe(false);
  });
});

describe('jwt', () => {
  const staff = 'https://staff.example';

  function asking(claims: Readonly<Record<string, readonly string[]>>, iss?: string): Ir {
    const condition = {
      origin,
      claims: Object.entries(claims).map(([path, values]) => ({ path: path.split('.'), values })),
      ...(iss === undefined ? {} : { issuer: iss }),
    };
    const issuers = [issuer('staff', staff), issuer('partners', 'https://partners.example')];
    return guarded([allow({ from: [anyone], when: [condition] })], {
      authentication: authentication({ issuers }),
    });
  }

  const token = (claims: Record<string, unknown>): Asked => ({ claims: { iss: staff, ...claims } });

  test('"a valid token of this issuer (default any)"', () => {
    expect(answer(asking({}), token({}))).toBe(passes);
    expect(answer(asking({}))).toBe(refused);
    expect(answer(asking({}, staff), token({}))).toBe(passes);
    expect(answer(asking({}, 'https://partners.example'), token({}))).toBe(refused);
  });

  test('"whose claims each equal, or as a list contain, one of the values"', () => {
    const ir = asking({ role: ['admin', 'owner'], team: ['a'] });
    expect(answer(ir, token({ role: 'owner', team: 'a' }))).toBe(passes);
    expect(answer(ir, token({ role: ['guest', 'admin'], team: ['b', 'a'] }))).toBe(passes);
    expect(answer(ir, token({ role: 'owner' }))).toBe(refused);
    expect(answer(ir, token({ role: 'owner', team: 'aa' }))).toBe(refused);
    expect(answer(ir, token({ role: [], team: 'a' }))).toBe(refused);
    expect(answer(ir, token({ role: { admin: true }, team: 'a' }))).toBe(refused);
  });

  test('"maps reach into claims"', () => {
    const ir = asking({ 'realm.roles': ['admin'] });
    expect(answer(ir, token({ realm: { roles: ['admin'] } }))).toBe(passes);
    expect(answer(ir, token({ realm: ['roles', 'admin'] }))).toBe(refused);
    expect(answer(ir, token({ 'realm.roles': 'admin' }))).toBe(refused);
    expect(answer(ir, token({ roles: ['admin'] }))).toBe(refused);
  });

  test('"`scope` and `permission` are split at spaces", no other claim is', () => {
    expect(answer(asking({ scope: ['write'] }), token({ scope: 'read write' }))).toBe(passes);
    expect(answer(asking({ permission: ['write'] }), token({ permission: 'read write' }))).toBe(passes);
    expect(answer(asking({ scope: ['write'] }), token({ scope: ['read', 'write'] }))).toBe(passes);
    expect(answer(asking({ scope: ['rite'] }), token({ scope: 'read write' }))).toBe(refused);
    expect(answer(asking({ role: ['write'] }), token({ role: 'read write' }))).toBe(refused);
    expect(answer(asking({ 'scope.a': ['write'] }), token({ scope: { a: 'read write' } }))).toBe(refused);
    expect(answer(asking({ 'a.scope': ['write'] }), token({ a: { scope: 'read write' } }))).toBe(refused);
    expect(answer(asking({ role: ['read write'] }), token({ role: 'read write' }))).toBe(passes);
  });

  test('inherited names of objects are not claims', () => {
    expect(answer(asking({ constructor: ['x'] }), token({}))).toBe(refused);
    expect(answer(asking({ '__proto__.role': ['admin'] }), token({}))).toBe(refused);
  });

  test('a service that checks no tokens has no valid one', () => {
    const ir = guarded([allow({ from: [anyone], when: [{ origin, claims: [] }] })]);
    expect(answer(ir, token({}))).toBe(refused);
  });
});

describe('"on a port that isn\'t HTTP an entry with more than `ports`, or a rule with `when`, never matches, allow or deny"', () => {
  const db = [port('db', 3306, { protocol: 'tcp' })];
  const tcp = (...rules: readonly Effective[]): string => answer(guarded(rules, { ports: db }));
  const open = allow({ from: [anyone] });

  test('allow', () => {
    expect(tcp(open)).toBe(passes);
    expect(tcp(allow({ from: [anyone], to: [{ origin, ports: ['db'] }] }))).toBe(passes);
    expect(tcp(allow({ from: [anyone], to: [{ origin, ports: ['db'], methods: ['GET'] }] }))).toBe(
      'refused 0',
    );
    expect(tcp(allow({ from: [anyone], when: [{ origin, claims: [] }] }))).toBe('refused 0');
  });

  test('deny', () => {
    expect(tcp(open, deny({ to: [{ origin, ports: ['db'] }] }))).toBe('refused 0');
    expect(tcp(open, deny({ to: [{ origin, paths: [{ type: 'prefix', value: '' }] }] }))).toBe(passes);
    expect(tcp(open, deny({ when: [{ origin, claims: [] }] }))).toBe(passes);
  });
});
