import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { baseFeatures } from '../../../src/core/ir/feature.ts';
import { lossOf } from '../../../src/core/targets/loss.ts';
import { matrixOf } from '../../../src/core/targets/matrix.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { goldenContract } from '../golden-contract.ts';
import { linkedCases } from '../linked-cases.ts';
import { targetContract } from '../target-contract.ts';
import { splitsOnly } from './target.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const directory = path.join(folder, 'mesh');
const small = { name: 'splits-only', directory, ir: linkedMesh(directory) };
const config = Object.values(small.ir.targets)[0]!;

// A target with few features passes the contract of all targets, with its own small case and without a change of any
// test.
for (const column of matrixOf([splitsOnly]).columns) {
  targetContract(column, [...linkedCases(), small]);
  goldenContract(column, [...linkedCases(), small], () => path.join(folder, 'golden'));
}

test('a mesh that only uses a split loses each feature of the base that it uses', () => {
  const lost = lossOf(small.ir, config, splitsOnly);
  const used = Object.keys(baseFeatures).filter((feature) => feature !== 'route.no-match');
  expect([...new Set(lost.map(({ feature }) => feature))].sort()).toEqual(used.sort());
  expect(lost.every(({ diagnostic }) => diagnostic.severity === 'error')).toBe(true);
});

test('an empty mesh loses the default egress', () => {
  const lost = lossOf({ ...small.ir, services: {} }, config, splitsOnly);
  expect(lost.map(({ feature }) => feature)).toEqual(['egress.deny']);
  expect(lost.map(({ diagnostic }) => diagnostic.location.range.start.line)).toEqual([3]);
});
