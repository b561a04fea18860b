import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlowTarget } from '../../../src/core/ir/guardrail.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { mapRoutes } from '../../../src/core/ir/map-routes.ts';
import type { PrincipalMatch } from '../../../src/core/ir/principal.ts';
import { pathMatches } from '../../../src/core/ir/string-match.ts';
import { record } from '../../../src/core/lib/record.ts';
import { FlowBreaches } from '../../../src/core/reach/flow-breaches.ts';
import type { FlowRule } from '../../../src/core/reach/flow-test.ts';
import { identify, presentedIdentity } from '../../../src/core/semantics/caller.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import { passedPath } from '../../../src/core/semantics/passed-path.ts';
import { takesPrincipal } from '../../../src/core/semantics/principal.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { meshes, requests } from '../../core/semantics/arbitrary.ts';
import { denseRequests } from './dense-requests.ts';

const isLong = process.env['REACH'] === 'all';

const callers: fc.Arbitrary<PrincipalMatch> = fc.constantFrom<PrincipalMatch>(
  { type: 'spiffe', id: 'spiffe://shop.example/ns/shop/sa/web' },
  { type: 'spiffe', id: 'spiffe://shop.example/ns/ops/sa/reviews' },
  { type: 'namespace', trustDomain: 'shop.example', namespace: 'ops' },
  { type: 'anyone' },
);

const targets: fc.Arbitrary<FlowTarget> = fc
  .record({
    id: fc.constantFrom('shop/reviews', 'shop/ratings', 'ops/reviews'),
    methods: fc.option(fc.constantFrom(['GET'], ['POST', 'PUT']), { nil: undefined }),
    paths: fc.option(
      fc.constantFrom(
        [{ type: 'prefix', value: '/a' } as const],
        [{ type: 'exact', value: '/ab' } as const, { type: 'exact', value: '/b' } as const],
      ),
      { nil: undefined },
    ),
  })
  .map(({ id, methods, paths }) => ({
    location: { file: '', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } },
    ids: [id],
    ...(methods && { methods }),
    ...(paths && { paths }),
  }));

const flows = fc.record({
  rule: fc.constantFrom<FlowRule>('never', 'only', 'must'),
  from: fc.array(callers, { minLength: 1, maxLength: 2 }),
  target: targets,
  apart: fc.constant([]),
});

type Asked = typeof flows extends fc.Arbitrary<infer T> ? T : never;

/** Returns true if `decide` answers a request so that it breaks the flow: by the words of the language page alone. */
function breaks(ir: Ir, { rule, from, target }: Asked, request: Request): boolean {
  if (request.to.type !== 'service') return false;
  const [to = ''] = target.ids;
  const outcome = decide(ir, request);
  const isNamed = from.some((one) => takesPrincipal(one, presentedIdentity(ir, request.from)));
  const fits = (path: string): boolean =>
    (target.methods?.includes(request.method) ?? true) &&
    (target.paths?.some((match) => pathMatches(match, path)) ?? true);
  const isAboutRequests = target.methods !== undefined || target.paths !== undefined;
  const ports = ir.services[to]?.ports.filter((port) => port.http || !isAboutRequests) ?? [];
  if (rule !== 'must') {
    if (isNamed !== (rule === 'never') || outcome.outcome !== 'forwarded') return false;
    const reached = outcome.backends.some(
      ({ service, port, share }) => service === to && share > 0 && ports.some(({ name }) => name === port),
    );
    return reached && fits(outcome.rewritten.path.replace(/\?.*$/, ''));
  }
  // Only requests that name the service itself, by a port, without a host of another.
  if (request.to.id !== to || request.sni !== undefined) return false;
  const asked = ports.find(({ name, number }) => request.port === name || request.port === number);
  if (request.host !== undefined && !isNameOf(to, asked?.number, request)) return false;
  const hasProxy = identify(ir, request.from).type === 'service';
  const isAsked = from.some(
    (one) =>
      takesPrincipal(one, presentedIdentity(ir, request.from)) && (one.type !== 'namespace' || hasProxy),
  );
  if (asked === undefined || !isAsked) return false;
  const path = passedPath({ ...request, host: 'safe' });
  if (asked.http && path === undefined) return false;
  if (!fits(path ?? '/')) return false;
  if (outcome.outcome === 'forwarded') return outcome.refusedShare !== undefined;
  return (
    (outcome.outcome === 'refused' || outcome.outcome === 'unroutable') &&
    !(outcome.outcome === 'refused' && outcome.status === 400)
  );
}

interface Count {
  holds: number;
  broken: number;
  unproved: number;
  missed: number;
  wrong: number;
}

/** Counts flows by the answers of the engine that reads `read` of each mesh, and the answers that `decide` refutes. */
function counted(read: (ir: Ir) => Ir, runs: number): Count {
  const count = { holds: 0, broken: 0, unproved: 0, missed: 0, wrong: 0 };
  const ported = fc.oneof(requests, { weight: 2, arbitrary: denseRequests });
  const asked = fc
    .tuple(ported, fc.constantFrom(undefined, 'http', 'admin'))
    .map(([request, port]) => (port === undefined ? request : { ...request, port }));
  fc.assert(
    fc.property(meshes, flows, fc.array(asked, { minLength: 15, maxLength: 15 }), (ir, flow, list) => {
      const found = [...new FlowBreaches(read(ir)).of(flow)];
      const witnesses = found.flatMap((one) => ('request' in one ? [one.request] : []));
      for (const request of witnesses) if (!breaks(ir, flow, request)) count.wrong++;
      if (witnesses.length > 0) count.broken++;
      else if (found.length > 0) count.unproved++;
      else {
        count.holds++;
        if (list.some((request) => breaks(ir, flow, request))) count.missed++;
      }
    }),
    { numRuns: runs, seed: isLong ? Date.now() : 11 },
  );
  return count;
}

/** Returns true if the host of a request is a name of the service for its caller: the short one in its namespace. */
function isNameOf(id: string, port: number | undefined, { host = '', from }: Request): boolean {
  const [namespace = '', name = ''] = id.split('/');
  const [called = '', number = String(port)] = host.split(':');
  const caller = from.type === 'spiffe' ? /\/ns\/([^/]*)\/sa\//.exec(from.id)?.[1] : undefined;
  const long = [`${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`];
  return number === String(port) && (long.includes(called) || (called === name && caller === namespace));
}

describe('flows of guardrails on dense random meshes', () => {
  test('a witness is answered as the finding says, and no request breaks what is proved', () => {
    const count = counted((ir) => ir, isLong ? 20_000 : 200);
    if (isLong) console.info(count);
    expect(count).toMatchObject({ missed: 0, wrong: 0 });
    expect(count.holds).toBeGreaterThan(40);
    expect(count.broken).toBeGreaterThan(40);
    expect(count.unproved).toBeLessThan((count.holds + count.broken) / 4);
  });

  test.each<[string, (ir: Ir) => Ir]>([
    ['takes each Access for open', (ir) => opened(ir)],
    [
      'ignores the rules of Routes but the last',
      (ir) => mapRoutes(ir, (route) => ({ ...route, rules: route.rules.slice(-1) })),
    ],
  ])('an engine that %s is found out', (_, read) => {
    const { missed, wrong } = counted(read, 200);
    expect(missed + wrong).toBeGreaterThan(0);
  });
});

function opened(ir: Ir): Ir {
  const services = Object.entries(ir.services).map(
    ([id, one]) => [id, { ...one, access: { closed: false, allow: [], deny: [] } }] as const,
  );
  return { ...ir, services: record(services) };
}
