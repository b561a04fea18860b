import { expect, test } from 'vitest';
import { armsOf } from '../../../src/commands/canary/counted-arms.ts';
import type { Rollout } from '../../../src/core/ir/rollout.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import istio from '../../../src/core/targets/istio/index.ts';
import type { Target } from '../../../src/core/targets/target.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { rollout } from '../../core/canary/rollouts.ts';

const ir = linkedMesh('fixtures/cases/splits');

const shadow = rollout({ strategy: 'shadow' });

const found = (target: Target, one: Rollout) => {
  const config = { name: 'local', platform: 'any', options: {}, degrade: [] };
  return armsOf(one, 'shop/reviews', ir, { config, target } as unknown as Parameters<typeof armsOf>[3]);
};

test('a shadow rollout is counted by its copies: Istio, whose callers count none, says why it can not', () => {
  expect(found(istio, rollout())).not.toHaveProperty('why');
  expect(found(istio, shadow)).toHaveProperty('why', expect.stringContaining('copies'));
});

test('a shadow rollout on Envoy counts both arms where copies are seen, and a canary elsewhere', () => {
  const counters = (one: Rollout) => {
    const arms = found(envoy, one);
    if ('why' in arms) throw new Error(arms.why);
    return arms.counters.filter(({ side }) => side === 'client').map(({ requests }) => requests.metric);
  };
  expect(new Set(counters(shadow))).not.toEqual(new Set(counters(rollout())));
});
