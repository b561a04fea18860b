import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Access, AccessRule } from '../../src/core/ir/access.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Outcome } from '../../src/core/semantics/outcome.ts';
import { accessRules, meshes, requests, rules } from '../core/semantics/arbitrary.ts';

const runs = { numRuns: 1500 };

/** Returns the share of the requests that is accepted. */
function admitted(outcome: Outcome): number {
  return outcome.outcome === 'forwarded' ? outcome.backends.reduce((sum, { share }) => sum + share, 0) : 0;
}

/** Returns the mesh with another Access on one of its services, or on its gateway. */
function withAccess(ir: Ir, id: string, change: (access: Access) => Access): Ir {
  const service = ir.services[id];
  if (service !== undefined)
    return { ...ir, services: { ...ir.services, [id]: { ...service, access: change(service.access) } } };
  const gateway = ir.gateways[id];
  if (gateway === undefined) throw new Error(`no ${id}`);
  return { ...ir, gateways: { ...ir.gateways, [id]: { ...gateway, access: change(gateway.access) } } };
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

const owners = fc.constantFrom('shop/reviews', 'shop/ratings', 'ops/reviews', 'ops/db', 'shop/public');

describe('for any mesh and request', () => {
  test('decide returns an outcome, changes nothing, and returns the same again', () => {
    fc.assert(
      fc.property(meshes, requests, (ir, request) => {
        const outcome = decide(frozen(ir), frozen(request));
        expect(decide(ir, request)).toEqual(outcome);
      }),
      runs,
    );
  });

  test('"shares and refusedShare sum to 1"', () => {
    fc.assert(
      fc.property(meshes, requests, (ir, request) => {
        const outcome = decide(ir, request);
        if (outcome.outcome !== 'forwarded') return;
        expect(Math.abs(admitted(outcome) + (outcome.refusedShare ?? 0) - 1)).toBeLessThan(1e-9);
        for (const { share } of outcome.backends) expect(share).toBeGreaterThan(0);
        for (const { share } of outcome.mirrors) expect(share).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test('the generated requests have every outcome and many statuses', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(meshes, requests, (ir, request) => {
        const outcome = decide(ir, request);
        seen.add(
          outcome.outcome === 'forwarded' ? 'forwarded' : `${outcome.outcome} ${String(outcome.status)}`,
        );
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'forwarded',
        'redirected 301',
        'redirected 302',
        'refused 0',
        'refused 400',
        'refused 401',
        'refused 403',
        'responded 200',
        'responded 500',
        'unroutable 0',
        'unroutable 404',
        'unroutable 503',
      ]),
    );
  });
});

describe('access', () => {
  test('an additional deny never accepts more requests', () => {
    fc.assert(
      fc.property(meshes, requests, owners, accessRules, (ir, request, owner, rule) => {
        const after = withAccess(ir, owner, (access) => ({ ...access, deny: [...access.deny, rule] }));
        expect(admitted(decide(after, request))).toBeLessThanOrEqual(admitted(decide(ir, request)) + 1e-9);
      }),
      runs,
    );
  });

  test('an additional allow on a closed service never accepts fewer requests', () => {
    fc.assert(
      fc.property(meshes, requests, owners, accessRules, (open, request, owner, rule) => {
        const ir = withAccess(open, owner, (access) => ({ ...access, closed: true }));
        const after = withAccess(ir, owner, (access) => ({ ...access, allow: [...access.allow, rule] }));
        expect(admitted(decide(after, request))).toBeGreaterThanOrEqual(admitted(decide(ir, request)) - 1e-9);
      }),
      runs,
    );
  });

  test('"order never matters"', () => {
    const reversed = (list: readonly AccessRule[]): readonly AccessRule[] => list.toReversed();
    fc.assert(
      fc.property(meshes, requests, owners, (ir, request, owner) => {
        const other = withAccess(ir, owner, (access) => ({
          ...access,
          allow: reversed(access.allow),
          deny: reversed(access.deny),
        }));
        const { decidedBy: _, ...before } = decide(ir, request);
        const { decidedBy: __, ...after } = decide(other, request);
        expect(after).toEqual(before);
      }),
      runs,
    );
  });
});

test('"first match wins": a rule at the end changes only what no rule matched', () => {
  fc.assert(
    fc.property(meshes, requests, rules, (ir, request, last) => {
      const services = Object.fromEntries(
        Object.entries(ir.services).map(([id, service]) => [
          id,
          {
            ...service,
            ports: service.ports.map((port) => ({
              ...port,
              route: { ...port.route, rules: [...port.route.rules, last] },
            })),
          },
        ]),
      );
      const before = decide(ir, request);
      if (before.outcome !== 'unroutable') expect(decide({ ...ir, services }, request)).toEqual(before);
    }),
    runs,
  );
});
