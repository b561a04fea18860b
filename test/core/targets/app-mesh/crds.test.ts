import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import appMesh from '../../../../src/core/targets/app-mesh/index.ts';
import type { FileArtifact, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import schemas from '../../../schemas/app-mesh.gen.json' with { type: 'json' };
import apiSchemas from '../../../schemas/app-mesh-api.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));

function objectsOf(ir: Ir, options: Readonly<Record<string, unknown>>): readonly ObjectArtifact[] {
  return appMesh
    .lower(ir, { version: '1.13', options })
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
}

function filesOf(ir: Ir): readonly FileArtifact[] {
  return appMesh
    .lower(ir, { version: '1.13', options: { form: 'aws-api' } })
    .filter((artifact): artifact is FileArtifact => artifact.type === 'file');
}

describe('the output for App Mesh', () => {
  test.each([{}, { certificates: 'files', podServices: 'expect' }])(
    'is what its CRDs take, in every case, with the options %j',
    (options) => {
      const validators = crdValidators(schemas);
      let count = 0;
      for (const { name, ir } of meshes)
        for (const { kind, manifest } of objectsOf(ir, options)) {
          if (kind === 'Service') continue;
          count += 1;
          expect(crdProblems(validators, manifest), `${name} ${JSON.stringify(manifest)}`).toEqual([]);
        }
      expect(count).toBeGreaterThan(400);
    },
  );

  test('is input that the API takes, in every case', () => {
    const ajv = new Ajv2020({ strict: false });
    const validators = new Map(
      Object.entries(apiSchemas).map(([name, schema]) => [name, ajv.compile(schema)]),
    );
    const seen = new Set<string>();
    for (const { name, ir } of meshes)
      for (const { kind, resource } of filesOf(ir)) {
        const isTaken = validators.get(kind);
        seen.add(kind);
        expect(isTaken?.(resource), `${name} ${JSON.stringify(resource)}`).toBe(true);
      }
    expect([...seen].sort()).toEqual([
      'CreateGatewayRoute',
      'CreateMesh',
      'CreateRoute',
      'CreateVirtualGateway',
      'CreateVirtualNode',
      'CreateVirtualRouter',
      'CreateVirtualService',
    ]);
  });

  test('refers to objects that are there', () => {
    const refs = ['virtualNodeRef', 'virtualServiceRef', 'virtualRouterRef'] as const;
    let count = 0;
    for (const { ir } of meshes) {
      const all = objectsOf(ir, {});
      const there = new Set(all.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`));
      for (const { manifest } of all)
        JSON.parse(JSON.stringify(manifest), (key: string, value: { namespace: string; name: string }) => {
          const ref = refs.find((one) => one === key);
          if (ref === undefined) return value;
          count += 1;
          const kind = `${ref[0]?.toUpperCase() ?? ''}${ref.slice(1, -3)}`;
          expect([...there]).toContain(`${kind} ${value.namespace}/${value.name}`);
          return value;
        });
    }
    expect(count).toBeGreaterThan(400);
  });
});
