import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { listAccess } from '../../../src/core/reach/list-access.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import {
  access,
  allow,
  authentication,
  backend,
  deny,
  external,
  externalPort,
  forward,
  gateway,
  issuer,
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
  virtualHost,
} from '../semantics/mesh.ts';

const r = 'shop/r';
const respond = { type: 'respond', origin, status: 200, body: 'ok' } as const;

/** Returns the callers and hosts of the requests that gain access, and the opposite change's that lose it. */
function gained(before: Ir, after: Ir): readonly (readonly [string, string | undefined])[] {
  const there = compareMeshes(before, after);
  const back = compareMeshes(after, before);
  expect([there.unproved, there.lost, back.unproved, back.gained]).toEqual([[], [], [], []]);
  expect(back.lost.map(({ request }) => request)).toEqual(there.gained.map(({ request }) => request));
  return there.gained.map(({ from, request: { host } }) => [from.join(), host]);
}

test('a federated trust domain gives its accounts what any authenticated caller may do', () => {
  const open = service(r, {
    ports: [port('http', 80, { service: r })],
    access: access(allow({ from: [spiffe('shop/web'), { type: 'authenticated' }] })),
  });
  const of = (...federated: readonly string[]): Ir => mesh({ services: [open] }, federated);
  const partners = [['other accounts of partner.example', undefined]];
  expect(gained(of(), of('partner.example'))).toEqual(partners);
  expect(gained(of('a.example'), of('a.example', 'partner.example'))).toEqual(partners);
});

test('a trust domain takes the place of a federated one, also under the name that stands for others', () => {
  const open = service(r, {
    ports: [port('http', 80, { service: r })],
    access: access(allow({ from: [{ type: 'authenticated' }] })),
  });
  const of = (...federated: readonly string[]): Ir => mesh({ services: [open] }, federated);
  expect(gained(of(), of('other-domain.invalid'))).toEqual([
    ['other accounts of other-domain.invalid', undefined],
  ]);
});

test('copies go to the versions of a service that changes', () => {
  const copying = service(r, {
    ports: [
      port('http', 80, {
        route: route(
          rule({
            action: forward({
              backends: [backend({ service: r })],
              mirrors: [{ origin, service: 'shop/copy', port: 'http', percent: 100 }],
            }),
          }),
        ),
      }),
    ],
  });
  const of = (name: string): Ir =>
    mesh({
      services: [
        copying,
        service('shop/copy', {
          ports: [port('http', 80, { service: 'shop/copy' })],
          versions: [version(name, 1)],
        }),
      ],
    });
  expect(compareMeshes(of('v1'), of('v2')).routing.map(({ to }) => to)).toContain(r);
});

test('the Route of an External leads to a service whose Access changes', () => {
  const e = 'shop/e';
  const led = route(
    rule({
      matches: [match({ path: { type: 'prefix', value: '/x' } })],
      action: forward({ backends: [backend({ service: r })] }),
    }),
  );
  const of = (...from: readonly string[]): Ir =>
    mesh({
      services: [
        service(r, {
          ports: [port('http', 80, { route: route(rule({ action: respond })) })],
          access: access(allow({ from: from.map(spiffe) })),
        }),
      ],
      externals: [
        external(e, {
          hosts: ['api.example'],
          ports: [{ ...externalPort('http', 80, { service: e }), route: led }],
        }),
      ],
    });
  expect(gained(of(r), of(r, 'shop/web'))).toEqual([['shop/web', 'api.example:80']]);
});

test('accounts of a namespace that has the name that stands for others are told apart', () => {
  const all = { type: 'namespace', trustDomain: 'shop.example', namespace: 'other-ns' } as const;
  const of = (...rules: readonly Parameters<typeof allow>[0][]): Ir =>
    mesh({
      services: [
        service(r, {
          ports: [port('http', 80, { service: r })],
          access: access(...rules.map((one) => allow(one))),
        }),
      ],
    });
  const before = of({ from: [all] });
  const after = of({ from: [all] }, { from: [{ type: 'authenticated' }] });
  expect(gained(before, after).map(([from]) => from)).toEqual([
    'every other service of shop,other accounts of shop,other accounts of shop.example',
  ]);
});

const web = { type: 'service', id: 'shop/web' } as const;

/** Returns a mesh with an egress gateway that lets `web` call these hosts of an External. */
function leaving(hosts: readonly string[], ...allowed: readonly string[]): Ir {
  return mesh({
    externals: [external('shop/e', { hosts, gateway: 'shop/eg' })],
    gateways: [
      gateway('shop/eg', [listener('http', 80)], {
        type: 'egress',
        access: access(allow({ from: [spiffe('shop/web')], to: [{ origin, hosts: allowed }] })),
      }),
    ],
  });
}

test('an egress gateway tells the hosts below a wildcard apart', () => {
  const hosts = ['*.example.com'];
  const [before, after] = [leaving(hosts, 'a.example.com'), leaving(hosts, 'a.example.com', 'b.example.com')];
  expect(gained(before, after)).toEqual([['shop/web', 'b.example.com:80']]);
  const listed = [...listAccess(before, { to: 'shop/e', isUnused: false })];
  expect(listed.map(({ from }) => from)).toEqual([['shop/web']]);
});

