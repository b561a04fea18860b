import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readsHost } from '../../../src/core/analyze/arrivals-at.ts';
import { usesOfRules } from '../../../src/core/analyze/rule-uses.ts';
import type { AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Service } from '../../../src/core/ir/service.ts';
import { record } from '../../../src/core/lib/record.ts';
import { Callers } from '../../../src/core/reach/callers.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import { meshes } from '../../core/semantics/arbitrary.ts';
import { denseRequests } from './dense-requests.ts';

const isLong = process.env['REACH'] === 'all';

/** Returns the mesh without one rule of a service; the service stays closed. */
function without(ir: Ir, service: Service, rule: AccessRule): Ir {
  const { allow, deny, closed } = service.access;
  const access = {
    closed,
    allow: allow.filter((one) => one !== rule),
    deny: deny.filter((one) => one !== rule),
  };
  return { ...ir, services: { ...ir.services, [service.id]: { ...service, access } } };
}

/** Returns the mesh with the rules of all services at each service, so that many of them meet, but for those about hosts. */
function withAllRules(ir: Ir): Ir {
  const all = Object.values(ir.services);
  const access = {
    closed: true,
    allow: all.flatMap(({ access: own }) => own.allow).filter((rule) => !readsHost(rule)),
    deny: all.flatMap(({ access: own }) => own.deny).filter((rule) => !readsHost(rule)),
  };
  return { ...ir, services: record(all.map((service) => [service.id, { ...service, access }] as const)) };
}

/** Counts rules that the check takes for idle, and those of them that `decide` needs for some request. */
function counted(asked: (service: Service) => Service, runs: number): { idle: number; needed: number } {
  const count = { idle: 0, needed: 0 };
  fc.assert(
    fc.property(meshes, fc.array(denseRequests, { minLength: 30, maxLength: 30 }), (ir, requests) => {
      const dense = withAllRules(ir);
      for (const service of Object.values(dense.services)) {
        const read = asked(service);
        const uses = usesOfRules(read, () => new Callers(dense, dense));
        const { allow, deny } = service.access;
        [...allow, ...deny].forEach((rule, index) => {
          const found = [...read.access.allow, ...read.access.deny][index];
          const use = found && uses.get(found);
          if (use === undefined || use === 'decides') return;
          count.idle += 1;
          const after = without(dense, service, rule);
          const isNeeded = requests.some((request) => {
            const toService = { ...request, to: { type: 'service', id: service.id } } as const;
            return decide(dense, toService).outcome !== decide(after, toService).outcome;
          });
          if (isNeeded) count.needed += 1;
        });
      }
    }),
    { numRuns: runs, seed: isLong ? Date.now() : 5 },
  );
  return count;
}

test('a rule that decides nothing can be taken out, and every request is decided alike', () => {
  const count = counted((service) => service, isLong ? 5000 : 150);
  if (isLong) console.info(count);
  expect(count.needed).toBe(0);
  expect(count.idle).toBeGreaterThan(100);
});

test('a check that takes the conditions of other rules for fulfilled is found out', () => {
  const widened = ({ access, ...service }: Service): Service => {
    const wide = (rules: readonly AccessRule[]): readonly AccessRule[] =>
      rules.map(({ to: _to, when: _when, except: _except, ...rule }) => rule);
    return { ...service, access: { ...access, allow: wide(access.allow), deny: wide(access.deny) } };
  };
  expect(counted(widened, 60).needed).toBeGreaterThan(0);
});
