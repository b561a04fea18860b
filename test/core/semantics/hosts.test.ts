import { describe, expect, test } from 'vitest';
import { answer, forwarded } from './ask.ts';
import {
  backend,
  external,
  externalPort,
  forward,
  mesh,
  port,
  route,
  rule,
  service,
  spiffe,
} from './mesh.ts';

const reviews = 'forwarded shop/reviews@* 1';

describe('names of a service: "`reviews`, `reviews.shop`, `reviews.shop.svc.cluster.local`, with or without port"', () => {
  const ir = mesh({
    services: [service('shop/reviews'), service('ops/tester', { ports: [] }), service('ops/other')],
  });

  test.each([
    'reviews',
    'reviews.shop',
    'reviews.shop.svc.cluster.local',
    'reviews:9080',
    'reviews.shop:9080',
    'reviews.shop.svc.cluster.local:9080',
    'REVIEWS.Shop',
  ])('%s', (host) => expect(answer(ir, { host })).toBe(reviews));

  test.each([
    'reviews.ops',
    'reviews.shop.svc',
    'reviews.shop.svc.cluster',
    'reviews.shop.cluster.local',
    '.',
    '',
  ])('%j is none of them: "unroutable 404, unknown host"', (host) =>
    expect(answer(ir, { host })).toBe('unroutable 404'),
  );

  test.each(['reviews.shop..', 'reviews.shop..:9080', 'elsewhere.example..'])(
    '%s is refused: the next proxy would drop its second dot, too',
    (host) => expect(answer(ir, { host })).toBe('refused 400'),
  );

  test.each(['reviews.', 'reviews.shop.', 'Reviews.Shop.:9080', 'reviews.shop.svc.cluster.local.'])(
    '%s: "one dot at the end of a host that a caller sends (before a port too) is dropped before anything reads it"',
    (host) => {
      expect(answer(ir, { host })).toBe(reviews);
      expect(forwarded(ir, { host }).rewritten.host).toBe(host.replace(/\.(?=:|$)/, ''));
    },
  );

  test('"`reviews` (same namespace)" is unknown in another namespace', () => {
    expect(answer(ir, { from: 'ops/tester', host: 'reviews' })).toBe('unroutable 404');
    expect(answer(ir, { from: 'ops/tester', host: 'reviews.shop' })).toBe(reviews);
    expect(answer(ir, { from: 'ops/tester', host: 'other' })).toBe('forwarded ops/other@* 1');
  });

  test('a missing Host is that of the requested service, and the server receives it', () => {
    expect(forwarded(ir).rewritten.host).toBe('reviews.shop');
    expect(forwarded(ir, { port: 'http' }).rewritten.host).toBe('reviews.shop:9080');
    expect(forwarded(ir, { host: 'Reviews' }).rewritten.host).toBe('Reviews');
  });

  test('"`Host` picks service and port": it wins over the requested service', () => {
    expect(answer(ir, { to: 'ops/other', host: 'reviews.shop' })).toBe(reviews);
  });
});

describe('"a host without a port means the service\'s only HTTP port, else the one on 80, else it is unroutable"', () => {
  const named = (...ports: readonly (readonly [string, number, ('http' | 'tcp' | 'grpc')?])[]) =>
    mesh({
      services: [
        service('shop/reviews', {
          ports: ports.map(([name, number, protocol = 'http']) => port(name, number, { protocol })),
        }),
      ],
    });

  test('the only HTTP port, whichever other ports there are', () => {
    expect(forwarded(named(['http', 9080], ['db', 3306, 'tcp']), { host: 'reviews' }).port).toBe(9080);
  });

  test('of several ports the one on 80', () => {
    expect(forwarded(named(['http', 9080], ['web', 80]), { host: 'reviews' }).portName).toBe('web');
  });

  test('of several ports none is on 80', () => {
    expect(answer(named(['http', 9080], ['grpc', 9090, 'grpc']), { host: 'reviews' })).toBe('unroutable 404');
    expect(answer(named(['http', 9080], ['db', 80, 'tcp'], ['x', 81]), { host: 'reviews' })).toBe(
      'unroutable 404',
    );
  });

  test('"unroutable 404, unknown host or port"', () => {
    const ir = named(['http', 9080], ['db', 3306, 'tcp']);
    expect(answer(ir, { host: 'reviews:9081' })).toBe('unroutable 404');
    expect(answer(ir, { host: 'reviews:3306' })).toBe('unroutable 404');
    expect(answer(ir, { port: 'none' })).toBe('unroutable 404');
    expect(answer(ir, { port: 9081 })).toBe('unroutable 404');
  });
});

