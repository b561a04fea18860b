import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { meshCases } from '../cases/cases.ts';
import { compared } from './harness/compared.ts';
import { requestsOf } from './harness/requests-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

// A case with silent services is about what they answer: it has tests of its own.
for (const meshCase of meshCases().filter(
  ({ target, silent }) => target !== undefined && silent.length === 0,
)) {
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
        for (const data of mesh.moved(requests)) {
          const parsed = parseRequest(data, mesh.ir);
          if ('problem' in parsed) throw new Error(`${JSON.stringify(data)}: ${parsed.problem}`);
          for (const difference of await compared(mesh, parsed.request))
            wrong.push(`${JSON.stringify(data)}\n    ${difference}`);
        }
        expect(wrong.join('\n')).toBe('');
      });
    }
  });
}
