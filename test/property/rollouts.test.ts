import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import { beforeRollouts } from '../../src/core/ir/link/rollouts/before-rollouts.ts';
import { mapRoutes } from '../../src/core/ir/map-routes.ts';
import type { Rollout } from '../../src/core/ir/rollout.ts';
import type { Rule } from '../../src/core/ir/route.ts';
import type { Share } from '../../src/core/ir/weights/share.ts';
import { withWeights } from '../../src/core/ir/weights/with-weights.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Outcome, Share as Portion } from '../../src/core/semantics/outcome.ts';
import { rollout } from '../core/canary/rollouts.ts';
import { meshes, requests } from '../core/semantics/arbitrary.ts';
import { origin, version } from '../core/semantics/mesh.ts';

const runs = { numRuns: 1000 };
const reviews = 'shop/reviews';
const callers = ['shop/web', reviews, 'shop/ratings', 'ops/reviews', 'ops/db'];

/** Meshes with whole weights, as in the language, and with versions of reviews that Rollouts can divide. */
const arbitraryMeshes: fc.Arbitrary<Ir> = fc
  .record({
    ir: meshes,
    counts: fc.option(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.nat(2)), {
      nil: undefined,
    }),
  })
  .map(({ ir, counts }) => {
    const whole = mapRoutes(ir, (route) => ({
      ...route,
      rules: route.rules.map((rule): Rule => {
        if (rule.action.type !== 'forward') return rule;
        const backends = rule.action.backends.map((one) => ({ ...one, weight: Math.round(one.weight * 10) }));
        return { ...rule, action: { ...rule.action, backends } };
      }),
    }));
    const versions =
      counts === undefined
        ? [version('v1'), version('v2')]
        : ['v1', 'v2', 'v3'].map((name, i) => version(name, counts[i]));
    const service = whole.services[reviews];
    if (service === undefined) throw new Error('no reviews');
    return { ...whole, services: { ...whole.services, [reviews]: { ...service, versions } } };
  });

const rollouts: fc.Arbitrary<Rollout> = fc
  .constantFrom('canary', 'canary+match', 'blue-green', 'ab', 'shadow')
  .map((kind) => {
    const match = {
      origin,
      headers: [{ origin, name: 'x-b', match: { type: 'present', value: true } as const, negated: false }],
      query: [],
    };
    const strategy = kind === 'canary+match' ? 'canary' : kind;
    return rollout({ strategy, ...((kind === 'ab' || kind === 'canary+match') && { match }) });
  });

const weights = fc.oneof(
  fc.constantFrom(0, 0.0001, 100),
  fc.integer({ min: 1, max: 999_999 }).map((n) => n / 1e4),
);

function linked(ir: Ir, one: Rollout): Ir {
  return { ...beforeRollouts(ir, [one]), rollouts: { [one.id]: one } };
}

/** The mesh in which one version has the instances, rules and copies of both. */
function withOnly(ir: Ir, only: 'v1' | 'v2'): Ir {
  const other = only === 'v1' ? 'v2' : 'v1';
  const renamed = mapRoutes(ir, (route) => ({
    ...route,
    rules: route.rules.map((rule): Rule => {
      const { action } = rule;
      if (action.type !== 'forward') return rule;
      const rename = <T extends { readonly service: string; readonly version?: string }>(part: T): T =>
        part.service === reviews && part.version === other ? { ...part, version: only } : part;
      return {
        ...rule,
        action: { ...action, backends: action.backends.map(rename), mirrors: action.mirrors.map(rename) },
      };
    }),
  }));
  const service = renamed.services[reviews];
  if (service === undefined) throw new Error('no reviews');
  const instances = service.versions
    .filter(({ name }) => name !== 'v3')
    .flatMap((one) => one.instances ?? []);
  const declared = service.versions.some((one) => one.instances !== undefined);
  const versions = [
    { ...version(only), ...(declared && { instances }) },
    ...service.versions.filter(({ name }) => name === 'v3'),
  ];
  return { ...renamed, services: { ...renamed.services, [reviews]: { ...service, versions } } };
}

