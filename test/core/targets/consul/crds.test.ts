import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import consul from '../../../../src/core/targets/consul/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import schemas from '../../../schemas/consul.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));
const version = consul.versions.at(-1) ?? '';

function written(ir: Ir): readonly ObjectArtifact[] {
  return consul
    .lower(ir, { version, options: {} })
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
}

describe('the CRDs of consul-k8s', () => {
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

  test('refuse a field that Consul does not know', () => {
    const router = (destination: Json): Json => ({
      apiVersion: 'consul.hashicorp.com/v1alpha1',
      kind: 'ServiceRouter',
      metadata: {},
      spec: { routes: [{ destination }] },
    });
    expect(crdProblems(validators, router({ numRetries: 1 }))).toEqual([]);
    expect(crdProblems(validators, router({ perTryTimeout: '1s' }))).not.toEqual([]);
  });
});

interface Splitter {
  readonly splits: readonly (Destination & { readonly weight: number })[];
}

interface Permission {
  readonly action: string;
  readonly http: Readonly<Record<string, Json>>;
}

interface Intentions {
  readonly sources: readonly {
    readonly name: string;
    readonly action?: string;
    readonly permissions?: readonly Permission[];
  }[];
}

interface Specs {
  readonly ServiceDefaults: { readonly protocol: string };
  readonly ServiceIntentions: Intentions;
  readonly ServiceResolver: { readonly subsets: object };
  readonly ServiceRouter: { readonly routes: readonly { readonly destination: Destination }[] };
  readonly ServiceSplitter: Splitter;
}

interface Destination {
  readonly service: string;
  readonly serviceSubset?: string;
}

function specsOf<K extends keyof Specs>(ir: Ir, kind: K): readonly (readonly [string, Specs[K]])[] {
  return written(ir)
    .filter((object) => object.kind === kind)
    .map(({ name, manifest }) => [name, (manifest as unknown as { readonly spec: Specs[K] }).spec]);
}

// The webhooks and the server of Consul check these beyond the CRDs (agent/structs, Validate of each entry).
describe('rules of Consul beyond its CRDs', () => {
  test('the weights of a splitter add up to exactly 100 in steps of 0.01, and no destination occurs twice', () => {
    let count = 0;
    for (const { ir } of meshes)
      for (const [name, { splits }] of specsOf(ir, 'ServiceSplitter')) {
        const parts = splits.map(({ weight }) => Math.round(weight * 100));
        expect(
          parts.reduce((all, part) => all + part, 0),
          name,
        ).toBe(10_000);
        expect(
          splits.map(({ weight }) => weight * 100).every((part) => Math.abs(part - Math.round(part)) < 1e-6),
        ).toBe(true);
        const places = splits.map(({ service, serviceSubset }) => `${service} ${serviceSubset ?? ''}`);
        expect(new Set(places).size).toBe(places.length);
        count += 1;
      }
    expect(count).toBeGreaterThan(10);
  });

  test('every source occurs once, with an action or with permissions that have conditions; all others are always there', () => {
    let count = 0;
    for (const { ir } of meshes)
      for (const [name, { sources }] of specsOf(ir, 'ServiceIntentions')) {
        const names = sources.map((source) => source.name);
        expect(new Set(names).size, name).toBe(names.length);
        expect(names).toContain('*');
        for (const { action, permissions } of sources) {
          expect([action, permissions].filter((one) => one !== undefined)).toHaveLength(1);
          if (permissions === undefined) continue;
          for (const { http } of permissions) {
            expect(Object.keys(http).length).toBeGreaterThan(0);
            expect(Object.keys(http).filter((key) => key.startsWith('path')).length).toBeLessThanOrEqual(1);
          }
          expect(permissions.at(-1)).toEqual({ action: 'deny', http: { pathPrefix: '/' } });
          count += 1;
        }
      }
    expect(count).toBeGreaterThan(10);
  });

  test('only a service with a protocol of requests has a router, a splitter or permissions', () => {
    for (const { ir } of meshes) {
      const protocols = new Map(
        specsOf(ir, 'ServiceDefaults').map(([name, { protocol }]) => [name, protocol]),
      );
      const asking = [
        ...specsOf(ir, 'ServiceRouter').map(([name]) => name),
        ...specsOf(ir, 'ServiceSplitter').map(([name]) => name),
        ...specsOf(ir, 'ServiceIntentions')
          .filter(([, { sources }]) => sources.some(({ permissions }) => permissions !== undefined))
          .map(([name]) => name),
      ];
      for (const name of asking) expect(['http', 'http2', 'grpc']).toContain(protocols.get(name));
    }
  });

  test('every service that a route or a split names has one protocol with it, and a resolver or a splitter', () => {
    for (const { name: mesh, ir } of meshes) {
      const protocols = new Map(
        specsOf(ir, 'ServiceDefaults').map(([name, { protocol }]) => [name, protocol]),
      );
      const subsets = new Map(
        specsOf(ir, 'ServiceResolver').map(([name, spec]) => [name, Object.keys(spec.subsets)]),
      );
      const splitters = new Map(specsOf(ir, 'ServiceSplitter'));
      for (const [name, { routes }] of specsOf(ir, 'ServiceRouter')) {
        const places = routes.flatMap<Destination>(
          ({ destination }) => splitters.get(destination.service)?.splits ?? [destination],
        );
        for (const { service, serviceSubset } of places) {
          expect(protocols.get(service), `${mesh} ${name} ${service}`).toBe(protocols.get(name));
          const known = subsets.get(service);
          expect(known).toBeDefined();
          if (serviceSubset !== undefined) expect(known).toContain(serviceSubset);
        }
      }
    }
  });
});
