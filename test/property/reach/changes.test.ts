import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { PathMatch } from '../../../src/core/ir/match.ts';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import { quoteRegex } from '../../../src/core/lib/quote-regex.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import { accessRules, meshes } from '../../core/semantics/arbitrary.ts';
import { denseRequests } from './dense-requests.ts';

const isLong = process.env['REACH'] === 'all';
const numRuns = isLong ? 500 : 40;
const seed = isLong ? Date.now() : 11;
const reviews = 'shop/reviews';

/** Returns the mesh with another service `reviews`. */
function withReviews(ir: Ir, change: (service: Ir['services'][string]) => Ir['services'][string]): Ir {
  const service = ir.services[reviews];
  if (service === undefined) throw new Error('no reviews');
  return { ...ir, services: { ...ir.services, [reviews]: change(service) } };
}

/** Returns the mesh with the same rules in other words. */
type Rewrite = (ir: Ir) => Ir;

const mapRules = (ir: Ir, change: (rules: readonly AccessRule[]) => readonly AccessRule[]): Ir =>
  withReviews(ir, (service) => ({
    ...service,
    access: {
      ...service.access,
      allow: change(service.access.allow),
      deny: change(service.access.deny),
    },
  }));

function asRegex(path: PathMatch): PathMatch {
  const text = quoteRegex(path.value);
  switch (path.type) {
    case 'exact':
      return { type: 'regex', value: text };
    case 'prefix':
      return { type: 'regex', value: `${text}(?:/.*)?` };
    case 'startsWith':
      return { type: 'regex', value: `${text}.*` };
    case 'regex':
      return { type: 'regex', value: `(?:${path.value})|(?:${path.value})` };
  }
}

const rewrites: readonly Rewrite[] = [
  (ir) => mapRules(ir, (rules) => rules.toReversed()),
  (ir) => mapRules(ir, (rules) => [...rules, ...rules]),
  // One rule for each caller says the same as one rule for all.
  (ir) =>
    mapRules(ir, (rules) =>
      rules.flatMap((rule) => rule.from?.map((from) => ({ ...rule, from: [from] })) ?? [rule]),
    ),
  (ir) =>
    mapRules(ir, (rules) =>
      rules.map((rule) => ({
        ...rule,
        ...(rule.to && {
          to: rule.to.map((one) => ({ ...one, ...(one.paths && { paths: one.paths.map(asRegex) }) })),
        }),
      })),
    ),
  // A rule of a Route with two matches says the same as two rules.
  (ir) =>
    withReviews(ir, (service) => ({
      ...service,
      ports: service.ports.map((port) => ({
        ...port,
        route: {
          ...port.route,
          rules: port.route.rules.flatMap((rule) =>
            rule.cors !== undefined || rule.matches.length === 0
              ? [rule]
              : rule.matches.map((match) => ({ ...rule, matches: [match] })),
          ),
        },
      })),
    })),
];

test('the same rules in other words change nothing, proved', () => {
  let proved = 0;
  fc.assert(
    fc.property(meshes, fc.constantFrom(...rewrites), (ir, rewrite) => {
      const { gained, lost, routing, unproved } = compareMeshes(ir, rewrite(ir));
      expect([...gained, ...lost, ...routing].map(({ request }) => request)).toEqual([]);
      if (unproved.length === 0) proved++;
    }),
    { numRuns, seed },
  );
  // The rest read a header that holds a claim of a token, which isn't compared.
  expect(proved).toBeGreaterThan(numRuns / 2);
});

const meaning = (outcome: Outcome): string => canonicalJson(outcome, new Set(['decidedBy', 'reason']));

test('a rule more on an open service is found, with requests that are decided differently', () => {
  const count = { found: 0, equal: 0, unproved: 0 };
  fc.assert(
    fc.property(
      meshes,
      accessRules,
      fc.boolean(),
      fc.array(denseRequests, { minLength: 40, maxLength: 40 }),
      (ir, rule, denies, asked) => {
        const open = withReviews(ir, (service) => ({
          ...service,
          exposeTo: 'all',
          mtls: 'permissive',
          access: { closed: !denies, allow: [], deny: [] },
        }));
        const after = withReviews(open, (service) => ({
          ...service,
          access: { closed: !denies, allow: denies ? [] : [rule], deny: denies ? [rule] : [] },
        }));
        const change = compareMeshes(open, after);
        const found = [...change.gained, ...change.lost, ...change.routing];
        for (const { request } of found)
          expect(meaning(decide(open, request))).not.toBe(meaning(decide(after, request)));
        // An allow never takes access away on a closed service, a deny never gives it on an open one.
        const wrong = denies ? change.gained : change.lost;
        expect(wrong.filter(({ to }) => to === reviews)).toEqual([]);
        if (found.length === 0 && change.unproved.length === 0)
          for (const request of asked)
            expect(meaning(decide(open, request))).toBe(meaning(decide(after, request)));
        count[found.length > 0 ? 'found' : change.unproved.length > 0 ? 'unproved' : 'equal']++;
      },
    ),
    { numRuns, seed },
  );
  if (isLong) console.info(count);
  // Many generated rules ask for a token that no service reads, and take nothing.
  expect(count.found).toBeGreaterThan(numRuns / 5);
});
