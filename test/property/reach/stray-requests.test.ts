import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessBetween } from '../../../src/core/access-change/access-between.ts';
import { isSafeInOneStep } from '../../../src/core/access-change/one-step.ts';
import type { AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { strayRequests } from '../../../src/core/reach/stray-requests.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import {
  access,
  allow,
  backend,
  deny,
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
  virtualHost,
} from '../../core/semantics/mesh.ts';

const runs = process.env['REACH'] === 'all' ? 5000 : 200;

const paths = ['/a', '/b', '/c', '/other'] as const;
const exact = (value: string) => ({ type: 'exact', value }) as const;

/** Rules of a Route: requests to some path arrive under another, at one of two services. */
const routes = fc.array(
  fc.record({
    path: fc.constantFrom(...paths.slice(0, 3)),
    rewritten: fc.option(fc.constantFrom(...paths.slice(0, 3)), { nil: undefined }),
    to: fc.constantFrom('shop/pay', 'shop/old'),
  }),
  { maxLength: 2 },
);

const rules = fc.array(
  fc.record({
    isDeny: fc.constantFrom(false, false, true),
    from: fc.constantFrom('shop/web', 'ops/web'),
    paths: fc.option(fc.subarray([...paths], { minLength: 1 }), { nil: undefined }),
  }),
  { maxLength: 3 },
);

const parts = fc.record({ routes, pay: rules, old: rules });
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

function meshOf({ routes: written, pay, old }: Parts): Ir {
  const accessOf = (list: Parts['pay']) =>
    access(
      ...list.map(({ isDeny, from, paths: some }) => {
        const fields: Omit<AccessRule, 'origin'> = {
          from: [spiffe(from)],
          ...(some && { to: [{ origin, paths: some.map(exact) }] }),
        };
        return isDeny ? deny(fields) : allow(fields);
      }),
      allow({ from: [spiffe('nobody/here')] }),
    );
  const led = written.map(({ path, rewritten, to }) =>
    rule({
      matches: [match({ path: exact(path) })],
      action: forward({
        backends: [backend({ service: to })],
        ...(rewritten !== undefined && {
          rewrite: { origin, path: { type: 'replaceFull', value: rewritten } },
        }),
      }),
    }),
  );
  const rest = rule({ action: forward({ backends: [backend({ service: 'shop/pay' })] }) });
  return mesh({
    services: [
      service('shop/web', { ports: [] }),
      service('ops/web', { ports: [] }),
      service('shop/pay', {
        ports: [port('http', 80, { service: 'shop/pay', route: route(...led, rest) })],
        access: accessOf(pay),
      }),
      service('shop/old', { ports: [port('http', 80, { service: 'shop/old' })], access: accessOf(old) }),
    ],
  });
}

const requests: readonly Request[] = ['shop/web', 'ops/web'].flatMap((from) =>
  ['shop/pay', 'shop/old'].flatMap((to) =>
    paths.map(
      (path): Request => ({
        from: { type: 'service', id: from },
        to: { type: 'service', id: to },
        method: 'GET',
        path,
        headers: [],
      }),
    ),
  ),
);

function passes(ir: Ir, request: Request): boolean {
  return decide(ir, request).outcome === 'forwarded';
}

function isStray(old: Ir, next: Ir, way: readonly Ir[], request: Request): boolean {
  const was = passes(old, request);
  return was === passes(next, request) && way.some((ir) => passes(ir, request) !== was);
}

/** Counts pairs of meshes by the answer of the comparison that reads `read` of the way, and by all requests. */
function counted(read: (way: readonly Ir[]) => readonly Ir[]) {
  const count = { kept: 0, strays: 0, missed: 0, wrong: 0 };
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const [old, next] = [meshOf(one), meshOf(other)];
      const { first, before, after, last } = accessBetween(old, next);
      const way = [first, before, after, last].filter((ir) => ir !== undefined);
      const found = strayRequests(old, next, read(way));
      for (const stray of found)
        if (!('request' in stray) || !isStray(old, next, way, stray.request)) count.wrong += 1;
      if (found.length > 0) count.strays += 1;
      else if (requests.some((request) => isStray(old, next, way, request))) count.missed += 1;
      else count.kept += 1;
    }),
    { numRuns: runs, seed: 7 },
  );
  return count;
}

