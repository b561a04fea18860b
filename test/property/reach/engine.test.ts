import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { mapRoutes } from '../../../src/core/ir/map-routes.ts';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import { record } from '../../../src/core/lib/record.ts';
import { Budget } from '../../../src/core/reach/budget.ts';
import { compileMeanings } from '../../../src/core/reach/compiled.ts';
import { type Entry, requestMeaning } from '../../../src/core/reach/meaning/request-meaning.ts';
import type { Label } from '../../../src/core/reach/meaning.ts';
import { Unproved } from '../../../src/core/reach/unproved.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { meshes, requests } from '../../core/semantics/arbitrary.ts';
import { denseRequests } from './dense-requests.ts';
import { locate } from './locate.ts';
import { mixed } from './mixed.ts';

const isLong = process.env['REACH'] === 'all';

/** Parts of an outcome that are no part of the decision. */
const unread = new Set(['decidedBy', 'reason', 'hidden']);
const meaning = (outcome: Outcome | Label): string => canonicalJson(outcome, unread);
const status = (outcome: object): unknown => ('status' in outcome ? outcome.status : undefined);
const kind = (outcome: object): unknown => ('outcome' in outcome ? outcome.outcome : undefined);

interface Comparison {
  readonly before: Ir;
  readonly after: Ir;
  readonly request: Request;
  /** The meshes that the engine reads: those of `decide`, or broken ones. */
  readonly read: (ir: Ir) => Ir;
}

const asked = fc.oneof(requests, { weight: 2, arbitrary: denseRequests });

type Result = 'same' | 'differs' | 'wider' | 'unproved' | 'wrong';

/**
 * Compares the engine with `decide` on one request. `wider` says that the engine finds a difference where this request
 * has none.
 */
function compared({ before, after, request, read }: Comparison): Result {
  const entry: Entry = {
    from: request.from,
    to: request.to,
    ...(request.port !== undefined && { port: request.port }),
    ...(request.host !== undefined && { host: request.host }),
    ...(request.sni !== undefined && { sni: request.sni }),
  };
  const outcomes = [decide(before, request), decide(after, request)] as const;
  try {
    const meanings = [requestMeaning(read(before), entry), requestMeaning(read(after), entry)];
    const compiled = compileMeanings(meanings, new Budget());
    const [was = {}, is = {}] = [before, after].map((ir, index) =>
      locate(ir, compiled, compiled.nodes[index] ?? 0, request),
    );
    const agrees = [was, is].every(
      (label, index) =>
        kind(label) === kind(outcomes[index] ?? {}) && status(label) === status(outcomes[index] ?? {}),
    );
    const isSame = meaning(outcomes[0]) === meaning(outcomes[1]);
    const isSameLabel = meaning(was) === meaning(is);
    if (!agrees || (isSameLabel && !isSame)) return 'wrong';
    if (isSame) return isSameLabel ? 'same' : 'wider';
    return 'differs';
  } catch (error) {
    if (error instanceof Unproved) return 'unproved';
    throw error;
  }
}

function counted(read: (ir: Ir) => Ir, runs: number): Record<Result, number> {
  const count = { same: 0, differs: 0, wider: 0, unproved: 0, wrong: 0 };
  fc.assert(
    fc.property(
      meshes,
      meshes,
      fc.nat(1023),
      fc.array(asked, { minLength: 10, maxLength: 10 }),
      (before, other, mask, list) => {
        const after = mixed(before, other, mask);
        for (const request of list) count[compared({ before, after, request, read })]++;
      },
    ),
    { numRuns: runs, seed: isLong ? Date.now() : 7 },
  );
  return count;
}

describe('on dense random meshes', () => {
  test('the engine answers every request as decide does, and says exactly of those that change that they do', () => {
    const { same, differs, wider, unproved, wrong } = counted((ir) => ir, isLong ? 20_000 : 300);
    if (isLong) console.info({ same, differs, wider, unproved, wrong });
    expect(wrong).toBe(0);
    expect(differs).toBeGreaterThan(100);
    // Paths to Externals that no proxy reads are compared as sent: some requests have the same path either way.
    expect(wider).toBeLessThan(same / 100);
    expect(unproved).toBeLessThan(same / 5);
  });

  test.each<[string, (ir: Ir) => Ir]>([
    ['ignores denies', (ir) => withAccess(ir, (access) => ({ ...access, deny: [] }))],
    [
      'begins with the second rule',
      (ir) => mapRoutes(ir, (route) => ({ ...route, rules: route.rules.slice(1) })),
    ],
    [
      'reads the names of headers in another case',
      (ir) =>
        mapRoutes(ir, (route) => ({
          ...route,
          rules: route.rules.map((rule) => ({
            ...rule,
            matches: rule.matches.map((match) => ({
              ...match,
              headers: match.headers.map((header) => ({ ...header, name: header.name.toUpperCase() })),
            })),
          })),
        })),
    ],
  ])('an engine that %s is found out', (_, read) => {
    expect(counted(read, 150).wrong).toBeGreaterThan(0);
  });
});

type Access = Ir['services'][string]['access'];

function withAccess(ir: Ir, change: (access: Access) => Access): Ir {
  const changed = <T extends { readonly access: Access }>(
    all: Readonly<Record<string, T>>,
  ): Readonly<Record<string, T>> =>
    record(Object.entries(all).map(([id, one]) => [id, { ...one, access: change(one.access) }] as const));
  return { ...ir, services: changed(ir.services), gateways: changed(ir.gateways) };
}
