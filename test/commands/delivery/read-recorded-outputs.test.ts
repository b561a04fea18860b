import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { readRecordedOutputs } from '../../../src/commands/delivery/read-recorded-outputs.ts';
import type { TargetConfig } from '../../../src/core/ir/target-config.ts';
import { applied } from '../../core/run/delivering.ts';
import { handMade } from '../../core/run/hand-made.ts';
import { mesh, origin } from '../../core/semantics/mesh.ts';

const config: TargetConfig = {
  origin,
  name: 'edge',
  platform: 'envoy',
  options: {},
  degrade: [],
  output: { type: 'directory', path: 'out', seenAs: '/etc/mesh' },
  delivery: { requirePlan: false, branches: [] },
};

let time = 0;
/** A clock that advances by a second at each read. */
const clock = { ...systemClock, monotonic: () => (time += 1000), sleep: () => Promise.resolve() };

test('an output that proxies see by another path is unchanged, without a spec', async () => {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'meshwright-recorded-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const ir = { ...mesh({}), name: 'shop', environment: 'default', targets: { edge: config } };
  const next = handMade({ ir, admin: 1, outbound: 2, clusters: { v1: 3 }, weights: { v1: 1 } });
  const output = { inventory: 'shop.default.edge', seenAs: '/etc/mesh' };
  await applied(await outputDirectory(root, 'out'), { next, output, around: { clock } });
  const { outputs } = await readRecordedOutputs(path.join(root, 'out'), { outputDirectory });
  expect(outputs).toHaveLength(1);
  const observed = await outputs[0]!.output.observe('shop.default.edge', []);
  expect(observed).toMatchObject({ altered: [], foreign: [], state: { inventory: 'shop.default.edge' } });
});