test('every way that decides a request as neither mesh does is found, with such a request', () => {
  const count = counted((way) => way);
  expect(count).toMatchObject({ missed: 0, wrong: 0 });
  expect(count.kept).toBeGreaterThan(runs / 10);
  expect(count.strays).toBeGreaterThan(runs / 20);
});

test('a comparison that overlooks the meshes on the way is found out', () => {
  expect(counted(() => []).missed).toBeGreaterThan(runs / 20);
});

test('a change that is safe in one step decides no request as neither mesh does while it is half done', () => {
  let safe = 0;
  fc.assert(
    fc.property(parts, rules, rules, (one, pay, old) => {
      const [was, will] = [meshOf(one), meshOf({ ...one, pay, old })];
      expect(isSafeInOneStep(was, will)).toBe(true);
      for (const id of ['shop/pay', 'shop/old']) {
        const half = { ...was, services: { ...was.services, [id]: will.services[id]! } };
        for (const request of requests) {
          safe += 1;
          expect(isStray(was, will, [half], request)).toBe(false);
        }
      }
    }),
    { numRuns: runs, seed: 3 },
  );
  expect(safe).toBeGreaterThan(runs);
});

/** Rules of a gateway and of two services behind it, to which its requests go by halves. */
const guards = fc.record({ gateway: rules, one: rules, two: rules });

function guardedMesh({
  gateway: entering,
  one,
  two,
}: typeof guards extends fc.Arbitrary<infer T> ? T : never): Ir {
  const action = forward({
    backends: [backend({ service: 'shop/one' }), backend({ service: 'shop/two' })],
  });
  const accessOf = (list: typeof one, nobody = spiffe('nobody/here')) =>
    access(
      ...list.map(({ isDeny, paths: some }) => {
        const fields: Omit<AccessRule, 'origin'> = {
          from: [{ type: 'anyone' }],
          ...(some && { to: [{ origin, paths: some.map(exact) }] }),
        };
        return isDeny ? deny(fields) : allow(fields);
      }),
      allow({ from: [nobody] }),
    );
  return mesh({
    services: [
      service('shop/one', { ports: [port('http', 80)], access: accessOf(one) }),
      service('shop/two', { ports: [port('http', 80)], access: accessOf(two) }),
    ],
    gateways: [
      gateway('shop/public', [listener('web', 80, { virtualHosts: [virtualHost('*', rule({ action }))] })], {
        access: accessOf(entering),
      }),
    ],
  });
}

function backendsOf(ir: Ir, path: string): ReadonlySet<string> {
  const to = { type: 'gateway', id: 'shop/public' } as const;
  const outcome = decide(ir, { from: { type: 'anonymous' }, to, method: 'GET', path, headers: [] });
  return new Set(outcome.outcome === 'forwarded' ? outcome.backends.map((one) => one.service) : []);
}

test('a change at a gateway and behind it takes one step exactly if no mixture leads elsewhere than both meshes', () => {
  const count = { one: 0, more: 0 };
  fc.assert(
    fc.property(guards, guards, (one, other) => {
      const [was, will] = [guardedMesh(one), guardedMesh(other)];
      const mixed = [
        { ...was, gateways: will.gateways },
        { ...will, gateways: was.gateways },
      ];
      const isKept = [...paths, '/unnamed'].every((path) => {
        const [before, after] = [backendsOf(was, path), backendsOf(will, path)];
        return mixed.every((ir) => {
          const on = backendsOf(ir, path);
          const isRefused =
            (before.size > 0 && after.size > 0 && on.size === 0) ||
            [...before].some((id) => after.has(id) && !on.has(id));
          return !isRefused && [...on].every((id) => before.has(id) || after.has(id));
        });
      });
      expect(isSafeInOneStep(was, will)).toBe(isKept);
      count[isKept ? 'one' : 'more'] += 1;
    }),
    { numRuns: runs, seed: 5 },
  );
  expect(Math.min(count.one, count.more)).toBeGreaterThan(runs / 20);
});
