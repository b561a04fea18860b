import { describe, expect, test } from 'vitest';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import gatewayApi from '../../../schemas/gateway-api-standard.gen.json' with { type: 'json' };
import istio130 from '../../../schemas/istio-1.30.gen.json' with { type: 'json' };
import istio131 from '../../../schemas/istio-1.31.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

/** Structural schemas of the CRDs by version of Istio, oldest first. */
const schemas: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  '1.30': istio130,
  '1.31': istio131,
};

describe.each(Object.entries(schemas))('the CRDs of Istio %s', (version, kinds) => {
  const validators = crdValidators({ ...gatewayApi, ...kinds });

  test('refuse unknown fields', () => {
    const sidecar = validators['networking.istio.io/v1 Sidecar'];
    const wrapped = (spec: object): object => ({ apiVersion: 'x', kind: 'x', metadata: {}, spec });
    expect(sidecar?.(wrapped({ egress: [{ hosts: ['*/*'] }] }))).toBe(true);
    expect(sidecar?.(wrapped({ egress: [{ hosts: ['*/*'], nothing: 1 }] }))).toBe(false);
    expect(sidecar?.(wrapped({ egress: [{ hosts: [1] }] }))).toBe(false);
    const route = validators['networking.istio.io/v1 VirtualService'];
    expect(route?.(wrapped({ http: [{ match: [{ uri: { exact: '/' } }] }] }))).toBe(true);
    expect(route?.(wrapped({ http: [{ match: [{ uri: { exact: '/', prefix: '/' } }] }] }))).toBe(false);
  });

  for (const mode of ['sidecar', 'ambient']) {
    test.each(meshCases())(`accept every object of $name (${mode})`, ({ directory, environment }) => {
      const ir = linkedMesh(directory, environment);
      const objects = istio.lower(ir, { version, options: { mode } });
      expect(objects.length).toBeGreaterThan(0);
      const wrong = objects
        .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object')
        .flatMap(({ manifest, kind, namespace, name }) =>
          crdProblems(validators, manifest).map((problem) => `${kind} ${namespace}/${name}: ${problem}`),
        );
      expect(wrong).toEqual([]);
    });
  }
});
