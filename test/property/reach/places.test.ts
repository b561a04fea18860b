import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { External } from '../../../src/core/ir/external.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { PrincipalMatch } from '../../../src/core/ir/principal.ts';
import type { Route } from '../../../src/core/ir/route.ts';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import {
  access,
  allow,
  backend,
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
} from '../../core/semantics/mesh.ts';

const isLong = process.env['REACH'] === 'all';
const unread = new Set(['decidedBy', 'reason']);
const meaning = (outcome: Outcome): string => canonicalJson(outcome, unread);
const one = <T>(...pool: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...pool);
const some = <T>(...pool: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...pool], { minLength: 1 });

const foreign = 'spiffe://partner.example/ns/x/sa/y';
const unnamed = 'spiffe://other-domain.invalid/ns/other-ns/sa/other';
const principals = some<PrincipalMatch>(
  spiffe('shop/web'),
  spiffe('shop/r'),
  { type: 'authenticated' },
  { type: 'spiffe', id: foreign },
  { type: 'namespace', trustDomain: 'shop.example', namespace: 'other-ns' },
  { type: 'namespace', trustDomain: 'partner.example', namespace: 'x' },
);
const hosts = ['a.example.com', 'any.example.com', '*.example.com', '*.invalid', 'other.invalid'];

/** The parts of a mesh of which two differ in one. */
const parts = {
  federated: one<readonly string[]>([], ['partner.example'], ['partner.example', 'other-domain.invalid']),
  callers: principals,
  wide: some(...hosts),
  near: some(...hosts),
  wideFrom: fc.option(principals, { nil: undefined }),
  nearFrom: fc.option(principals, { nil: undefined }),
  leads: one<'itself' | 'service' | 'copies'>('itself', 'service', 'copies'),
  leaves: fc.boolean(),
  passes: some(...hosts),
  versions: one('v1', 'v2'),
  egress: one<Ir['egress']>('allow', 'deny'),
};

interface Parts {
  readonly federated: readonly string[];
  readonly callers: readonly PrincipalMatch[];
  readonly wide: readonly string[];
  readonly near: readonly string[];
  readonly wideFrom: readonly PrincipalMatch[] | undefined;
  readonly nearFrom: readonly PrincipalMatch[] | undefined;
  readonly leads: 'itself' | 'service' | 'copies';
  readonly leaves: boolean;
  readonly passes: readonly string[];
  readonly versions: string;
  readonly egress: Ir['egress'];
}

function meshOf(of: Parts): Ir {
  return mesh(
    {
      egress: of.egress,
      services: [
        service('shop/r', {
          ports: [port('http', 80, { service: 'shop/r' })],
          versions: [version(of.versions, 1)],
          access: access(allow({ from: of.callers })),
        }),
        service('invalid/other', { ports: [port('http', 80, { service: 'invalid/other' })] }),
      ],
      externals: [
        outside('shop/wide', of.wide, of.wideFrom, of),
        outside('shop/near', of.near, of.nearFrom, { leads: 'itself', leaves: false }),
      ],
      gateways: [
        gateway('shop/eg', [listener('http', 80)], {
          type: 'egress',
          access: access(allow({ from: of.callers, to: [{ origin, hosts: of.passes }] })),
        }),
      ],
    },
    of.federated,
  );
}

function outside(
  id: string,
  names: readonly string[],
  from: readonly PrincipalMatch[] | undefined,
  { leads, leaves }: Pick<Parts, 'leads' | 'leaves'>,
): External {
  return external(id, {
    hosts: names,
    ports: [{ ...externalPort('http', 80, { service: id }), route: routeOf(id, leads) }],
    ...(from && { from }),
    ...(leaves && { gateway: 'shop/eg' }),
  });
}

function routeOf(id: string, leads: Parts['leads']): Route {
  const mirrors = [{ origin, service: 'shop/r', port: 'http', percent: 100 }];
  return route(
    rule({
      matches: [match({ path: { type: 'prefix', value: '/x' } })],
      action: forward({
        backends: [backend({ service: leads === 'service' ? 'shop/r' : id })],
        mirrors: leads === 'copies' ? mirrors : [],
      }),
    }),
    rule({ action: forward({ backends: [backend({ service: id })] }) }),
  );
}

const inside = ['shop/web', 'shop/r'].map((id): Request['from'] => ({ type: 'service', id }));
const strangers = [foreign, unnamed, 'spiffe://shop.example/ns/other-ns/sa/other'].map(
  (id): Request['from'] => ({ type: 'spiffe', id }),
);
const asked: readonly Request[] = ['/x', '/'].flatMap((path) => [
  ...[...inside, ...strangers, { type: 'anonymous' } as const].map(
    (from): Request => ({ from, to: { type: 'service', id: 'shop/r' }, method: 'GET', path, headers: [] }),
  ),
  // No proxy sees the calls of strangers to hosts outside.
  ...inside.flatMap((from) =>
    ['a.example.com', 'any.example.com', 'q.example.com', 'other.invalid', 'q.invalid', 'q.example'].map(
      (host): Request => ({
        from,
        to: { type: 'service', id: host },
        host,
        method: 'GET',
        path,
        headers: [],
      }),
    ),
  ),
]);

test('a change of any part is found at the place of each request that it changes', () => {
  const count = { equal: 0, changed: 0, requests: 0 };
  const names = Object.keys(parts) as (keyof typeof parts)[];
  fc.assert(
    fc.property(fc.record(parts), fc.record(parts), one(...names), (first, second, name) => {
      const [before, after] = [meshOf(first), meshOf({ ...first, [name]: second[name] })];
      const { gained, lost, routing, unproved } = compareMeshes(before, after);
      expect(unproved).toEqual([]);
      const places = new Set([...gained, ...lost, ...routing].map(({ to }) => to));
      count[places.size > 0 ? 'changed' : 'equal']++;
      for (const request of asked) {
        if (meaning(decide(before, request)) === meaning(decide(after, request))) continue;
        count.requests++;
        const found = [...places].some((to) => (request.host === undefined) === (to === 'shop/r'));
        expect(found, `${name}: ${JSON.stringify(request)} of ${[...places].join()}`).toBe(true);
      }
    }),
    { numRuns: isLong ? 20_000 : 600, seed: isLong ? Date.now() : 5 },
  );
  if (isLong) console.info(count);
  expect(count.changed).toBeGreaterThan(100);
  expect(count.equal).toBeGreaterThan(100);
});
