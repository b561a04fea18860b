import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import nginx from '../../../../src/core/targets/nginx-service-mesh/index.ts';
import osm from '../../../../src/core/targets/osm/index.ts';
import smi from '../../../../src/core/targets/smi/index.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import traefikMesh from '../../../../src/core/targets/traefik-mesh/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import smi05 from '../../../schemas/smi-0.5.gen.json' with { type: 'json' };
import smi06 from '../../../schemas/smi-0.6.gen.json' with { type: 'json' };
import nginxSchemas from '../../../schemas/smi-nginx-service-mesh.gen.json' with { type: 'json' };
import osmSchemas from '../../../schemas/smi-osm.gen.json' with { type: 'json' };
import traefikSchemas from '../../../schemas/smi-traefik-mesh.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));

const installed: readonly (readonly [string, Target, string, Readonly<Record<string, object>>])[] = [
  ['SMI 0.5', smi, '0.5', smi05],
  ['SMI 0.6', smi, '0.6', smi06],
  ['Open Service Mesh', osm, '1.2', osmSchemas],
  ['Traefik Mesh', traefikMesh, '1.4', traefikSchemas],
  ['NGINX Service Mesh', nginx, '2.0', nginxSchemas],
];

interface TrafficTarget {
  readonly spec: {
    readonly sources: readonly object[];
    readonly rules: readonly {
      readonly kind: string;
      readonly name: string;
      readonly matches?: readonly string[];
    }[];
  };
}

describe.each(installed)('the CRDs of %s', (_, target, version, schemas) => {
  const validators = crdValidators(schemas);
  const written = (ir: Ir): readonly ObjectArtifact[] =>
    target
      .lower(ir, { version, options: {} })
      .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');

  test('take every object of every case', () => {
    let count = 0;
    for (const { name, ir } of meshes)
      for (const { manifest } of written(ir)) {
        count += 1;
        expect(crdProblems(validators, manifest), `${name} ${JSON.stringify(manifest)}`).toEqual([]);
      }
    expect(count).toBeGreaterThan(100);
  });

  test('no TrafficTarget is without sources or rules, and each rule names matches that are there', () => {
    let count = 0;
    for (const { ir } of meshes) {
      const all = written(ir);
      const groups = new Map(
        all
          .filter(({ kind }) => kind === 'HTTPRouteGroup' || kind === 'TCPRoute')
          .map(({ kind, namespace, name, manifest }) => [
            `${kind} ${namespace}/${name}`,
            (manifest as unknown as { spec: { matches: readonly { readonly name: string }[] } }).spec.matches,
          ]),
      );
      for (const { kind, namespace, manifest } of all) {
        if (kind !== 'TrafficTarget') continue;
        const { sources, rules } = (manifest as unknown as TrafficTarget).spec;
        expect(sources.length).toBeGreaterThan(0);
        expect(rules.length).toBeGreaterThan(0);
        for (const rule of rules) {
          const key = `${rule.kind} ${namespace}/${rule.name}`;
          expect([...groups.keys()]).toContain(key);
          if (rule.kind !== 'HTTPRouteGroup') continue;
          expect(rule.matches?.length).toBeGreaterThan(0);
          expect(groups.get(key)?.map(({ name }) => name)).toEqual(
            expect.arrayContaining([...(rule.matches ?? [])]),
          );
        }
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(10);
  });
});
