import { describe, expect, test } from 'vitest';
import glooMesh from '../../src/core/targets/gloo-mesh/index.ts';
import type { Target } from '../../src/core/targets/target.ts';
import tsb from '../../src/core/targets/tsb/index.ts';
import { meshCases } from '../cases/cases.ts';
import { compareCases } from './harness/compare-cases.ts';
import { writtenObjects } from './harness/istio/compiled-objects.ts';
import { istioCase } from './harness/istio/istio-case.ts';
import { knownDifferences } from './harness/istio/known-differences.ts';
import type { KubernetesObject } from './harness/istio/kubernetes-object.ts';
import { lostFeatures, touches } from './harness/istio/lost-features.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';

/** Cases for a platform: its objects are those of the target `istio`, whose comparison runs all cases. */
const some: ReadonlySet<string> = new Set(['access', 'leaving', 'order']);

/** Returns an object as the platform hands it to istiod: not its own kinds, and no label that keeps the cluster's Istio away. */
function handedOver(object: KubernetesObject): readonly KubernetesObject[] {
  if (/^[a-z.]*\b(?:gloo|tsb)\./.test(object.apiVersion)) return [];
  const { 'istio.io/rev': _, ...labels } = object.metadata.labels ?? {};
  return [{ ...object, metadata: { ...object.metadata, labels } }];
}

const platforms: readonly (readonly [string, Target])[] = [
  ['gloo-mesh', glooMesh],
  ['tsb', tsb],
];

describe.skipIf(envoy === '' || istioXds === '').each(platforms)('%s by way of istiod', (_, target) => {
  const counts = compareCases({
    cases: meshCases().filter(({ name }) => some.has(name)),
    known: knownDifferences,
    start: async (meshCase) => {
      const { mesh, moved } = await istioCase(meshCase, envoy, istioXds, (ir) =>
        writtenObjects(target, ir, { istioVersion: '1.31' }).flatMap(handedOver),
      );
      const lost = lostFeatures(mesh.ir, 'sidecar');
      return {
        mesh,
        moved,
        leftOut: (request) => touches(mesh.ir, lost, request)[0],
        keepsOut: () => true,
      };
    },
  });

  test('enough requests were compared', () => {
    expect(counts.compared).toBeGreaterThanOrEqual(300);
  });
});
