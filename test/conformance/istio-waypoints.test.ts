import { describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { meshCases } from '../cases/cases.ts';
import { caseOf } from './harness/case-of.ts';
import { compareCases, isComparable, report } from './harness/compare-cases.ts';
import { knownDifferences } from './harness/istio/known-differences.ts';
import { WaypointMesh } from './harness/istio/waypoint-mesh.ts';
import { waypointRules } from './harness/istio/waypoint-rules.ts';
import { send } from './harness/send.ts';
import { prepare } from './harness/sending.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';

// No ztunnel runs here, so traffic around waypoints and connections behind them are not tested.
describe.skipIf(envoy === '' || istioXds === '')('requests at waypoints, by way of istiod', () => {
  const counts = compareCases({
    cases: meshCases().filter(isComparable),
    known: knownDifferences,
    start: async (meshCase) => {
      const mesh = await WaypointMesh.start(meshCase, envoy, istioXds);
      return { mesh, moved: mesh.moved, ...waypointRules(mesh) };
    },
  });

  test('route by the identity of the caller, whatever the caller claims', async () => {
    const mesh = await WaypointMesh.start(caseOf('matches'), envoy, istioXds);
    try {
      const data = { from: 'shop/web', to: 'shop/reviews', method: 'GET', path: '/who' };
      const read = parseRequest(data, mesh.ir);
      if ('problem' in read) throw new Error(read.problem);
      const said = 'spiffe://matches.example/ns/ops/sa/tester';
      const { sending, testId } = await prepare(mesh, read.request, {
        extra: [['x-meshwright-caller', said]],
      });
      await send(sending);
      const [arrival] = mesh.echoes.arrivals(testId);
      // The rule for ops/tester forwards to v4.
      expect(arrival?.version).toBe('v2');
      expect(arrival?.headers.map(([name]) => name)).not.toContain('x-meshwright-caller');
    } finally {
      await mesh.stop();
    }
  });

  test('enough requests were compared', () => {
    console.log(report(counts));
    expect(counts.compared).toBeGreaterThan(3000);
  });
});
