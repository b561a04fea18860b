import { describe, expect, test } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import { compareCases, isComparable, report } from './harness/compare-cases.ts';
import { istioCase } from './harness/istio/istio-case.ts';
import { knownDifferences } from './harness/istio/known-differences.ts';
import { lostFeatures, touches } from './harness/istio/lost-features.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';

describe.skipIf(envoy === '' || istioXds === '')('a mesh by way of istiod', () => {
  const counts = compareCases({
    cases: meshCases().filter(isComparable),
    known: knownDifferences,
    start: async (meshCase) => {
      const { mesh, moved } = await istioCase(meshCase, envoy, istioXds);
      const lost = lostFeatures(mesh.ir, 'sidecar');
      return {
        mesh,
        moved,
        leftOut: (request) => touches(mesh.ir, lost, request)[0],
        keepsOut: () => true,
      };
    },
  });

  test('enough requests were compared, and every known difference occurred', () => {
    console.log(report(counts));
    expect(counts.compared).toBeGreaterThanOrEqual(300);
    const sure = knownDifferences.filter(({ sometimes }) => sometimes !== true);
    const unmet = sure.map(({ name }) => name).filter((name) => !counts.known.has(name));
    expect(unmet).toEqual([]);
  });
});
