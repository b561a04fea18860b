import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import type { Feature } from '../../src/core/ir/feature.ts';
import { meshCases } from '../cases/cases.ts';
import { differences } from './harness/differences.ts';
import { knownDifferences } from './harness/istio/known-differences.ts';
import { lostFeatures, touches } from './harness/istio/lost-features.ts';
import { WaypointMesh } from './harness/istio/waypoint-mesh.ts';
import { requestsOf } from './harness/requests-of.ts';
import { send } from './harness/send.ts';
import { prepare } from './harness/sending.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';
const absent = envoy === '' || istioXds === '';

/** Cases whose waypoints have filters that only Istio's own build of Envoy has (`istio.metadata_exchange`). */
const unstartable = ['limits', 'order', 'outside', 'resilience', 'splits'];

/**
 * Cases with differences that have no explanation yet. Each refuses more than is decided: 403 for 404, and for a call that
 * an Access of one port, or a rule for some callers, lets through.
 */
const unexplained = ['calls', 'doors', 'matches'];

const counts = { compared: 0, known: 0, narrowed: 0, refused: 0, leftOut: new Map<Feature, number>() };

// No ztunnel runs here: what goes around waypoints, and what comes of the connections behind them, is not tried.
describe.skipIf(absent)('requests at waypoints, by way of istiod', () => {
  for (const meshCase of meshCases().filter(
    ({ name, target, silent }) => target !== undefined && silent.length === 0 && !unstartable.includes(name),
  )) {
    describe(`${meshCase.name}: ${meshCase.about}`, () => {
      let mesh: WaypointMesh;
      let lost: ReturnType<typeof lostFeatures>;
      beforeAll(async () => {
        mesh = await WaypointMesh.start(meshCase, envoy, istioXds);
        lost = lostFeatures(mesh.ir, 'ambient');
      });
      afterAll(async () => {
        await (mesh as WaypointMesh | undefined)?.stop();
      });

      const judged = unexplained.includes(meshCase.name) ? test.fails : test;
      judged('end as decided, or as the target says', { timeout: 240_000 }, async () => {
        const wrong: string[] = [];
        for (const { requests } of requestsOf(meshCase)) {
          for (const data of mesh.moved(requests)) {
            const read = parseRequest(data, mesh.ir);
            if ('problem' in read) throw new Error(`${JSON.stringify(data)}: ${read.problem}`);
            const { request } = read;
            const address = mesh.entrance(request);
            if (address === undefined) continue;
            const prepared = await prepare(mesh, request);
            const { outcome, testId } = prepared;
            const { tls: _tls, ...plain } = prepared.sending;
            const sending = { ...plain, address };
            const [first] = touches(mesh.ir, lost, request);
            if (first !== undefined) {
              counts.leftOut.set(first, (counts.leftOut.get(first) ?? 0) + 1);
              if (outcome.outcome !== 'refused') continue;
              await send(sending);
              counts.refused += 1;
              if (mesh.echoes.arrivals(testId).length > 0)
                wrong.push(`${JSON.stringify(data)}\n    reaches the application, decided refused`);
              continue;
            }
            if (
              outcome.outcome === 'forwarded' &&
              (outcome.refusedShare !== undefined || isUncertain(outcome.fault))
            )
              continue;
            const answer = await send(sending);
            // A rule that allows is written narrower where a part of it is lost.
            if (lost.has('access.http') && outcome.outcome === 'forwarded' && answer.status === 403) {
              counts.narrowed += 1;
              continue;
            }
            counts.compared += 1;
            for (const difference of differences(mesh, { ...prepared, sending }, answer)) {
              if (knownDifferences.some((known) => known.takes(difference, outcome, request, mesh.ir)))
                counts.known += 1;
              else wrong.push(`${JSON.stringify(data)}\n    ${difference}`);
            }
          }
        }
        expect(wrong.join('\n')).toBe('');
      });
    });
  }

  test('enough was compared', () => {
    console.log(JSON.stringify({ ...counts, leftOut: Object.fromEntries(counts.leftOut) }));
    expect(counts.compared).toBeGreaterThan(300);
  });
});

function isUncertain({ delay, abort }: { readonly delay?: unknown; readonly abort?: unknown }): boolean {
  return delay !== undefined || abort !== undefined;
}