test('a host that nothing names stands for those outside the mesh, whatever top-level domains it names', () => {
  const of = (egress: Ir['egress']): Ir =>
    mesh({
      egress,
      services: [service('invalid/other'), service('invalidx/other')],
      externals: [external('shop/e', { hosts: ['*.invalid', 'other.invalidxx'] })],
    });
  const found = gained(of('deny'), of('allow'));
  expect(found).toHaveLength(1);
  const asked = { method: 'GET', path: '/', headers: [] } as const;
  const host = found[0]?.[1] ?? '';
  expect(decide(of('allow'), { ...asked, from: web, to: { type: 'service', id: host }, host })).toMatchObject(
    {
      outcome: 'forwarded',
    },
  );
});

test('the host that stands for others is none that a gateway names', () => {
  const of = (...hosts: readonly string[]): Ir =>
    mesh({
      gateways: [
        gateway(
          'shop/public',
          [
            listener('http', 80, {
              virtualHosts: [virtualHost('*', rule({ action: { ...respond, status: 204 } }))],
            }),
          ],
          { access: access(deny({ to: [{ origin, hosts: ['*.invalid', ...hosts] }] })) },
        ),
      ],
    });
  const { lost, routing, gained: more, unproved } = compareMeshes(of(), of('*'));
  expect(unproved).toEqual([]);
  expect([...lost, ...routing, ...more].flatMap(({ request }) => request.host ?? [])).not.toEqual([]);
});

test('a host below a wildcard that has no External of its own stands for the others', () => {
  const of = (...from: readonly string[]): Ir =>
    mesh({
      externals: [
        external('shop/one', { hosts: ['any.example.com'], from: [spiffe('shop/web')] }),
        external('shop/wide', { hosts: ['*.example.com'], from: from.map(spiffe) }),
      ],
    });
  expect(gained(of(), of('shop/web'))).toEqual([['shop/web', 'anyx.example.com:80']]);
});

test('without the closer External, its callers are those of the wider one', () => {
  const wide = external('shop/wide', { hosts: ['*.example.com'], from: [spiffe('shop/web')] });
  const one = external('shop/one', { hosts: ['a.example.com'] });
  const of = (...externals: readonly (typeof one)[]): Ir =>
    mesh({ services: [service('shop/api'), service('ops/api')], externals });
  const { gained: more, lost } = compareMeshes(of(wide, one), of(wide));
  expect([more, lost.map(({ from }) => from)]).toEqual([[], [['shop/api', 'ops/api']]]);
});

