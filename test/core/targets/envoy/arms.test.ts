import { expect, test } from 'vitest';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';

const ir = linkedMesh('fixtures/cases/splits');
const context = { version: '1.40', options: {} };

function armsOf(service: string, ...bad: readonly string[]) {
  return envoy.arms?.(ir, { service, baseline: 'v1', candidate: 'v2', bad }, context);
}

test('a service without a port of requests has no arms, and the reason is told', () => {
  expect(armsOf('shop/web', '5xx')).toEqual({
    why: 'shop/web has no port whose requests proxies can tell apart',
  });
});

test('resets alone miss what the proxy of an application answers for it', () => {
  expect(armsOf('shop/reviews', 'reset')).toMatchObject({ notes: [expect.stringContaining('`reset`')] });
  expect(armsOf('shop/reviews', 'reset', '5xx')).toMatchObject({ notes: [] });
  expect(armsOf('shop/reviews', '503', 'reset')).toMatchObject({ notes: [] });
});

test('times are read only if they are judged', () => {
  expect(armsOf('shop/reviews', '5xx')).not.toHaveProperty('counters.0.times');
});

test('a mesh without rollouts has no loggers for them', () => {
  const text = JSON.stringify(envoy.lower(ir, context));
  expect(text).not.toContain('arm_');
});
