import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/core/lib/json.ts';
import { jsonRecord } from '../../src/core/lib/json-record.ts';
import type { ClusterPlan } from '../../src/core/outputs/kubernetes/plan-cluster.ts';
import { resourceOf } from '../../src/core/outputs/kubernetes/resource-of.ts';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import { targets } from '../../src/core/targets/registry.ts';
import type { Target } from '../../src/core/targets/target.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import appMesh from '../schemas/app-mesh.gen.json' with { type: 'json' };
import cilium from '../schemas/cilium.gen.json' with { type: 'json' };
import consul from '../schemas/consul.gen.json' with { type: 'json' };
import glooMesh from '../schemas/gloo-mesh.gen.json' with { type: 'json' };
import kuma from '../schemas/kuma-3.0.gen.json' with { type: 'json' };
import smi5 from '../schemas/smi-0.5.gen.json' with { type: 'json' };
import smi6 from '../schemas/smi-0.6.gen.json' with { type: 'json' };
import nginx from '../schemas/smi-nginx-service-mesh.gen.json' with { type: 'json' };
import osm from '../schemas/smi-osm.gen.json' with { type: 'json' };
import traefik from '../schemas/smi-traefik-mesh.gen.json' with { type: 'json' };
import tsb from '../schemas/tsb.gen.json' with { type: 'json' };
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { customResourceDefinitions, definitionsOf, type KindSchemas } from './harness/crds.ts';
import { objectDelivery, problemsOf } from './harness/object-delivery.ts';

type Options = Readonly<Record<string, Json>>;

/** Targets with the options of one mode; those of SMI follow, since their CRDs have names in common. */
const modes: readonly (readonly [name: string, target: keyof typeof targets, options: Options])[] = [
  ['sidecar', 'istio', { mode: 'sidecar' }],
  ['ambient', 'istio', { mode: 'ambient' }],
  ['standard', 'gateway-api', {}],
  ['on-istio', 'gateway-api', { implementation: 'istio' }],
  ['linkerd', 'linkerd', {}],
  ['consul', 'consul', {}],
  ['kuma', 'kuma', {}],
  ['cilium', 'cilium', {}],
  ['app-mesh', 'app-mesh', {}],
  ['gloo-mesh', 'gloo-mesh', {}],
  ['tsb', 'tsb', {}],
];

const smiModes: readonly (readonly [
  name: string,
  target: keyof typeof targets,
  version: string,
  schemas: KindSchemas,
])[] = [
  ['smi-5', 'smi', '0.5', smi5],
  ['smi-6', 'smi', '0.6', smi6],
  ['osm', 'osm', '1.2', osm],
  ['traefik-mesh', 'traefik-mesh', '1.4', traefik],
  ['nginx', 'nginx-service-mesh', '2.0', nginx],
];

describe.skipIf(testKubeconfig === undefined)('the objects of all cases', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() =>
    installCrds(cluster, [
      ...customResourceDefinitions(),
      ...definitionsOf([consul, kuma, cilium, appMesh, glooMesh, tsb]),
    ]),
  );
  afterAll(() => cluster.close());

  test.each(modes)(
    'of %s are taken strictly, read back as they were written, written once, changed alone, and removed',
    async (mode, name, options) => {
      const { default: target } = await targets[name]();
      await delivered(cluster, mode, target, options);
    },
  );

  test.each(smiModes)(
    'of %s are taken strictly, read back as they were written, written once, changed alone, and removed',
    async (mode, name, version, schemas) => {
      const { default: target } = await targets[name]();
      await removeSmi(cluster);
      const fresh = connected();
      await installCrds(fresh, definitionsOf([schemas]));
      await delivered(fresh, mode, target, {}, version);
      fresh.close();
    },
  );

  test('have the plural names in roles by which the server knows their kinds', async () => {
    let known = 0;
    for (const load of Object.values(targets)) {
      const { default: target } = await load();
      for (const { apiVersion, kind } of target.owns) {
        const served = apiVersion === '' ? undefined : await cluster.served(apiVersion, kind);
        if (served === undefined) continue;
        known += 1;
        expect([kind, resourceOf(kind)]).toEqual([kind, served.resource]);
      }
    }
    expect(known).toBeGreaterThan(100);
  });
});

/** The number of cases of which each mode takes one, in turns; `npm run test:kubernetes` takes all. */
const share = process.env['CASES'] === 'all' ? 1 : 4;