/** Returns the outcome without the deciding lines; `*` stands for the only version of a service without endpoints. */
function meaning(outcome: Outcome, only?: string): unknown {
  const { decidedBy: _, ...rest } = outcome;
  if (rest.outcome !== 'forwarded') return { ...rest, reason: '' };
  const named = (list: readonly Portion[]) =>
    table(
      list.map((one) =>
        only !== undefined && one.service === reviews && one.version === '*'
          ? { ...one, version: only }
          : one,
      ),
    );
  return {
    ...rest,
    refusedShare: rounded(rest.refusedShare ?? 0),
    backends: named(rest.backends),
    mirrors: named(rest.mirrors),
  };
}

/** Returns the shares by destination; with `joined` both versions of reviews count as one. */
function table(list: readonly Portion[], joined = false): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { service, version: of, port, share, tls } of list) {
    const name = joined && service === reviews && (of === 'v1' || of === 'v2') ? 'both' : of;
    const key = [service, name, port, tls?.serverName].join(' ');
    sums[key] = (sums[key] ?? 0) + share;
  }
  return Object.fromEntries(
    Object.entries(sums)
      .map(([key, share]) => [key, rounded(share)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}

/**
 * Calls through a proxy of the mesh: a workload without a proxy draws an instance itself, and no Route divides its
 * calls.
 */
const routed = requests.filter(
  ({ from, to }) => to.type === 'gateway' || (from.type === 'service' && callers.includes(from.id)),
);

describe('a Rollout, whatever the mesh and the request', () => {
  test('before it the mesh is the one with `from` only, after it the one with `to` only', () => {
    fc.assert(
      fc.property(arbitraryMeshes, rollouts, routed, (ir, one, request) => {
        const before = linked(ir, one);
        expect(meaning(decide(before, request), 'v1')).toEqual(
          meaning(decide(withOnly(ir, 'v1'), request), 'v1'),
        );
        const after = withWeights(before, { [reviews]: { state: 'promoted' } });
        expect(meaning(decide(after, request), 'v2')).toEqual(
          meaning(decide(withOnly(ir, 'v2'), request), 'v2'),
        );
      }),
      runs,
    );
  });

  test('at each step both versions have what `from` had, every other share stays, and Access admits the same', () => {
    fc.assert(
      fc.property(arbitraryMeshes, rollouts, weights, routed, (ir, one, weight, request) => {
        const before = linked(ir, one);
        const share: Share = { state: 'running', weight };
        const [was, is] = [
          decide(before, request),
          decide(withWeights(before, { [reviews]: share }), request),
        ];
        expect(is.outcome).toBe(was.outcome);
        if (was.outcome !== 'forwarded' || is.outcome !== 'forwarded') return;
        expect(table(is.backends, true)).toEqual(table(was.backends, true));
        expect(rounded(is.refusedShare ?? 0)).toBe(rounded(was.refusedShare ?? 0));
        if (one.strategy === 'canary' && one.match === undefined) {
          const [v1, v2] = ['v1', 'v2'].map((name) =>
            is.backends.reduce(
              (sum, part) => sum + (part.service === reviews && part.version === name ? part.share : 0),
              0,
            ),
          );
          const both = (v1 ?? 0) + (v2 ?? 0);
          expect(Math.abs((v2 ?? 0) - (both * weight) / 100)).toBeLessThan(2e-6);
        }
      }),
      runs,
    );
  });

  test('rules that lead elsewhere stay the same objects', () => {
    fc.assert(
      fc.property(arbitraryMeshes, rollouts, weights, (ir, one, weight) => {
        const before = linked(ir, one);
        const moved = withWeights(before, { [reviews]: { state: 'running', weight } });
        const rulesOf = (of: Ir): Set<Rule> => {
          const all = new Set<Rule>();
          mapRoutes(of, (route) => {
            for (const rule of route.rules) all.add(rule);
            return route;
          });
          return all;
        };
        const now = rulesOf(moved);
        for (const rule of rulesOf(before)) {
          const { action } = rule;
          const leads =
            action.type === 'forward' &&
            [...action.backends, ...action.mirrors].some(({ service }) => service === reviews);
          if (!leads) expect(now.has(rule)).toBe(true);
        }
        for (const { action } of now) {
          if (action.type !== 'forward') continue;
          for (const { weight: each } of action.backends) expect(Number.isSafeInteger(each)).toBe(true);
          expect(action.backends.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
