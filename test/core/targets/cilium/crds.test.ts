import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import cilium from '../../../../src/core/targets/cilium/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import policies from '../../../schemas/cilium.gen.json' with { type: 'json' };
import routes from '../../../schemas/gateway-api-standard.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

const kinds: Readonly<Record<string, object>> = { ...routes, ...policies };
const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));
const version = cilium.versions.at(-1) ?? '';

function written(ir: Ir): readonly ObjectArtifact[] {
  return cilium
    .lower(ir, { version, options: {} })
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
}

/** Kinds of the engines of rollouts have CRDs of their own. */
const ofEngines = /^(?:flagger|argoproj)\./;

describe('the CRDs of Cilium and of the Gateway API', () => {
  const validators = crdValidators(kinds);
  const adding = crdValidators(kinds, true);

  test('take every object of every case', () => {
    let count = 0;
    for (const { name, ir } of meshes) {
      for (const { manifest } of written(ir)) {
        if (ofEngines.test((manifest as { apiVersion: string }).apiVersion)) continue;
        count += 1;
        expect(crdProblems(validators, manifest), `${name} ${JSON.stringify(manifest)}`).toEqual([]);
      }
    }
    expect(count).toBeGreaterThan(300);
  });

  test('add nothing to an object: a server gives back what was written', () => {
    for (const { name, ir } of meshes) {
      for (const { manifest } of written(ir)) {
        const copy: Json = structuredClone(manifest);
        crdProblems(adding, copy);
        expect(copy, name).toEqual(manifest);
      }
    }
  });

  test('refuse a field that Cilium does not know', () => {
    const rule = (fields: Json): Json => ({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: {},
      spec: { endpointSelector: {}, ingress: [fields] },
    });
    expect(crdProblems(validators, rule({ fromEntities: ['world'] }))).toEqual([]);
    expect(crdProblems(validators, rule({ fromAccounts: ['web'] }))).not.toEqual([]);
    expect(crdProblems(validators, rule({ fromEntities: ['gateway'] }))).not.toEqual([]);
  });
});

interface Policy {
  readonly spec: {
    readonly ingress?: readonly Readonly<Record<string, readonly unknown[]>>[];
    readonly enableDefaultDeny: object;
  };
}

test('no rule has an empty list of callers, or callers of two kinds, which Cilium reads in ways of its own', () => {
  let count = 0;
  for (const { ir } of meshes) {
    for (const { kind, manifest } of written(ir)) {
      if (kind !== 'CiliumNetworkPolicy') continue;
      const { ingress = [], enableDefaultDeny } = (manifest as unknown as Policy).spec;
      expect(Object.keys(enableDefaultDeny)).toHaveLength(1);
      for (const rule of ingress) {
        count += 1;
        const peers = Object.keys(rule).filter((key) => key.startsWith('from'));
        expect(peers.length).toBe(Object.keys(rule).length === 0 ? 0 : 1);
        expect(peers.filter((key) => rule[key]?.length === 0)).toEqual([]);
      }
    }
  }
  expect(count).toBeGreaterThan(50);
});
