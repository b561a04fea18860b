import { expect, test } from 'vitest';
import type { Gateway } from '../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import {
  authentication,
  external,
  gateway,
  issuer,
  listener,
  mesh,
  origin,
  port,
  service,
} from '../semantics/mesh.ts';

const web = service('shop/web', { ports: [port('http', 80, { service: 'shop/web' })] });
const http = (more: Partial<Gateway['listeners'][number]>): Gateway =>
  gateway('shop/public', [listener('http', 80, more)]);

test('a service whose identity changes is not proved, since its calls are those of another principal', () => {
  const moved = {
    ...web,
    workload: { ...web.workload, principal: { ...web.workload.principal, serviceAccount: 'other' } },
  };
  const { unproved } = compareMeshes(mesh({ services: [web] }), mesh({ services: [moved] }));
  expect(unproved).toEqual(['shop/web: its identity changes, so what it may call is not compared']);
});

test("a listener that reads the client's address elsewhere is not proved", () => {
  const { unproved } = compareMeshes(
    mesh({ services: [web], gateways: [http({})] }),
    mesh({ services: [web], gateways: [http({ clientAddress: { type: 'forwarded', hops: 1 } })] }),
  );
  expect(unproved).toEqual(["shop/public: the place where listeners read the client's address changes"]);
});

test('a gateway with the name of a service is compared with the gateway', () => {
  const same = service('shop/public', { ports: [port('http', 80, { service: 'shop/public' })] });
  const { unproved } = compareMeshes(
    mesh({ services: [same], gateways: [http({})] }),
    mesh({ services: [same], gateways: [http({ clientAddress: { type: 'forwarded', hops: 1 } })] }),
  );
  expect(unproved).toEqual(["shop/public: the place where listeners read the client's address changes"]);
});

test('other keys and another external authorization are not proved', () => {
  const keys = (text: string) =>
    mesh({
      services: [
        {
          ...web,
          authentication: authentication({
            issuers: [issuer('s', 'https://s.example', { jwks: { type: 'inline', text } })],
          }),
        },
      ],
    });
  expect(compareMeshes(keys('one'), keys('one')).unproved).toEqual([]);
  expect(compareMeshes(keys('one'), keys('two')).unproved).toHaveLength(1);
  const asking = (timeout: number) =>
    mesh({
      services: [
        {
          ...web,
          authentication: authentication({
            externalAuthorization: {
              origin,
              service: 'shop/web',
              port: 'http',
              protocol: 'grpc',
              timeout,
              onError: 'deny',
              includeHeaders: [],
              maxBody: 0,
            },
          }),
        },
      ],
    });
  expect(compareMeshes(asking(1), asking(2)).unproved).toHaveLength(1);
});

test('another bundle or issuer is not proved', () => {
  const of = (bundle: string, delegate: 'none' | 'spire' = 'none'): Ir => {
    const plain = mesh({ services: [web] });
    const federation = [{ trustDomain: 'partner.example', bundle }];
    return { ...plain, certificates: { ...plain.certificates, delegate, federation } };
  };
  expect(compareMeshes(of('p1.pem'), of('p1.pem')).unproved).toEqual([]);
  expect(compareMeshes(of('p1.pem'), of('p2.pem')).unproved).toEqual([
    'partner.example: which certificates of the federated trust domain are valid changes',
  ]);
  expect(compareMeshes(of('p1.pem'), of('p1.pem', 'spire')).unproved).toEqual([
    'the issuer of the certificates of the mesh changes',
  ]);
});

test('other authorities and names of servers are not proved', () => {
  const tls = { origin, sni: 'e.example', subjectAltNames: ['e.example'] };
  const ca = { type: 'file', name: 'ca.pem' } as const;
  const outside = (more: object): Ir =>
    mesh({ externals: [external('shop/e', { tls: { ...tls, ...more } })] });
  const inside = (more: object): Ir =>
    mesh({ services: [{ ...web, ports: web.ports.map((one) => ({ ...one, tls: { ...tls, ...more } })) }] });
  for (const of of [outside, inside]) {
    expect(compareMeshes(of({}), of({})).unproved).toEqual([]);
    expect(compareMeshes(of({}), of({ ca })).unproved).toHaveLength(1);
    expect(compareMeshes(of({}), of({ subjectAltNames: ['e.example', 'f.example'] })).unproved).toHaveLength(
      1,
    );
  }
});

test('other authorities for clients are not proved, whatever the name of the listener is', () => {
  const of = (listenerName: string, name: string): Ir =>
    mesh({
      gateways: [
        gateway('shop/public', [
          listener(listenerName, 443, {
            protocol: 'https',
            tls: {
              origin,
              certificate: { type: 'issued' },
              minVersion: '1.2',
              clientCertificates: { ca: { type: 'file', name }, required: true },
            },
          }),
        ]),
      ],
    });
  expect(compareMeshes(of('web', 'a.pem'), of('web', 'b.pem')).unproved).toHaveLength(1);
  expect(compareMeshes(of('web', 'a.pem'), of('api', 'b.pem')).unproved).toContain(
    'shop/public: which client certificates are valid changes',
  );
});

const wide = { hostnames: ['*.example'] };
const narrow = { hostnames: ['x.example'] };

test('a listener that takes hosts of another one is the same place', () => {
  const forwarded = { clientAddress: { type: 'forwarded', hops: 1 } } as const;
  const of = (...listeners: Gateway['listeners']): Ir =>
    mesh({ gateways: [gateway('shop/public', listeners)] });
  const reason = "shop/public: the place where listeners read the client's address changes";
  const [all, one] = [listener('web', 80, { ...wide, ...forwarded }), listener('neu', 80, narrow)];
  expect(compareMeshes(of(all), of(one)).unproved).toEqual([reason]);
  expect(compareMeshes(of(one), of(all)).unproved).toEqual([reason]);
  expect(compareMeshes(of(all), of(all, one)).unproved).toEqual([reason]);
  const other = listener('neu', 80, { ...narrow, httpsRedirect: true });
  expect(compareMeshes(of(all, one), of(all, other)).unproved).toEqual([]);
});

test('other authorities for clients of some hosts are not proved', () => {
  const of = (name: string, hosts: object, file: string): Ir =>
    mesh({
      gateways: [
        gateway('shop/public', [
          listener(name, 443, {
            ...hosts,
            protocol: 'https',
            tls: {
              origin,
              certificate: { type: 'issued' },
              minVersion: '1.2',
              clientCertificates: { ca: { type: 'file', name: file }, required: true },
            },
          }),
        ]),
      ],
    });
  expect(compareMeshes(of('web', wide, 'a.pem'), of('neu', narrow, 'b.pem')).unproved).toEqual([
    'shop/public: which client certificates are valid changes',
  ]);
  expect(compareMeshes(of('web', wide, 'a.pem'), of('neu', narrow, 'a.pem')).unproved).toEqual([]);
});
