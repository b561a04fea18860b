import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonRecord } from '../../src/core/lib/json-record.ts';
import { engineObjects, engines, engineTargets } from '../core/targets/rollout-engines/engine-mesh.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';

describe.skipIf(testKubeconfig === undefined)('objects of the engines of rollouts', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  test.each(engineTargets.flatMap((target) => engines.map((engine) => ({ ...target, engine }))))(
    'of $engine on $name are taken with strict validation',
    async ({ engine, ...target }) => {
      const namespace = `${engine}-${target.name}`;
      await ensureNamespace(cluster, namespace);
      const objects = engineObjects(engine, target).filter((object) => object.namespace === 'shop');
      expect(objects.length).toBeGreaterThan(2);
      for (const { manifest } of objects) {
        const own = jsonRecord(manifest);
        const { apiVersion, kind: name } = own as { readonly apiVersion: string; readonly kind: string };
        const kind = await kindOf(cluster, apiVersion, name);
        const metadata = { ...jsonRecord(own['metadata']), namespace };
        const answer = await cluster.apply(kind, { ...own, metadata }, { manager: 'mesh/engines' });
        expect(answer).toMatchObject({ state: 'applied', warnings: [] });
      }
    },
  );
});
