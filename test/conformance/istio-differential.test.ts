import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import type { Feature } from '../../src/core/ir/feature.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import { meshCases, type RequestData } from '../cases/cases.ts';
import { compared } from './harness/compared.ts';
import { istioCase } from './harness/istio/istio-case.ts';
import type { IstioMesh } from './harness/istio/istio-mesh.ts';
import { knownDifferences } from './harness/istio/known-differences.ts';
import { lostFeatures, touches } from './harness/istio/lost-features.ts';
import { requestsOf } from './harness/requests-of.ts';
import { send } from './harness/send.ts';
import { isStream, prepare } from './harness/sending.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';
const absent = envoy === '' || istioXds === '';

/** Numbers of requests compared, left out by lost feature, and of known differences. */
const counts = {
  compared: 0,
  leftOut: new Map<Feature, number>(),
  stillRefused: 0,
  known: new Map<string, number>(),
};

describe.skipIf(absent)('a mesh by way of istiod', () => {
  // A case with silent services is about what they answer, one without a target for Envoy has no endpoints.
  for (const meshCase of meshCases().filter(
    ({ target, silent }) => target !== undefined && silent.length === 0,
  )) {
    describe(`${meshCase.name}: ${meshCase.about}`, () => {
      let mesh: IstioMesh;
      let lost: ReturnType<typeof lostFeatures>;
      let moved: <T>(value: T) => T = (value) => value;
      beforeAll(async () => {
        ({ mesh, moved } = await istioCase(meshCase, envoy, istioXds));
        lost = lostFeatures(mesh.ir, 'sidecar');
      });
      afterAll(async () => {
        await (mesh as IstioMesh | undefined)?.stop();
      });

      for (const { feature, requests } of requestsOf(meshCase)) {
        test(`${feature}: ${String(requests.length)} requests end as decided, or as the target says`, {
          timeout: 240_000,
        }, async () => {
          const wrong: string[] = [];
          for (const data of moved(requests)) {
            const request = parsed(data, mesh);
            const [first] = touches(mesh.ir, lost, request);
            if (first !== undefined) {
              count(counts.leftOut, first);
              if (await isLetIn(mesh, request))
                wrong.push(`${JSON.stringify(data)}\n    reaches the application, decided refused`);
              continue;
            }
            counts.compared += 1;
            for (const difference of await compared(mesh, request))
              if (!isKnown(difference, request, mesh))
                wrong.push(`${JSON.stringify(data)}\n    ${difference}`);
          }
          expect(wrong.join('\n')).toBe('');
        });
      }
    });
  }

  test('enough was compared, and every known difference is one that is met', () => {
    console.log(report());
    expect(counts.compared).toBeGreaterThanOrEqual(300);
    const sure = knownDifferences.filter(({ sometimes }) => sometimes !== true);
    const unmet = sure.map(({ name }) => name).filter((name) => !counts.known.has(name));
    expect(unmet).toEqual([]);
  });
});

function parsed(data: RequestData, { ir }: IstioMesh): Request {
  const read = parseRequest(data, ir);
  if ('problem' in read) throw new Error(`${JSON.stringify(data)}: ${read.problem}`);
  return read.request;
}

/** A loss never lets in a caller whom the spec keeps out. */
async function isLetIn(mesh: IstioMesh, request: Request): Promise<boolean> {
  const { outcome, sending, testId } = await prepare(mesh, request);
  if (outcome.outcome !== 'refused' || isStream(mesh.ir, request)) return false;
  await send(sending);
  counts.stillRefused += 1;
  return mesh.echoes.arrivals(testId).length > 0;
}

function isKnown(difference: string, request: Request, { ir }: IstioMesh): boolean {
  const outcome = decide(ir, request);
  const known = knownDifferences.find((one) => one.takes(difference, outcome, request, ir));
  if (known !== undefined) count(counts.known, known.name);
  return known !== undefined;
}

function count<T>(numbers: Map<T, number>, key: T): void {
  numbers.set(key, (numbers.get(key) ?? 0) + 1);
}

function report(): string {
  const line = ([name, number]: readonly [string, number]): string =>
    `  ${String(number).padStart(6)}  ${name}`;
  return [
    `${String(counts.compared)} requests compared`,
    'left out, by the feature that the target says is lost:',
    ...[...counts.leftOut].map(line),
    `  (of these ${String(counts.stillRefused)} are refused by the spec, and were sent: none got through)`,
    'differences that are known:',
    ...[...counts.known].map(line),
  ].join('\n');
}
