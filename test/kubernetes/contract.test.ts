import { afterAll, describe } from 'vitest';
import { gzipBase64 as compression } from '../../src/adapters/gzip-base64.ts';
import { systemClock as clock } from '../../src/adapters/system-clock.ts';
import { parentName } from '../../src/core/outputs/kubernetes/apply-set.ts';
import { readInventory, writeInventory } from '../../src/core/outputs/kubernetes/inventory-parent.ts';
import { KubernetesOutput } from '../../src/core/outputs/kubernetes/kubernetes-output.ts';
import { StateSecrets } from '../../src/core/outputs/kubernetes/state-secrets.ts';
import { Meter } from '../contract/outputs/meter.ts';
import { type OutputWorld, outputContract } from '../contract/outputs/output-contract.ts';
import { inventory } from '../contract/outputs/runner.ts';
import { connected, ensureNamespace, testKubeconfig } from './harness/connected.ts';
import { meteredCluster } from './harness/metered-cluster.ts';

describe.skipIf(testKubeconfig === undefined)('the contract of outputs', () => {
  const real = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const maps = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };
  let count = 0;
  afterAll(() => real.close());

  outputContract(
    'that is a cluster',
    async (): Promise<OutputWorld> => {
      const shop = `contract-shop-${(count += 1)}`;
      const namespace = `contract-state-${count}`;
      await ensureNamespace(real, shop);
      const meter = new Meter();
      const cluster = meteredCluster(real, meter, shop);
      const place = {
        ...{ cluster, clock, compression, inventory, namespace, tool: 'mesh/0' },
        target: { owns: [{ apiVersion: 'v1', kind: 'ConfigMap' }] },
      };
      return {
        meter,
        // Every write takes minutes; nightly runs ask for all.
        stride: process.env['CRASH'] === 'all' ? 1 : 9,
        open: () => new KubernetesOutput(place),
        seen: async () =>
          (await real.list(maps, { namespace: shop })).objects
            .map(({ metadata, data }) => [metadata.name, data])
            .sort(),
        marks: async () => {
          const secrets = new StateSecrets(real, { namespace, parent: parentName(inventory), compression });
          return (await secrets.names('landings/')).map((name) => name.slice('landings/'.length));
        },
        alter: async () => {
          const [first] = (await real.list(maps, { namespace: shop })).objects;
          if (first !== undefined) await real.remove(maps, first.metadata, { uid: first.metadata.uid ?? '' });
        },
        displace: async () => {
          const kept = await readInventory(real, place);
          if (kept !== undefined)
            await writeInventory(real, place, { members: kept.members, mark: 'elsewhere' }, kept.version);
        },
      };
    },
    { asksNobody: true, isShared: true },
  );
});