const gate = { type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/public' } as const;

/** Returns an ingress gateway that leads all requests to one backend. */
function leadingTo(id: string): ReturnType<typeof gateway> {
  const led = rule({ action: forward({ backends: [backend({ service: id })] }) });
  return gateway('shop/public', [listener('http', 80, { virtualHosts: [virtualHost('*', led)] })]);
}

test('a gateway leads to another service, which allows one host', () => {
  const of = (id: string): Ir =>
    mesh({
      services: [
        service('shop/old', { ports: [port('http', 80, { service: 'shop/old' })], access: access(deny({})) }),
        service('shop/pay', {
          ports: [port('http', 80, { service: 'shop/pay' })],
          access: access(allow({ from: [gate], to: [{ origin, hosts: ['admin.example'] }] })),
        }),
      ],
      gateways: [leadingTo(id)],
    });
  expect(gained(of('shop/old'), of('shop/pay'))).toEqual([['any client', 'admin.example']]);
  const listed = [...listAccess(of('shop/pay'), { to: 'shop/public', isUnused: false })];
  expect(listed.map(({ conditions }) => [...conditions.keys()])).toEqual([['the host']]);
});

test('a gateway leads to an External by an egress gateway that allows one host', () => {
  const hosts = ['admin.bank.example', 'b.bank.example'];
  const of = (...allowed: readonly string[]): Ir =>
    mesh({
      externals: [external('shop/e', { hosts, gateway: 'shop/eg' })],
      gateways: [
        leadingTo('shop/e'),
        gateway('shop/eg', [listener('http', 80)], {
          type: 'egress',
          access: access(allow({ from: [gate], to: [{ origin, hosts: allowed }] })),
        }),
      ],
    });
  expect(gained(of('admin.bank.example'), of(...hosts))).toEqual([['any client', 'b.bank.example']]);
});

test('an account becomes a service, whose calls a Route leads to another service', () => {
  const shop = { type: 'namespace', trustDomain: 'shop.example', namespace: 'shop' } as const;
  const led = route(rule({ action: forward({ backends: [backend({ service: 'shop/old' })] }) }));
  const of = (...ids: readonly string[]): Ir =>
    mesh({
      services: [
        service('shop/old', {
          ports: [port('http', 80, { service: 'shop/old' })],
          access: access(allow({ from: [shop] })),
        }),
        service('shop/pay', { ports: [port('http', 80, { route: led })], access: access(deny({})) }),
        ...ids.map((id) => service(id, { ports: [] })),
      ],
    });
  expect(gained(of(), of('shop/new'))).toEqual([['shop/new', undefined]]);
});

test('an account becomes a service, whose proxy keeps it off an External that is for others', () => {
  const bank = external('shop/bank', { from: [spiffe('shop/pay')] });
  const of = (...services: readonly string[]): Ir =>
    mesh({ services: services.map((id) => service(id, { ports: [] })), externals: [bank] });
  const [less, more] = [of('shop/pay', 'shop/web', r), of('shop/pay', 'shop/web')];
  const names = gained(less, more);
  expect(names.length).toBeGreaterThan(0);
  for (const [from] of names) expect(from).toContain(r);
  expect(gained(of(), of())).toEqual([]);
  const open = mesh({ services: [service(r, { ports: [] })], externals: [external('shop/bank')] });
  expect(gained(open, mesh({ externals: [external('shop/bank')] }))).toEqual([]);
});

test('a wider External with another port takes the hosts that a closer one leaves', () => {
  const wide = external('shop/wide', {
    hosts: ['*.x.example'],
    ports: [externalPort('http', 8080, { service: 'shop/wide' })],
  });
  const one = (...from: readonly string[]): typeof wide =>
    external('shop/one', { hosts: ['api.x.example'], ...(from.length > 0 && { from: from.map(spiffe) }) });
  const of = (...more: readonly (typeof wide)[]): Ir =>
    mesh({ services: [service('shop/old', { ports: [] })], externals: [wide, ...more] });
  const found = (after: Ir): readonly unknown[] =>
    compareMeshes(of(one()), after).gained.map(({ from, request: { host } }) => [from, host]);
  expect(found(of())).toContainEqual([['every other service of shop'], 'api.x.example:8080']);
  expect(found(of(one('shop/old')))).toContainEqual([['shop/web'], 'api.x.example:8080']);
  const all = compareMeshes(of(one()), of());
  expect([...all.lost, ...all.routing].map(({ request: { host } }) => host)).toEqual([
    'api.x.example:80',
    'api.x.example',
  ]);
});

test('an External takes the names of a service that goes', () => {
  const hosts = ['*.shop.svc.cluster.local', '*.shop'];
  const of = (...ids: readonly string[]): Ir =>
    mesh({
      services: ids.map((id) =>
        service(id, { ports: [port('http', 80, { service: id })], access: access(deny({})) }),
      ),
      externals: [external('shop/e', { hosts, ports: [externalPort('http', 8080, { service: 'shop/e' })] })],
    });
  const { gained: more, unproved } = compareMeshes(of('shop/old'), of());
  expect(unproved).toEqual([]);
  const asked = more.map(({ conditions }) => conditions.get('the host'));
  expect(asked.flat()).toEqual(
    expect.arrayContaining(['old.shop', 'old.shop:8080', 'old.shop.svc.cluster.local:8080']),
  );
});

test('calls to a port that nothing has go outside once the host is no External', () => {
  const of = (...hosts: readonly string[]): Ir =>
    mesh({ egress: 'allow', externals: [external('shop/e', { hosts })] });
  const none = mesh({ egress: 'allow' });
  const hostsOf = (before: Ir, after: Ir): readonly unknown[] =>
    compareMeshes(before, after).gained.map(({ request: { host } }) => host);
  expect(hostsOf(of('api.x.example', 'b.example'), of('b.example'))).toContain('api.x.example:9999');
  expect(hostsOf(of('api.x.example'), none)).toContain('api.x.example:9999');
  const closed = service('shop/old', { ports: [port('http', 80)], access: access(deny({})) });
  expect(hostsOf(mesh({ egress: 'allow', services: [closed] }), none)).toEqual(
    expect.arrayContaining(['old.shop:9999']),
  );
});

test('another first host of an External takes the calls without a Host', () => {
  const of = (...hosts: readonly string[]): Ir => mesh({ externals: [external('shop/e', { hosts })] });
  const {
    gained: more,
    lost,
    routing,
  } = compareMeshes(of('a.example', 'b.example'), of('b.example', 'a.example'));
  expect([more, lost, routing.map(({ request: { host } }) => host)]).toEqual([[], [], [undefined]]);
});

test('a header that another claim writes is shown by a token with both claims', () => {
  const of = (claim: string): Ir =>
    mesh({
      services: [
        service(r, {
          ports: [port('http', 80, { service: r })],
          authentication: authentication({
            issuers: [issuer('staff', 'https://s.example', { claimHeaders: [{ header: 'x-who', claim }] })],
          }),
        }),
      ],
    });
  const { routing, unproved } = compareMeshes(of('sub'), of('org.mail'));
  expect(unproved).toEqual([]);
  const [{ request, before, after }] = routing as [(typeof routing)[number]];
  expect(request.claims).toMatchObject({ iss: 'https://s.example', sub: 'sub' });
  const headerOf = (outcome: object): unknown =>
    'requestHeaders' in outcome ? outcome.requestHeaders : undefined;
  expect(headerOf(before)).toMatchObject({ set: [{ name: 'x-who', value: 'sub' }] });
  expect(headerOf(after)).not.toEqual(headerOf(before));
});
