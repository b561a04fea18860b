import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Artifact, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import glooMesh from '../../../../src/core/targets/gloo-mesh/index.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import tsb from '../../../../src/core/targets/tsb/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import glooSchemas from '../../../schemas/gloo-mesh.gen.json' with { type: 'json' };
import istioSchemas from '../../../schemas/istio-1.31.gen.json' with { type: 'json' };
import tsbSchemas from '../../../schemas/tsb.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));

const direct: readonly (readonly [string, Target, Readonly<Record<string, object>>])[] = [
  ['gloo-mesh', glooMesh, glooSchemas],
  ['tsb', tsb, tsbSchemas],
];

interface Manifest {
  readonly apiVersion: string;
  readonly metadata: {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

function manifestOf({ manifest }: ObjectArtifact): Manifest {
  return manifest as unknown as Manifest;
}

function isObject(artifact: Artifact): artifact is ObjectArtifact {
  return artifact.type === 'object';
}

function lowered(target: Target, ir: Ir): readonly ObjectArtifact[] {
  return target
    .lower(ir, { version: target.versions.at(-1) ?? '', options: { istioVersion: '1.31' } })
    .filter(isObject);
}

/** Returns objects by what istiod reads of them; annotations and labels of a platform are none of it. */
function readByIstio(objects: readonly ObjectArtifact[]): readonly unknown[] {
  return objects.map((object) => {
    const { apiVersion, spec } = manifestOf(object);
    return { apiVersion, kind: object.kind, namespace: object.namespace, name: object.name, spec };
  });
}

describe.each(direct)('%s', (_, target, schemas) => {
  const isOwn = ({ manifest }: ObjectArtifact): boolean =>
    /\.(?:solo|tetrate)\.io\/|^tsb\./.test((manifest as unknown as Manifest).apiVersion);

  test('writes what istio writes, in every case', () => {
    let count = 0;
    for (const { name, ir } of meshes) {
      const others = lowered(target, ir).filter((object) => !isOwn(object));
      const expected = istio.lower(ir, { version: '1.31', options: {} }).filter(isObject);
      expect(readByIstio(others), name).toEqual(readByIstio(expected));
      count += others.length;
    }
    expect(count).toBeGreaterThan(500);
  });

  test('writes objects that its CRDs and those of Istio take, in every case', () => {
    const validators = crdValidators({ ...istioSchemas, ...schemas });
    let count = 0;
    for (const { name, ir } of meshes)
      for (const object of lowered(target, ir)) {
        if (!isOwn(object) && !/\.istio\.io\//.test(manifestOf(object).apiVersion)) continue;
        count += 1;
        expect(crdProblems(validators, object.manifest), `${name} ${object.kind} ${object.name}`).toEqual([]);
      }
    expect(count).toBeGreaterThan(500);
  });
});

describe('tsb', () => {
  test('puts every object of Istio into a group of the mode DIRECT that has its namespace', () => {
    const keys = {
      'traffic.tsb.tetrate.io': 'tsb.tetrate.io/trafficGroup',
      'security.tsb.tetrate.io': 'tsb.tetrate.io/securityGroup',
      'gateway.tsb.tetrate.io': 'tsb.tetrate.io/gatewayGroup',
      'istiointernal.tsb.tetrate.io': 'tsb.tetrate.io/istioInternalGroup',
    };
    // The kinds of each group, by the documentation of Tetrate Service Bridge on the mode DIRECT.
    const kinds: Readonly<Record<string, readonly string[]>> = {
      'tsb.tetrate.io/trafficGroup': ['DestinationRule', 'Sidecar', 'VirtualService'],
      'tsb.tetrate.io/securityGroup': ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
      'tsb.tetrate.io/gatewayGroup': ['Gateway', 'VirtualService'],
      'tsb.tetrate.io/istioInternalGroup': ['EnvoyFilter', 'ServiceEntry', 'Telemetry'],
    };
    for (const { ir } of meshes) {
      const objects = lowered(tsb, ir);
      const groups = objects
        .filter(({ kind }) => kind === 'Group')
        .map((group) => {
          const { apiVersion, spec } = manifestOf(group);
          const key = keys[apiVersion.replace(/\/.*/, '') as keyof typeof keys];
          const { names } = spec['namespaceSelector'] as { readonly names: readonly string[] };
          return { key, name: group.name, names, mode: spec['configMode'] };
        });
      expect(groups.map(({ key }) => key).sort()).toEqual(Object.values(keys).sort());
      for (const object of objects.filter((one) => /\.istio\.io\//.test(manifestOf(one).apiVersion))) {
        const { metadata } = manifestOf(object);
        const named = groups.filter(({ key }) => metadata.annotations[key] !== undefined);
        expect(named).toHaveLength(1);
        const [group] = named;
        expect(metadata.annotations[group?.key ?? '']).toBe(group?.name);
        expect(kinds[group?.key ?? '']).toContain(object.kind);
        expect(group?.names).toContain(`*/${object.namespace}`);
        expect(group?.mode).toBe(group?.key === 'tsb.tetrate.io/istioInternalGroup' ? undefined : 'DIRECT');
        expect(metadata.labels['istio.io/rev']).toBe('tsb');
      }
    }
  });

  test('writes a group before the objects in it, and takes it away after them', () => {
    const [first] = meshes;
    const objects = first === undefined ? [] : lowered(tsb, first.ir);
    const made = tsb.order?.([], objects);
    const gone = tsb.order?.(objects, []);
    const waves = (of: typeof made, field: 'before' | 'after', isGroup: boolean): readonly number[] =>
      objects
        .filter(({ kind }) => (kind === 'Group' || kind === 'Workspace') === isGroup)
        .map((object) => of?.({ [field]: object }) ?? 0);
    expect(Math.max(...waves(made, 'after', true))).toBeLessThan(Math.min(...waves(made, 'after', false)));
    expect(Math.min(...waves(gone, 'before', true))).toBeGreaterThan(
      Math.max(...waves(gone, 'before', false)),
    );
  });
});