/** Applies the objects of the mode's cases together, those of each case in namespaces of its own, and removes them. */
async function delivered(
  cluster: ReturnType<typeof connected>,
  mode: string,
  target: Target,
  options: Options,
  version = target.versions.at(-1) ?? '',
): Promise<void> {
  const place = [...modes, ...smiModes].findIndex(([name]) => name === mode);
  const cases = meshCases().filter((_, i) => i % share === place % share);
  const objects = cases.flatMap(({ name, directory, environment }) =>
    target
      .lower(linkedMesh(directory, environment), { version, options })
      .filter((one): one is ObjectArtifact => one.type === 'object')
      .map((one) => movedTo(`${mode}-${name}`.toLowerCase(), one)),
  );
  expect(objects.length).toBeGreaterThan(cases.length);
  for (const namespace of new Set(objects.map((one) => one.namespace)))
    if (namespace !== '') await ensureNamespace(cluster, namespace);
  const mesh = objectDelivery(cluster, `all.${mode}`, target);
  const first = await mesh.apply(objects);
  expect(problemsOf(first.results)).toEqual([]);
  expect(first.results.size).toBe(objects.length);

  const after = await mesh.plan(objects, 'all');
  expect(after.changes).toEqual([]);
  for (const { ref, manifest } of after.wanted)
    expect([ref, contentOf(after.observed.live.get(ref))]).toEqual([ref, contentOf(manifest)]);
  const versions = versionsOf(after);
  expect((await mesh.apply(objects)).results.size).toBe(0);

  const [changed, ...others] = objects as [ObjectArtifact, ...ObjectArtifact[]];
  await mesh.apply([noted(changed), ...others]);
  const now = versionsOf(await mesh.plan([noted(changed), ...others], 'all'));
  // The apply before wrote nothing, and this one the object that differs.
  expect(now.filter((one) => !versions.includes(one))).toHaveLength(1);

  const removed = await mesh.apply([]);
  expect(problemsOf(removed.results)).toEqual([]);
  expect(removed.results.size).toBe(objects.length);
  expect((await mesh.plan([], 'all')).observed.live.size).toBe(0);
}

/** Removes the CRDs of SMI, and waits until the server has forgotten them. */
async function removeSmi(cluster: ReturnType<typeof connected>): Promise<void> {
  const kind = await kindOf(cluster, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  const ofSmi = async (): Promise<readonly LiveObject[]> =>
    (await cluster.list(kind, { metadataOnly: true })).objects.filter(({ metadata }) =>
      metadata.name.endsWith('.smi-spec.io'),
    );
  for (const { metadata } of await ofSmi()) await cluster.remove(kind, metadata, { uid: metadata.uid ?? '' });
  await expect.poll(ofSmi, { timeout: 30_000 }).toEqual([]);
}

/** Returns an object in a namespace of its case; one of the whole cluster with a name of the case. */
function movedTo(place: string, one: ObjectArtifact): ObjectArtifact {
  const { metadata, ...rest } = jsonRecord(one.manifest);
  const own =
    one.namespace === '' ? { name: `${place}-${one.name}` } : { namespace: `${place}-${one.namespace}` };
  return { ...one, ...own, manifest: { ...rest, metadata: { ...jsonRecord(metadata), ...own } } };
}

/** Returns an object with one field more. */
function noted(one: ObjectArtifact): ObjectArtifact {
  const { metadata, ...rest } = jsonRecord(one.manifest);
  const { annotations } = jsonRecord(metadata);
  const more = { ...jsonRecord(annotations), 'shop.example/note': 'changed' };
  return { ...one, manifest: { ...rest, metadata: { ...jsonRecord(metadata), annotations: more } } };
}

/** Returns all of an object but its metadata and status, without the addresses that the server gives to each Service. */
function contentOf(value: unknown): unknown {
  const { metadata: _, status: __, ...content } = (value ?? {}) as Readonly<Record<string, Json>>;
  if (content['kind'] !== 'Service') return content;
  const given = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'];
  const spec = Object.entries(jsonRecord(content['spec'])).filter(([field]) => !given.includes(field));
  return { ...content, spec: Object.fromEntries(spec) };
}

function versionsOf({ observed }: ClusterPlan): readonly string[] {
  return [...observed.live].map(([ref, { metadata }]) => `${ref} ${metadata.resourceVersion ?? ''}`).sort();
}
