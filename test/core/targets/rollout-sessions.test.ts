import { describe, expect, it } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { withWeights } from '../../../src/core/ir/weights/with-weights.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import gatewayApi from '../../../src/core/targets/gateway-api/index.ts';
import istio from '../../../src/core/targets/istio/index.ts';
import linkerd from '../../../src/core/targets/linkerd/index.ts';
import { lossOf } from '../../../src/core/targets/loss.ts';
import type { Target } from '../../../src/core/targets/target.ts';
import istioSchemas from '../../schemas/istio-1.31.gen.json' with { type: 'json' };
import { document, linked, mesh } from '../ir/linked.ts';
import { crdProblems, crdValidators } from './crd-validators.ts';

const before = linked(
  mesh('access: allow'),
  document('Service', 'web', [
    'endpoints: {default: [{outbound: "127.0.0.1:15001", admin: "127.0.0.1:15000"}]}',
  ]),
  document('Service', 'api', ['ports: {http: {port: 80}}', 'versions: {v1: {}, v2: {}}']),
  document('Rollout', 'api', [
    'service: api',
    'from: v1',
    'to: v2',
    'steps: [20%, 100%]',
    'affinity: session',
    'judge: {source: scrape}',
  ]),
);

function at(weight: number): Ir {
  return withWeights(before, { 'shop/api': { state: 'running', weight } });
}

const cookie = (version: string): string => `mesh-shop-api=${version}; Path=/; HttpOnly`;

describe('a rollout that keeps users on their version', () => {
  it('adds a cookie to answers of each version in Envoy, even if one version gets everything', () => {
    for (const [weight, versions] of [
      [20, ['v1', 'v2']],
      [100, ['v2']],
    ] as const) {
      const text = JSON.stringify(envoy.lower(at(weight), { version: '1.40', options: {} }));
      const added = [...text.matchAll(/"response_headers_to_add":(\[[^\]]*\])/g)].map(
        ([, list = '']) => list,
      );
      expect([...new Set(added)]).toEqual(
        versions.map((version) =>
          JSON.stringify([
            {
              header: { key: 'set-cookie', value: cookie(version) },
              append_action: 'APPEND_IF_EXISTS_OR_ADD',
            },
          ]),
        ),
      );
    }
    expect(JSON.stringify(envoy.lower(before, { version: '1.40', options: {} }))).not.toContain(
      'mesh-shop-api',
    );
  });

  it('adds it to answers of each destination in Istio, as its CRDs allow', () => {
    const objects = istio.lower(at(20), { version: '1.31', options: {} });
    const validators = crdValidators(istioSchemas);
    expect(
      objects.flatMap((one) => (one.type === 'object' ? crdProblems(validators, one.manifest) : [])),
    ).toEqual([]);
    const text = JSON.stringify(objects);
    for (const version of ['v1', 'v2'])
      expect(text).toContain(`"headers":{"response":{"add":{"set-cookie":"${cookie(version)}"}}}`);
  });

  it('is a named loss on other meshes', () => {
    const lost = (target: Target): readonly string[] =>
      lossOf(
        before,
        {
          ...{ origin: before.origin, name: 't', platform: target.name, options: {}, degrade: [] },
          delivery: { requirePlan: false, branches: [] },
        },
        target,
      ).flatMap(({ feature, diagnostic }) =>
        feature === 'settings.affinity'
          ? [`${diagnostic.code} ${String(diagnostic.location.range.start.line)}`]
          : [],
      );
    const line = String(before.rollouts?.['shop/api']?.origin.line);
    expect(lost(envoy)).toEqual([]);
    expect(lost(istio)).toEqual([]);
    expect(lost(gatewayApi)).toEqual([`MESH3010 ${line}`]);
    expect(lost(linkerd)).toEqual([`MESH3010 ${line}`]);
  });
});
