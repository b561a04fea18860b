import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import kuma from '../../../../src/core/targets/kuma/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import kuma2 from '../../../schemas/kuma-2.14.gen.json' with { type: 'json' };
import kuma3 from '../../../schemas/kuma-3.0.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));

function written(ir: Ir, options: Readonly<Record<string, unknown>> = {}): readonly ObjectArtifact[] {
  return kuma
    .lower(ir, { version: '3.0', options })
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
}

describe.each([
  ['2.14', kuma2],
  ['3.0', kuma3],
])('the CRDs of Kuma %s', (_, schemas) => {
  const validators = crdValidators(schemas);

  test('take every object of every case', () => {
    let count = 0;
    for (const { name, ir } of meshes)
      for (const { manifest } of written(ir)) {
        count += 1;
        expect(crdProblems(validators, manifest), `${name} ${JSON.stringify(manifest)}`).toEqual([]);
      }
    expect(count).toBeGreaterThan(500);
  });

  test('take an identity whose authority is in Secrets', () => {
    for (const { ir } of meshes.slice(0, 2)) {
      const identity = written(ir, { authority: 'secret' }).find(({ kind }) => kind === 'MeshIdentity');
      expect(crdProblems(validators, identity?.manifest ?? null)).toEqual([]);
      expect(JSON.stringify(identity?.manifest)).toContain('mesh-authority-key');
    }
  });

  test('refuse a field that Kuma does not know', () => {
    const timeout = (http: Json): Json => ({
      apiVersion: 'kuma.io/v1alpha1',
      kind: 'MeshTimeout',
      metadata: {},
      spec: { targetRef: { kind: 'Mesh' }, to: [{ targetRef: { kind: 'Mesh' }, default: { http } }] },
    });
    expect(crdProblems(validators, timeout({ requestTimeout: '1s' }))).toEqual([]);
    expect(crdProblems(validators, timeout({ perTryTimeout: '1s' }))).not.toEqual([]);
  });
});

interface Resource {
  readonly kind: string;
  readonly spec: {
    readonly targetRef?: { readonly kind: string };
    readonly to?: readonly { readonly targetRef: object }[];
    readonly from?: object;
  };
}

// 3.0 takes no `from`, no name of a resource, and only Mesh and Dataplane at the top (UPGRADE.md of Kuma).
test('no policy has a form that 3.0 has dropped', () => {
  let count = 0;
  for (const { ir } of meshes)
    for (const { manifest } of written(ir)) {
      const { kind, spec } = manifest as unknown as Resource;
      if (!kind.startsWith('Mesh') || kind === 'MeshIdentity') continue;
      count += 1;
      expect(spec.from).toBeUndefined();
      expect(['Mesh', 'Dataplane']).toContain(spec.targetRef?.kind);
      for (const { targetRef } of spec.to ?? []) expect(targetRef).not.toHaveProperty('name');
      expect(JSON.stringify(spec)).not.toContain('MeshServiceSubset');
    }
  expect(count).toBeGreaterThan(300);
});

test('every resource outside of Kubernetes is a file with its type, name and mesh', () => {
  let count = 0;
  for (const { ir } of meshes)
    for (const artifact of kuma.lower(ir, { version: '3.0', options: { mode: 'universal', mesh: 'shop' } })) {
      if (artifact.type !== 'file') throw new Error(`${artifact.kind} is no file`);
      count += 1;
      expect(artifact.resource).toMatchObject({ type: artifact.kind, name: artifact.name, mesh: 'shop' });
      // The names of resources of Kuma (`kumactl` refuses others).
      expect(artifact.name).toMatch(/^[0-9a-z.\-_]{1,253}$/);
      if (artifact.kind === 'MeshService') expect(artifact.name).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
    }
  expect(count).toBeGreaterThan(300);
});
