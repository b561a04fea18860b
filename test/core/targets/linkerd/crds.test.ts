import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import linkerd from '../../../../src/core/targets/linkerd/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import schemas from '../../../schemas/linkerd.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

const kinds: Readonly<Record<string, object>> = schemas;
const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));
const version = linkerd.versions.at(-1) ?? '';

function written(ir: Ir, options: Readonly<Record<string, unknown>>): readonly ObjectArtifact[] {
  return linkerd
    .lower(ir, { version, options })
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
}

describe('the CRDs of Linkerd, with those of the Gateway API that it brings', () => {
  const validators = crdValidators(kinds);
  const adding = crdValidators(kinds, true);

  test.each([{}, { services: 'write', versionServices: 'expect', probePaths: ['/healthz'] }])(
    'take every object of every case, with the options %j',
    (options) => {
      let count = 0;
      for (const { name, ir } of meshes) {
        for (const { manifest } of written(ir, options)) {
          count += 1;
          expect(crdProblems(validators, manifest), `${name} ${JSON.stringify(manifest)}`).toEqual([]);
        }
      }
      expect(count).toBeGreaterThan(100);
    },
  );

  test('add nothing to an object: a server gives back what was written', () => {
    for (const { name, ir } of meshes) {
      for (const { manifest } of written(ir, {})) {
        const copy: Json = structuredClone(manifest);
        crdProblems(adding, copy);
        expect(copy, name).toEqual(manifest);
      }
    }
  });

  test('refuse a field that Linkerd does not know', () => {
    const route = (rule: Json): Json => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: {},
      spec: { rules: [rule] },
    });
    expect(crdProblems(validators, route({ timeouts: { request: '1s' } }))).toEqual([]);
    expect(crdProblems(validators, route({ retry: { attempts: 1 } }))).not.toEqual([]);
  });
});

interface Policy {
  readonly spec: { readonly requiredAuthenticationRefs?: readonly object[] };
}

// An empty list lets everybody in (Linkerd's own test of it asserts that), so there is none.
test('no AuthorizationPolicy is without an authentication, and each names one that is there', () => {
  let count = 0;
  for (const { ir } of meshes) {
    const all = written(ir, { probePaths: ['/healthz'] });
    const names = new Set(all.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`));
    for (const { kind, namespace, manifest } of all) {
      if (kind !== 'AuthorizationPolicy') continue;
      const { requiredAuthenticationRefs = [] } = (manifest as unknown as Policy).spec;
      expect(requiredAuthenticationRefs).toHaveLength(1);
      const { kind: of, name } = requiredAuthenticationRefs[0] as { kind: string; name: string };
      expect(names).toContain(`${of} ${namespace}/${name}`);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(10);
});
