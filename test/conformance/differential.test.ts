import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/semantics/explain/parse-request.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import { combinations, type MeshCase, meshCases, type RequestData } from '../cases/cases.ts';
import { differences } from './harness/differences.ts';
import {
  faultDifferences,
  mirrorDifferences,
  retryDifferences,
  splitDifferences,
  timeoutDifferences,
} from './harness/probes.ts';
import { RunningMesh } from './harness/running-mesh.ts';
import { send } from './harness/send.ts';
import { prepare } from './harness/sending.ts';

const envoy = process.env['ENVOY'];

for (const meshCase of meshCases().filter(({ target }) => target !== undefined)) {
  describe.skipIf(envoy === undefined)(`${meshCase.name}: ${meshCase.about}`, () => {
    let mesh: RunningMesh;
    beforeAll(async () => {
      mesh = await RunningMesh.start(meshCase, envoy ?? '');
    });
    afterAll(async () => {
      await (mesh as RunningMesh | undefined)?.stop();
    });

    for (const { feature, requests } of requestsOf(meshCase)) {
      test(`${feature}: ${String(requests.length)} requests end as decided`, {
        timeout: 240_000,
      }, async () => {
        const wrong: string[] = [];
        for (const data of requests) {
          for (const difference of await compared(mesh, data))
            wrong.push(`${JSON.stringify(data)}\n    ${difference}`);
        }
        expect(wrong.join('\n')).toBe('');
      });
    }
  });
}

/** The case's requests by feature: those with expectations first, then the combinations. */
function requestsOf(meshCase: MeshCase): readonly { feature: string; requests: readonly RequestData[] }[] {
  const byFeature = new Map<string, RequestData[]>();
  const add = (feature: string, data: readonly RequestData[]): void => {
    byFeature.set(feature, [...(byFeature.get(feature) ?? []), ...data]);
  };
  for (const { feature, request } of meshCase.requests) add(feature, [request]);
  for (const matrix of meshCase.matrices) add(matrix.feature, combinations(matrix));
  return [...byFeature].map(([feature, requests]) => ({ feature, requests }));
}

/** Sends one request as it is, then in the ways that make its retries, timeout, shares, mirrors and faults visible. */
async function compared(mesh: RunningMesh, data: RequestData): Promise<readonly string[]> {
  const parsed = parseRequest(data, mesh.ir);
  if ('problem' in parsed) return [`not a request: ${parsed.problem}`];
  const request: Request = parsed.request;
  const prepared = prepare(mesh, request);
  const { outcome } = prepared;
  const uncertain =
    outcome.outcome === 'forwarded' &&
    (outcome.refusedShare !== undefined ||
      outcome.fault.abort !== undefined ||
      (outcome.fault.delay?.share ?? 0) > 0);
  const found = uncertain ? [] : [...differences(mesh, prepared, await send(prepared.sending))];
  if (outcome.outcome !== 'forwarded') return found;
  return [
    ...found,
    ...(await splitDifferences(mesh, request, outcome)),
    ...(await mirrorDifferences(mesh, request, outcome)),
    ...(await faultDifferences(mesh, request, outcome)),
    ...(await retryDifferences(mesh, request, outcome)),
    ...(await timeoutDifferences(mesh, request, outcome)),
  ];
}
