import { describe, expect, it } from 'vitest';
import { features } from '../../../src/core/ir/feature.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { TargetConfig } from '../../../src/core/ir/target-config.ts';
import { lossOf } from '../../../src/core/targets/loss.ts';
import type { Target } from '../../../src/core/targets/target.ts';
import { document, linked, mesh } from '../ir/linked.ts';

const config: TargetConfig = {
  origin: { file: 'mesh.yaml', line: 1, column: 1 },
  name: 't',
  platform: 'envoy',
  options: {},
  degrade: [],
  delivery: { requirePlan: false, branches: [] },
};

/** A target that keeps everything but splits of more than one backend. */
const target = {
  name: 'envoy',
  title: 'T',
  versions: ['1'],
  capabilities: {
    ...Object.fromEntries(Object.keys(features).map((name) => [name, 'full'])),
    'route.split': { partial: 'it has no splits', callers: 'none', found: 'by limits' },
  },
  limits: (ir: Ir) =>
    Object.values(ir.services)
      .flatMap(({ ports }) => ports.flatMap(({ route }) => route.rules))
      .flatMap(({ action, origin }) =>
        action.type === 'forward' && action.backends.length > 1
          ? [{ feature: 'route.split', reason: 'it has no splits', callers: 'none', origin }]
          : [],
      ),
} as unknown as Target;

describe('the losses of a mesh with a Rollout', () => {
  it('are also those that it will have at a step, at the line of the Rollout', () => {
    const ir = linked(
      mesh('access: allow'),
      document('Service', 'a', ['ports: {http: {port: 80}}', 'versions: {v1: {}, v2: {}}']),
      document('Rollout', 'a', [
        'service: a',
        'from: v1',
        'to: v2',
        'steps: [5%, 100%]',
        'judge: {source: scrape}',
      ]),
    );
    const found = lossOf(ir, config, target).map(({ diagnostic: { code, location } }) => [
      code,
      location.range.start.line,
    ]);
    expect(found).toEqual([['MESH3010', ir.rollouts?.['shop/a']?.origin.line]]);
  });
});
