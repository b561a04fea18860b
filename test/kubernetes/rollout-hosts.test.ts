import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kubernetesFiles } from '../../src/core/init/rollout-hosts/kubernetes.ts';
import type { Json } from '../../src/core/lib/json.ts';
import { jsonRecord } from '../../src/core/lib/json-record.ts';
import { connected, ensureNamespace, kindOf, testKubeconfig } from './harness/connected.ts';

describe.skipIf(testKubeconfig === undefined)('the objects of `mesh init --rollouts kubernetes`', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  afterAll(() => cluster.close());

  test('are taken with strict validation', async () => {
    await ensureNamespace(cluster, 'mesh-system');
    const documents = kubernetesFiles('').flatMap(({ text }) =>
      parseAllDocuments(text).map((one) => one.toJS() as Json),
    );
    const kinds: string[] = [];
    for (const document of documents) {
      const object = jsonRecord(document);
      const { apiVersion, kind } = object as { readonly apiVersion: string; readonly kind: string };
      kinds.push(kind);
      const { generateName, ...metadata } = jsonRecord(object['metadata']);
      // An apply wants a name, where a create makes one.
      const named = generateName === undefined ? metadata : { ...metadata, name: 'mesh-rollout-1' };
      const answer = await cluster.apply(
        await kindOf(cluster, apiVersion, kind),
        { ...object, metadata: named },
        { manager: 'mesh/hosts' },
      );
      expect(answer).toMatchObject({ state: 'applied', warnings: [] });
    }
    expect(kinds).toEqual(['Job', 'ServiceAccount', 'CronJob']);
  });
});
