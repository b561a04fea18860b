import { describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import { spiffeId } from '../../src/core/ir/principal.ts';
import { mtlsOf, type Service } from '../../src/core/ir/service.ts';
import { formatOrigin } from '../../src/core/location.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import { normalisePath } from '../../src/core/semantics/normalise-path.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import consul from '../../src/core/targets/consul/index.ts';
import { type MeshCase, meshCases } from '../cases/cases.ts';
import { compareCases, isComparable, type LiveCase, report } from './harness/compare-cases.ts';
import type { DefaultPolicy } from './harness/consul/agent.ts';
import { ConsulMesh } from './harness/consul/consul-mesh.ts';
import { knownDifferences } from './harness/consul/known-differences.ts';
import { meshesWithoutLost } from './harness/gateway-api/without-lost.ts';
import type { Compiler } from './harness/istio/lost-features.ts';
import { isStream } from './harness/sending.ts';

const envoy = process.env['ENVOY'] ?? '';
const agent = process.env['CONSUL'] ?? '';
const absent = envoy === '' || agent === '';

const compiler: Compiler = {
  target: consul,
  options: { mode: 'vms' },
  // `knownDifferences` says how requests end without these.
  kept: ['route.no-match', 'route.redirect', 'route.respond'],
};

const running = meshCases().filter(isComparable);

describe.skipIf(absent)('a mesh by way of the agent of Consul that denies by default', () => {
  const counts = compareCases({
    cases: running,
    known: knownDifferences,
    start: (one) => started(one, 'deny'),
  });

  test('enough requests were compared, and every known difference occurred', () => {
    console.log(report(counts));
    expect(counts.compared).toBeGreaterThanOrEqual(2000);
    const unmet = knownDifferences.map(({ name }) => name).filter((name) => !counts.known.has(name));
    expect(unmet).toEqual([]);
  });
});

// Intentions name all callers of a service, so that the default has nothing to decide.
describe.skipIf(absent)('a mesh by way of the agent of Consul that allows by default', () => {
  const counts = compareCases({
    cases: running.filter(({ name }) => ['access', 'accounts', 'picked'].includes(name)),
    known: knownDifferences,
    start: (one) => started(one, 'allow'),
  });

  test('enough requests were compared', () => {
    console.log(report(counts));
    expect(counts.compared).toBeGreaterThanOrEqual(300);
  });
});

async function started(meshCase: MeshCase, policy: DefaultPolicy): Promise<LiveCase> {
  const mesh = await ConsulMesh.start(meshCase, { envoy, consul: agent }, policy);
  const without = meshesWithoutLost(mesh.ir, compiler);
  return {
    mesh,
    moved: (value) => mesh.moved(value),
    leftOut: (request) => reasonOf(mesh, without, request),
    keepsOut: (request) => reasonOf(mesh, without, request) === lost,
  };
}

/** The reason why a request is left out that can be sent, and must not get through if the spec refuses it. */
const lost = 'what the target says it loses';

function reasonOf(mesh: ConsulMesh, without: readonly Ir[], request: Request): string | undefined {
  const { ir } = mesh;
  if (request.to.type === 'gateway') return 'gateways, which the target does not write';
  const caller = callerOf(ir, request);
  const owner = ir.services[request.to.id];
  const port = owner?.ports.find(({ name, number }) => request.port === name || request.port === number);
  const stream = isStream(ir, request) ? (port ?? owner?.ports.find(({ http }) => !http)) : undefined;
  if (caller !== undefined && mesh.dialled(caller, request, stream) === undefined)
    return 'hosts that no service has, which nobody can dial';
  // A path in another spelling goes by the rule for its spelling (`request.unsafe-paths`).
  const path = normalisePath(request.path);
  if (path !== request.path) return 'paths in an odd spelling, of which the target says so';
  const decided = decide(ir, request);
  // 400 comes from the spec's own checks of a request, of which Consul has none.
  if (decided.outcome === 'refused' && decided.status === 400)
    return 'unsafe requests, of which the target says so';
  if (owner?.authentication !== undefined) return 'services with tokens, which the target does not read';
  if (caller === undefined && owner !== undefined && isApart(ir, owner, request))
    return 'ports that take calls without identity, and callers that Access names and the mesh does not';
  const said = (one: Ir): string => JSON.stringify({ ...decide(one, request), decidedBy: [] });
  return without.some((one) => said(one) !== said(ir)) ? lost : undefined;
}

/**
 * Returns true for a caller without a proxy of ours that calls a port which takes calls without identity, or that gets in
 * by a rule of Access which the target narrows to the callers of the mesh.
 */
function isApart(ir: Ir, owner: Service, request: Request): boolean {
  const ports =
    request.port === undefined
      ? owner.ports
      : owner.ports.filter(({ name, number }) => [name, number].includes(request.port ?? ''));
  if (ports.some((port) => mtlsOf(owner, port) !== 'strict')) return true;
  if (request.from.type !== 'spiffe' || decide(ir, request).outcome === 'refused') return false;
  const places = new Set(
    [...owner.access.allow, ...owner.access.deny].map(({ origin }) => formatOrigin(origin)),
  );
  const limits = consul.limits?.(ir, { version: '2.0', options: compiler.options }) ?? [];
  return limits.some(
    ({ feature, origin }) => feature.startsWith('access.') && places.has(formatOrigin(origin)),
  );
}

/** Returns the service whose proxy the caller has. */
function callerOf({ services }: Ir, { from }: Request): string | undefined {
  if (from.type === 'service') return from.id;
  if (from.type === 'anonymous') return undefined;
  return Object.values(services).find(({ workload }) => spiffeId(workload.principal) === from.id)?.id;
}
