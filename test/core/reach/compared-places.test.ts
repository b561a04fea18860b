import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import {
  access,
  allow,
  backend,
  external,
  externalPort,
  forward,
  match,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  spiffe,
  version,
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
