import { describe, expect, test } from 'vitest';
import { answer, forwarded } from './ask.ts';
import {
  access,
  allow,
  backend,
  type Effective,
  external,
  externalPort,
  forward,
  gateway,
  listener,
  match,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  spiffe,
  version,
} from './mesh.ts';

const passes = 'forwarded shop/reviews@* 1';

describe('"on tls and tcp ports [a match] has only `sni`, `port` and `from`"', () => {
  const to = (to: string, ...matches: Parameters<typeof match>) =>
    rule({
      matches: matches.map(match),
      action: forward({ backends: [backend({ service: to, port: 'tls' })] }),
    });
  const tls = (id: string, ...rules: ReturnType<typeof rule>[]) =>
    service(id, {
      ports: [
        port('tls', 443, {
          protocol: 'tls',
          service: id,
          ...(rules.length > 0 ? { route: route(...rules) } : {}),
        }),
      ],
    });
  const ir = mesh({
    services: [
      tls(
        'shop/reviews',
        to('shop/a', { sni: ['a.example', '*.a.example'] }),
        to('shop/b', { from: [spiffe('shop/web')], sni: ['b.example'] }),
      ),
      tls('shop/a'),
      tls('shop/b'),
      service('ops/o'),
    ],
  });

  test.each([
    ['a.example', 'shop/web', 'forwarded shop/a@* 1'],
    ['A.EXAMPLE', 'shop/web', 'forwarded shop/a@* 1'],
    ['x.y.a.example', 'shop/web', 'forwarded shop/a@* 1'],
    ['b.example', 'shop/web', 'forwarded shop/b@* 1'],
    // "One dot at the end of a host that a caller sends (… and of the SNI) is dropped before anything reads it".
    ['b.example.', 'shop/web', 'forwarded shop/b@* 1'],
    ['b.example..', 'shop/web', 'unroutable 0'],
    ['b.example', 'ops/o', 'unroutable 0'],
    ['c.example', 'shop/web', 'unroutable 0'],
    [undefined, 'shop/web', 'unroutable 0'],
  ])('%s from %s: %s', (sni, from, expected) =>
    expect(answer(ir, { from, port: 'tls', ...(sni === undefined ? {} : { sni }) })).toBe(expected),
  );
});

describe('"on tls and tcp ports the connection is closed (0)"', () => {
  const db = (parts: Parameters<typeof service>[1] = {}) =>
    mesh({
      services: [
        service('shop/reviews', { ports: [port('db', 3306, { protocol: 'mysql' })], ...parts }),
        service('ops/o'),
      ],
    });

  test('it is forwarded, without a path or timeout, and with one try', () => {
    expect(answer(db())).toBe(passes);
    expect(answer(db(), { port: 'db' })).toBe(passes);
    expect(answer(db(), { port: 3306 })).toBe(passes);
    expect(forwarded(db(), { port: 'db', path: '/%2f' })).toMatchObject({
      timeout: 0,
      tries: 1,
      rewritten: { path: '', host: '' },
    });
  });

  test('access', () => {
    const closed = access(allow({ from: [spiffe('ops/o')] }));
    expect(answer(db({ access: closed }))).toBe('refused 0');
    expect(answer(db({ access: closed }), { from: 'ops/o' })).toBe(passes);
  });

  test('not exposed', () => {
    expect(answer(db({ exposeTo: ['shop'] }), { from: 'ops/o' })).toBe('unroutable 0');
  });

  test('no endpoints', () => {
    expect(answer(db({ versions: [version('v1', 0)] }))).toBe('unroutable 0');
  });

  test('a Host is not read', () => {
    expect(answer(db(), { port: 'db', host: 'whatever' })).toBe(passes);
  });
});

