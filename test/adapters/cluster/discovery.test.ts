import { describe, expect, test } from 'vitest';
import { Discovery } from '../../../src/adapters/cluster/discovery.ts';
import type { Json } from '../../../src/core/lib/json.ts';

/** Answers as the documents of Kubernetes show them (API discovery; aggregated and by group). */
const routes = { resource: 'routes', responseKind: { kind: 'Route' }, scope: 'Namespaced', verbs: ['get'] };
const all = (freshness: string): Json => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  items: [
    { metadata: { name: 'shop.example' }, versions: [{ version: 'v1', resources: [routes], freshness }] },
  ],
});
const groups = {
  kind: 'APIGroupList',
  groups: [
    {
      name: 'shop.example',
      versions: [{ groupVersion: 'shop.example/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'shop.example/v1', version: 'v1' },
    },
  ],
};
const group = {
  kind: 'APIResourceList',
  resources: [
    { name: 'routes', kind: 'Route', namespaced: true },
    { name: 'routes/status', kind: 'Route', namespaced: true },
  ],
};
const core = { kind: 'APIResourceList', resources: [{ name: 'nodes', kind: 'Node', namespaced: false }] };
const route = { apiVersion: 'shop.example/v1', kind: 'Route', resource: 'routes', namespaced: true };

describe('the kinds that a server serves', () => {
  /** Returns a discovery with the paths that it has asked for. */
  const asking = (answers: Readonly<Record<string, Json>>) => {
    const asked: string[] = [];
    const discovery = new Discovery(({ path }) => {
      asked.push(path);
      return Promise.resolve(answers[path]);
    });
    return { asked, discovery };
  };

  test('come in one answer for all groups, which also says that a kind is not there', async () => {
    const { asked, discovery } = asking({ '/apis': all('Current') });
    expect(await discovery.served('shop.example/v1', 'Route')).toEqual(route);
    expect(await discovery.served('shop.example/v1', 'Gateway')).toBeUndefined();
    expect(await discovery.served('other.example/v1', 'Other')).toBeUndefined();
    expect(await discovery.kinds((name) => name === 'shop.example')).toEqual([route]);
    expect(asked).toEqual(['/apis']);
  });

  test('are asked for by group of a server that lists no kinds with its groups', async () => {
    const { asked, discovery } = asking({ '/apis': groups, '/apis/shop.example/v1': group });
    expect(await discovery.served('shop.example/v1', 'Route')).toEqual(route);
    expect(await discovery.kinds(() => true)).toEqual([route]);
    expect(asked).toContain('/apis/shop.example/v1');
  });

  test('are asked for by group if the list is out of date', async () => {
    const { discovery } = asking({ '/apis': all('Stale'), '/apis/shop.example/v1': group });
    expect(await discovery.served('shop.example/v1', 'Route')).toEqual(route);
    expect(await discovery.kinds(() => true)).toEqual([route]);
  });

  test('of the core group are asked for by version', async () => {
    const { asked, discovery } = asking({ '/api/v1': core });
    expect(await discovery.served('v1', 'Node')).toMatchObject({ resource: 'nodes', namespaced: false });
    expect(asked).toEqual(['/api/v1']);
  });

  test('are asked for again once a CRD may have come', async () => {
    const answers: Record<string, Json> = { '/apis': { ...(all('Current') as object), items: [] } };
    const { discovery } = asking(answers);
    expect(await discovery.served('shop.example/v1', 'Route')).toBeUndefined();
    answers['/apis/shop.example/v1'] = group;
    await expect.poll(() => discovery.served('shop.example/v1', 'Route'), { timeout: 5_000 }).toEqual(route);
  });
});
