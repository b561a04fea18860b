import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { HeaderMatch, StringMatch } from '../../../src/core/ir/match.ts';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import { Budget } from '../../../src/core/reach/budget.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { compileMeanings } from '../../../src/core/reach/compiled.ts';
import { requestMeaning } from '../../../src/core/reach/meaning/request-meaning.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import {
  access,
  allow,
  authentication,
  backend,
  deny,
  forward,
  header,
  issuer,
  match,
  mesh,
  port,
  route,
  rule,
  service,
  version,
} from '../../core/semantics/mesh.ts';
import { runCount } from '../run-count.ts';
import { locate } from './locate.ts';

/** More texts than a variable has combinations for. */
const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'ab', 'bc'];
const condition: fc.Arbitrary<StringMatch> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...texts).map((value) => ({ type: 'exact', value }) as const) },
  fc.constantFrom<StringMatch>(
    { type: 'prefix', value: 'a' },
    { type: 'suffix', value: 'b' },
    { type: 'contains', value: 'c' },
    { type: 'regex', value: '[d-f]|.b' },
    { type: 'present', value: true },
    { type: 'present', value: false },
  ),
);
const headerMatch: fc.Arbitrary<HeaderMatch> = fc
  .record({ name: fc.constantFrom('x-a', 'cookie'), value: condition, negated: fc.boolean() })
  .map(({ name, value, negated }) => ({
    ...header(name, value, negated),
    ...(name === 'cookie' && { cookie: 'c' }),
  }));

/** Rules that ask for each text at least once, in any order, and for a few more conditions. */
const conditions = fc
  .tuple(fc.constantFrom('x-a', 'cookie'), fc.array(headerMatch, { maxLength: 5 }))
  .chain(([name, more]) => {
    const each = texts.map(
      (value): HeaderMatch => ({
        ...header(name, { type: 'exact', value }),
        ...(name === 'cookie' && { cookie: 'c' }),
      }),
    );
    const all = [...each, ...more];
    return fc.shuffledSubarray(all, { minLength: all.length - 1 });
  });

const roles = fc.shuffledSubarray([...texts, 'x', 'y'], { minLength: 11 });
const rules: fc.Arbitrary<AccessRule & { readonly effect: 'allow' | 'deny' }> = fc
  .record({ effect: fc.constantFrom('allow', 'deny'), values: roles, headers: fc.option(headerMatch) })
  .map(({ effect, values, headers }) => {
    const parts = {
      from: [{ type: 'anyone' } as const],
      when: values.map((value) => ({ claims: [{ path: ['role'], values: [value] }] })),
      ...(headers !== null && { to: [{ headers: [headers] }] }),
    };
    return effect === 'allow' ? allow(parts as never) : deny(parts as never);
  });

const r = 'shop/r';
const meshes: fc.Arbitrary<Ir> = fc
  .record({ matches: conditions, guarded: fc.option(fc.array(rules, { minLength: 1, maxLength: 3 })) })
  .map(({ matches, guarded }) =>
    mesh({
      services: [
        service('shop/web'),
        service(r, {
          versions: [version('v1'), version('v2')],
          ports: [
            port('http', 80, {
              route: route(
                ...matches.map((one, index) =>
                  rule({
                    matches: [match({ headers: [one] })],
                    action: forward({
                      timeout: 1000 + (index % 3),
                      backends: [backend({ service: r, version: index % 2 === 0 ? 'v1' : 'v2' })],
                    }),
                  }),
                ),
              ),
            }),
          ],
          authentication: authentication({ issuers: [issuer('staff', 'https://s.example')] }),
          ...(guarded !== null && { access: access(...guarded) }),
        }),
      ],
    }),
  );

const sent = fc.constantFrom(...texts, 'z', 'abc', '');
const requests: fc.Arbitrary<Request> = fc
  .record({
    values: fc.array(fc.tuple(fc.constantFrom('x-a', 'cookie'), sent), { maxLength: 4 }),
    role: fc.option(fc.array(fc.constantFrom(...texts, 'x', 'z'), { maxLength: 3 })),
  })
  .map(({ values, role }) => ({
    from: { type: 'service', id: 'shop/web' },
    to: { type: 'service', id: r },
    port: 80,
    method: 'GET',
    path: '/',
    headers: values.map(([name, value]) => ({ name, value: name === 'cookie' ? `c=${value}` : value })),
    ...(role !== null && { claims: { iss: 'https://s.example', role } }),
  }));

const unread = new Set(['decidedBy', 'reason', 'hidden']);
const meaning = (outcome: Outcome | object): string => canonicalJson(outcome, unread);

test('headers, cookies and claims with many texts are compared as decide answers them', () => {
  const count = { members: 0, differs: 0, requests: 0 };
  fc.assert(
    fc.property(
      meshes,
      meshes,
      fc.array(requests, { minLength: 20, maxLength: 20 }),
      (before, after, asked) => {
        const { from, to } = asked[0] as Request;
        const entry = { from, to, port: 80 };
        const both = [before, after];
        const compiled = compileMeanings(
          both.map((ir) => requestMeaning(ir, entry)),
          new Budget(),
        );
        if (compiled.variables.some(({ isMember }) => isMember === true)) count.members += 1;
        const { gained, lost, routing, unproved, cut } = compareMeshes(before, after);
        expect(unproved).toEqual([]);
        const found = [...gained, ...lost, ...routing];
        for (const { request } of found)
          expect(meaning(decide(before, request))).not.toBe(meaning(decide(after, request)));
        for (const request of asked) {
          const outcomes = both.map((ir) => decide(ir, request));
          const labels = both.map((ir, index) => locate(ir, compiled, compiled.nodes[index] ?? 0, request));
          for (const index of [0, 1])
            expect((labels[index] as Outcome).outcome, JSON.stringify(request)).toBe(
              outcomes[index]?.outcome,
            );
          const differs = new Set(outcomes.map(meaning)).size > 1;
          expect(new Set(labels.map(meaning)).size > 1, JSON.stringify(request)).toBe(differs);
          count.requests += 1;
          if (!differs) continue;
          count.differs += 1;
          expect(found.length + cut.length).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: runCount({ short: 40, long: 1000 }), seed: 7 },
  );
  expect(count.members).toBeGreaterThan(20);
  expect(count.differs).toBeGreaterThan(50);
});