describe('External', () => {
  const secure = external('shop/pay', {
    hosts: ['pay.example', '*.pay.example'],
    ports: [externalPort('tls', 443, { protocol: 'http', service: 'shop/pay', applicationTls: true })],
  });

  function to(parts: Partial<typeof secure>) {
    const ports = secure.ports.map((one) => ({
      ...one,
      route: route(rule({ action: forward({ backends: [backend({ service: 'shop/pay', port: 'tls' })] }) })),
    }));
    return mesh({ externals: [{ ...secure, ports, ...parts }], services: [service('ops/o')] });
  }

  test('"tls: the application speaks TLS itself": its hosts are SNI', () => {
    const asked = { to: 'shop/pay', port: 'tls' };
    expect(answer(to({}), { ...asked, sni: 'pay.example' })).toBe('forwarded shop/pay@* 1');
    expect(answer(to({}), { ...asked, sni: 'eu.pay.example' })).toBe('forwarded shop/pay@* 1');
    expect(answer(to({}), { ...asked, sni: 'other.example' })).toBe('unroutable 0');
    expect(answer(to({}), { to: 'shop/pay' })).toBe('forwarded shop/pay@* 1');
  });

  test('"from: principals that may call it"', () => {
    const ir = to({ from: [spiffe('ops/o')] });
    expect(answer(ir, { to: 'shop/pay' })).toBe('unroutable 0');
    expect(answer(ir, { to: 'shop/pay', from: 'ops/o' })).toBe('forwarded shop/pay@* 1');
  });
});

describe('"gateway: the egress gateway that calls take, where Access can guard them"', () => {
  const taking = (...rules: readonly Effective[]) =>
    mesh({
      services: [service('ops/o')],
      externals: [external('shop/pay', { hosts: ['pay.example'], gateway: 'shop/egress', ports: [port80] })],
      gateways: [
        gateway('shop/egress', [listener('http', 80), listener('other', 81)], {
          type: 'egress',
          access: access(...rules),
        }),
      ],
    });
  const pay = route(rule({ action: forward({ backends: [backend({ service: 'shop/pay' })] }) }));
  const port80 = { ...externalPort('http', 80, { service: 'shop/pay' }), route: pay };

  test('without allows the gateway is open', () => {
    expect(answer(taking(), { to: 'shop/pay' })).toBe('forwarded shop/pay@* 1');
  });

  test('its rules see the caller, and the listener on the port', () => {
    const rules = allow({
      from: [spiffe('shop/web')],
      to: [{ origin, ports: ['http'], hosts: ['pay.example'] }],
    });
    expect(answer(taking(rules), { to: 'shop/pay' })).toBe('forwarded shop/pay@* 1');
    expect(answer(taking(rules), { to: 'shop/pay', from: 'ops/o' })).toBe('refused 403');
  });

  test('without a listener for them calls lead nowhere, never past the gateway', () => {
    const ir = mesh({
      externals: [external('shop/pay', { hosts: ['pay.example'], gateway: 'shop/egress', ports: [port80] })],
      gateways: [
        gateway('shop/egress', [listener('other', 80, { hostnames: ['b.example'] })], { type: 'egress' }),
      ],
    });
    expect(answer(ir, { to: 'shop/pay' })).toBe('unroutable 503');
  });

  test("behind the application's own TLS callers have no identity", () => {
    const tls = route(
      rule({ action: forward({ backends: [backend({ service: 'shop/pay', port: 'tls' })] }) }),
    );
    const port443 = {
      ...externalPort('tls', 443, { service: 'shop/pay', applicationTls: true }),
      route: tls,
    };
    const guarded = (from: Parameters<typeof allow>[0]['from']) =>
      mesh({
        externals: [
          external('shop/pay', { hosts: ['pay.example'], gateway: 'shop/egress', ports: [port443] }),
        ],
        gateways: [
          gateway('shop/egress', [listener('tls', 443, { protocol: 'tls' })], {
            type: 'egress',
            access: access(allow({ ...(from && { from }) })),
          }),
        ],
      });
    expect(answer(guarded([{ type: 'anyone' }]), { to: 'shop/pay' })).toBe('forwarded shop/pay@* 1');
    expect(answer(guarded([spiffe('shop/web')]), { to: 'shop/pay' })).toBe('refused 0');
  });
});
