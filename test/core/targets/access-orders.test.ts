import { expect, test } from 'vitest';
import type { AccessOrder } from '../../../src/core/access-change/objects-between.ts';
import type { Platform } from '../../../src/core/ir/target-config.ts';
import { accessOrders } from '../../../src/core/targets/access-orders.ts';
import type { ObjectArtifact } from '../../../src/core/targets/artifact.ts';
import { targets } from '../../../src/core/targets/registry.ts';

/** Kinds of objects by platform: one of Access, and one of routes. */
const kinds: Readonly<Partial<Record<Platform, readonly [string, string]>>> = {
  istio: ['AuthorizationPolicy', 'VirtualService'],
  tsb: ['AuthorizationPolicy', 'VirtualService'],
  linkerd: ['AuthorizationPolicy', 'HTTPRoute'],
  cilium: ['CiliumNetworkPolicy', 'HTTPRoute'],
  consul: ['ServiceIntentions', 'ServiceRouter'],
  kuma: ['MeshTrafficPermission', 'MeshHTTPRoute'],
};

function object(kind: string, rules: readonly string[] = []): ObjectArtifact {
  const manifest = { metadata: {}, spec: { action: 'ALLOW', rules } };
  return {
    type: 'object',
    kind,
    namespace: 'shop',
    name: 'one',
    manifest,
    origins: [],
  } as unknown as ObjectArtifact;
}

/** Returns the waves of changed rules, by the rules before and after, and of a changed route. */
async function wavesOf(platform: Platform, was: readonly string[], will: readonly string[]) {
  const { default: target } = await targets[platform]();
  const [policy = '', routes = ''] = kinds[platform] ?? [];
  const [before, after] = [object(policy, was), object(policy, will)];
  const wave = target.order?.([before, object(routes)], [after, object(routes)]);
  return {
    rules: wave?.({ before, after }) ?? 0,
    newRules: wave?.({ after }) ?? 0,
    goingRules: wave?.({ before }) ?? 0,
    routes: wave?.({ before: object(routes), after: object(routes) }) ?? 0,
  };
}

test.each(Object.entries(accessOrders) as [Platform, AccessOrder][])(
  'objects of %s are written with %s',
  async (platform, order) => {
    const [wider, other] = [
      await wavesOf(platform, ['a'], ['a', 'b']),
      await wavesOf(platform, ['a'], ['b']),
    ];
    switch (order) {
      case 'rules first':
        expect(Math.max(wider.rules, other.rules)).toBeLessThan(wider.routes);
        break;
      case 'rules last':
        expect(Math.min(wider.rules, other.rules)).toBeGreaterThan(wider.routes);
        break;
      case 'looser rules first':
        expect(wider.rules).toBeLessThan(wider.routes);
        expect(other.rules).toBeGreaterThan(other.routes);
        break;
      case 'rules of both':
        expect(other.newRules).toBeLessThan(other.routes);
        expect(other.goingRules).toBeGreaterThan(other.routes);
    }
  },
);
