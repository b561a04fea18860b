import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonRecord } from '../../../../src/core/lib/json-record.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import { specOf } from '../../../../src/core/targets/rollout-engines/object-spec.ts';
import { yamlText } from '../../../../src/core/targets/yaml-text.ts';
import gatewayApiSchemas from '../../../schemas/gateway-api-standard.gen.json' with { type: 'json' };
import istioSchemas from '../../../schemas/istio-1.31.gen.json' with { type: 'json' };
import linkerdSchemas from '../../../schemas/linkerd.gen.json' with { type: 'json' };
import engineSchemas from '../../../schemas/rollout-engines.gen.json' with { type: 'json' };
import { document, linked } from '../../ir/linked.ts';
import { crdProblems, crdValidators } from '../crd-validators.ts';
import { engineDocuments, engineObjects, engines, engineTargets, objectsOf } from './engine-mesh.ts';

const istio = engineTargets[0]!;

/** Objects about the service and its rollout, by `KIND/name`. */
function shown(objects: readonly ObjectArtifact[]): Readonly<Record<string, ObjectArtifact>> {
  return Object.fromEntries(
    objects
      .filter(({ name }) => name.includes('reviews'))
      .map((artifact) => [`${artifact.kind}/${artifact.name}`, artifact]),
  );
}

describe.each(engineTargets.flatMap((target) => engines.map((engine) => ({ engine, ...target }))))(
  '$engine on $name',
  ({ engine, ...target }) => {
    const objects = engineObjects(engine, target);

    it('has its objects in the golden output', async () => {
      const texts = Object.values(shown(objects)).map(({ manifest }) => yamlText(manifest));
      const file = path.join(import.meta.dirname, 'golden', `${engine}-${target.name}.yaml`);
      await expect(texts.join('---\n')).toMatchFileSnapshot(file);
    });

    it('has objects that the CRDs accept, each with a name of its own', () => {
      const validators = crdValidators({
        ...linkerdSchemas,
        ...gatewayApiSchemas,
        ...istioSchemas,
        ...engineSchemas,
      });
      expect(objects.flatMap(({ manifest }) => crdProblems(validators, manifest))).toEqual([]);
      const names = objects.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`);
      expect(new Set(names).size).toBe(names.length);
    });

    it('owns every kind that it writes', () => {
      const owned = target.target.owns.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
      for (const { manifest } of objects) {
        const { apiVersion, kind } = jsonRecord(manifest) as { apiVersion: string; kind: string };
        expect(owned).toContain(`${apiVersion} ${kind}`);
      }
    });
  },
);

describe('Flagger', () => {
  it('guards the pods that Flagger makes as it guards those of the service', () => {
    // Flagger moves the old version to pods with the label app: reviews-primary.
    const policies = shown(engineObjects('flagger', istio));
    const [own, copy] = ['', '-primary'].map((end) => policies[`AuthorizationPolicy/allow.reviews${end}`]);
    expect(own && specOf(own)['selector']).toEqual({ matchLabels: { app: 'reviews' } });
    expect(copy && specOf(copy)).toEqual({
      ...specOf(own!),
      selector: { matchLabels: { app: 'reviews-primary' } },
    });
  });

  it('guards them with the Server of Linkerd, too', () => {
    const server = shown(engineObjects('flagger', engineTargets[2]!))['Server/reviews.http'];
    expect(server && specOf(server)['podSelector']).toEqual({
      matchExpressions: [{ key: 'app', operator: 'In', values: ['reviews', 'reviews-primary'] }],
    });
  });

  it.each(engineTargets)('does not write the objects that Flagger makes itself on $name', (target) => {
    const own = ['Service/reviews', 'Service/reviews-v1', 'HTTPRoute/reviews.http', 'VirtualService/reviews'];
    const written = Object.keys(shown(engineObjects('flagger', target)));
    expect(written.filter((one) => [...own, 'DestinationRule/reviews'].includes(one))).toEqual([]);
  });

  it('names the settings that get lost', () => {
    const route = document('Route', 'reviews', [
      'service: reviews',
      'rules: [{backends: [{}], retries: {attempts: 2, on: [reset, 503]}}]',
    ]);
    const features = (engine: string) =>
      istio.target
        .limits?.(linked(...engineDocuments(engine, '{platform: istio}'), route), {
          version: '1.31',
          options: {},
        })
        .map(({ feature }) => feature)
        .filter((feature) => feature.startsWith('settings.'));
    expect(features('flagger')).toEqual(['settings.default-connections', 'settings.retries']);
    expect(features('argo-rollouts')).toEqual([]);
  });
});

describe('Argo Rollouts', () => {
  it('names each route to the service, with both subsets and no share for the candidate', () => {
    const documents = [
      ...engineDocuments('argo-rollouts', '{platform: istio}'),
      document('Route', 'reviews', [
        'service: reviews',
        'rules: [{name: all, backends: [{}], retries: {attempts: 2, on: [reset, 503]}}]',
      ]),
    ];
    const objects = shown(objectsOf(documents, istio));
    const { http } = specOf(objects['VirtualService/reviews']!) as {
      http: { name: string; route: object[] }[];
    };
    // Calls that may be retried have a route of their own.
    expect(http.map(({ name }) => name)).toEqual(['reviews/all', 'reviews/all#2']);
    for (const { route } of http)
      expect(route).toEqual([
        expect.objectContaining({
          weight: 100,
          destination: expect.objectContaining({ subset: 'stable' }) as object,
        }),
        expect.objectContaining({
          weight: 0,
          destination: expect.objectContaining({ subset: 'canary' }) as object,
        }),
      ]);
    const { subsets } = specOf(objects['DestinationRule/reviews']!) as { subsets: object[] };
    // A label of a version would leave the subset empty once the new pods are the stable ones.
    expect(subsets).toEqual([{ name: 'stable' }, { name: 'canary' }]);
    const { strategy } = specOf(objects['Rollout/reviews']!) as { strategy: object };
    expect(strategy).toMatchObject({
      canary: {
        trafficRouting: {
          istio: { virtualService: { name: 'reviews', routes: ['reviews/all', 'reviews/all#2'] } },
        },
      },
    });
  });

  it('continues by time, waits for an approval without end, and counts missing data as neither good nor bad', () => {
    const documents = engineDocuments('argo-rollouts', '{platform: istio}').map((text) =>
      text.replace('25%, hold: 2m', '25%, hold: 2m, require: approval'),
    );
    const objects = shown(objectsOf(documents, istio));
    const { strategy } = specOf(objects['Rollout/reviews']!) as { strategy: { canary: { steps: object[] } } };
    expect(strategy.canary.steps).toEqual([
      { setWeight: 5 },
      { pause: { duration: '120s' } },
      { pause: {} },
      { setWeight: 25 },
      { pause: { duration: '120s' } },
      { setWeight: 100 },
    ]);
    const { metrics } = specOf(objects['AnalysisTemplate/reviews']!) as { metrics: object[] };
    expect(metrics[0]).toMatchObject({
      successCondition: 'len(result) > 0 && result[0] <= 0.5',
      failureCondition: 'len(result) > 0 && result[0] > 0.5',
    });
  });

  it('sends to Services that choose the pods of both sides', () => {
    const objects = shown(engineObjects('argo-rollouts', engineTargets[2]!));
    for (const side of ['stable', 'canary'])
      expect(specOf(objects[`Service/reviews-${side}`]!)['selector']).toEqual({ app: 'reviews' });
    expect(objects['Service/reviews-v1']).toBeUndefined();
  });
});