describe('"exposeTo: namespaces that may see it, beside its own; default all"', () => {
  const ir = mesh({
    services: [
      service('shop/reviews', { exposeTo: ['shop', 'ops'] }),
      ...['ops/a', 'guests/b'].map((id) => service(id)),
    ],
    egress: 'allow',
  });

  test.each([
    ['shop/web', reviews],
    ['ops/a', reviews],
    ['guests/b', 'unroutable 404'],
  ])('%s: %s', (from, expected) => expect(answer(ir, { from })).toBe(expected));
});

test('"exposeTo: namespaces that may see it": a Route may forward a caller to a service that the caller can not name', () => {
  const inside = forward({ backends: [backend({ service: 'ops/inner' })] });
  const ir = mesh({
    services: [
      service('shop/reviews', { ports: [port('http', 9080, { route: route(rule({ action: inside })) })] }),
      service('ops/inner', { exposeTo: ['ops'] }),
    ],
  });
  expect(answer(ir)).toBe('forwarded ops/inner@* 1');
  expect(answer(ir, { host: 'inner.ops' })).toBe('unroutable 404');
});

describe('"egress: calls to hosts that no External names: deny | allow"', () => {
  const services = [service('shop/reviews')];

  test('deny: an unknown host', () => {
    expect(answer(mesh({ services }), { host: 'example.org' })).toBe('unroutable 404');
  });

  test('allow: it is forwarded, with the timeout of the mesh and one try', () => {
    const ir = mesh({ services, egress: 'allow', unknownHostTimeout: 7000 });
    expect(answer(ir, { host: 'example.org:8080' })).toBe('forwarded example.org:8080@* 1');
    expect(forwarded(ir, { host: 'example.org:8080' })).toMatchObject({
      timeout: 7000,
      tries: 1,
      port: 8080,
    });
    expect(forwarded(ir, { host: 'example.org' }).port).toBe(80);
  });
});

describe('External', () => {
  const ir = mesh({
    services: [service('shop/reviews')],
    externals: [
      external('shop/pay', { hosts: ['pay.example', '*.pay.example'] }),
      external('shop/cards', { hosts: ['*.cards.pay.example'] }),
      external('shop/mine', { hosts: ['mine.example'], from: [spiffe('shop/reviews')] }),
      external('shop/own-tls', {
        hosts: ['tls.example'],
        ports: [externalPort('http', 443, { service: 'shop/own-tls', applicationTls: true })],
      }),
    ],
  });

  test.each([
    ['pay.example', 'forwarded shop/pay@* 1'],
    ['pay.example:80', 'forwarded shop/pay@* 1'],
    ['PAY.example', 'forwarded shop/pay@* 1'],
    ['pay.example:81', 'unroutable 404'],
    ['a.pay.example', 'forwarded shop/pay@* 1'],
    ['a.b.pay.example', 'forwarded shop/pay@* 1'],
    ['cards.pay.example', 'forwarded shop/pay@* 1'],
    ['a.cards.pay.example', 'forwarded shop/cards@* 1'],
    ['xpay.example', 'unroutable 404'],
    ['.pay.example', 'unroutable 404'],
  ])('"hosts: DNS names, `*.` too": %s', (host, expected) => expect(answer(ir, { host })).toBe(expected));

  test('"from: principals that may call it (all), to others an unknown host"', () => {
    expect(answer(ir, { host: 'mine.example' })).toBe('unroutable 404');
    expect(answer(ir, { host: 'mine.example', from: 'shop/reviews' })).toBe('forwarded shop/mine@* 1');
  });

  test('a missing Host is its first host', () => {
    expect(forwarded(ir, { to: 'shop/pay' }).rewritten.host).toBe('pay.example');
  });

  test('a port where "the application speaks TLS itself" accepts no requests', () => {
    expect(answer(ir, { host: 'tls.example:443' })).toBe('unroutable 404');
  });

  test('a service wins over an External of the same host', () => {
    const both = mesh({
      services: [service('shop/reviews')],
      externals: [external('shop/x', { hosts: ['reviews.shop'] })],
    });
    expect(answer(both, { host: 'reviews.shop' })).toBe(reviews);
  });
});
