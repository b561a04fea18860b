import { describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Outcome } from '../../src/core/semantics/outcome.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import gatewayApi from '../../src/core/targets/gateway-api/index.ts';
import { type MeshCase, meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { ask } from './harness/asking.ts';
import { Authority } from './harness/authorities.ts';
import { caseOf } from './harness/case-of.ts';
import { compareCases, isComparable, report } from './harness/compare-cases.ts';
import { knownDifferences } from './harness/gateway-api/known-differences.ts';
import { namedAuthorities, namedSecrets, withSecrets } from './harness/gateway-api/with-secrets.ts';
import { meshesWithoutLost } from './harness/gateway-api/without-lost.ts';
import { writtenObjects } from './harness/istio/compiled-objects.ts';
import { type IstioCase, istioCase } from './harness/istio/istio-case.ts';
import type { Compiler } from './harness/istio/lost-features.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';
const absent = envoy === '' || istioXds === '';

/** The MeshConfig that the notes of the target ask for. */
const installation = {
  defaultHttpRetryPolicy: { attempts: 0 },
  pathNormalization: { normalization: 'DECODE_AND_MERGE_SLASHES' },
};

const channels = ['standard', 'experimental'] as const;

/**
 * Returns the cases of a channel: for the experimental channel, those whose objects differ from the standard channel's.
 */
function casesOf(channel: (typeof channels)[number]): readonly MeshCase[] {
  const running = meshCases().filter(isComparable);
  if (channel === 'standard') return running;
  return running.filter(({ directory, environment }) => {
    const ir = linkedMesh(directory, environment);
    const text = (one: string): string =>
      canonicalJson(writtenObjects(gatewayApi, ir, { implementation: 'istio', channel: one }));
    return text('standard') !== text('experimental');
  });
}

describe.skipIf(absent).each(channels)('the Gateway API through istiod, %s channel', (channel) => {
  const compiler: Compiler = {
    target: gatewayApi,
    options: { implementation: 'istio', channel },
    kept: ['settings.no-retries'],
  };
  const counts = compareCases({
    cases: casesOf(channel),
    known: knownDifferences,
    start: async (meshCase) => {
      const { mesh, moved } = await startedCase(meshCase, compiler.options);
      const ir = withSecrets(mesh.ir);
      const atOnce = meshesWithoutLost(ir, compiler, 'at once');
      const each = meshesWithoutLost(ir, compiler, 'each');
      return {
        mesh,
        moved,
        leftOut: (request) =>
          isLost(ir, isCalledAsAnyone(request) ? atOnce : each, request)
            ? 'what the target says they lose'
            : undefined,
      };
    },
  });

  test('enough requests were compared', () => {
    console.log(report(counts));
    expect(counts.compared).toBeGreaterThanOrEqual(channel === 'standard' ? 2500 : 300);
  });
});

describe.skipIf(absent)('a BackendTLSPolicy through istiod', () => {
  test('keeps calls from a host outside the mesh whose certificate has another name', async () => {
    const { mesh, moved } = await startedCase(caseOf('outside'), { implementation: 'istio' });
    const asked = Object.assign(mesh, { moved });
    try {
      expect((await ask(asked, { from: 'shop/web', to: 'shop/secure' })).answer.status).toBe(200);
      const impostor = await ask(asked, { from: 'shop/web', to: 'shop/impostor' });
      expect(impostor.answer.status).toBe(503);
      expect(impostor.arrivals).toEqual([]);
    } finally {
      await mesh.stop();
    }
  });
});

/** Starts a case on istiod, with the Secrets and ConfigMaps that the notes of the target ask for. */
async function startedCase(
  meshCase: MeshCase,
  options: NonNullable<Compiler['options']>,
): Promise<IstioCase> {
  const pair = await (await Authority.of('gateways.example')).issue('server', 'gateway.example');
  const compile = (ir: Ir) => {
    const secured = withSecrets(ir);
    return [
      ...writtenObjects(gatewayApi, secured, options),
      ...namedSecrets(secured, pair),
      ...namedAuthorities(ir),
    ];
  };
  return istioCase(meshCase, envoy, istioXds, compile, installation);
}

/** Returns true if the target says that this request may end otherwise: a feature that decides about it is lost. */
function isLost(ir: Ir, without: readonly Ir[], request: Request): boolean {
  const said = (mesh: Ir): string => JSON.stringify({ ...decide(mesh, request), decidedBy: [] });
  const outcome = decide(ir, request);
  // The Gateway API can neither turn off the refusal of unsafe paths nor refuse callers.
  return (
    outcome.outcome === 'refused' ||
    hasRefusedShare(outcome) ||
    isBehindProxies(ir, request) ||
    without.some((mesh) => said(mesh) !== said(ir))
  );
}

/**
 * Returns true if the identity of the caller has no part in whether its connection is taken: it is a workload of the
 * mesh, or calls a gateway.
 */
function isCalledAsAnyone({ from, to }: Request): boolean {
  return from.type === 'service' || to.type === 'gateway';
}

/** Returns true if proxies in front of the gateway tell it clients' addresses, of which the Gateway API knows nothing. */
function isBehindProxies({ gateways }: Ir, { to, port }: Request): boolean {
  const listeners = to.type === 'gateway' ? (gateways[to.id]?.listeners ?? []) : [];
  return listeners.some(
    (listener) => listener.clientAddress !== undefined && (listener.name === port || listener.port === port),
  );
}

function hasRefusedShare(outcome: Outcome): boolean {
  return 'refusedShare' in outcome && outcome.refusedShare > 0;
}
