import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const module = new URL('../../src/adapters/heap-growth.ts', import.meta.url).href;

const ran = (script: string) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });

// V8 prints an error for a flag that it doesn't have.
test.each(['limitHeapGrowth', 'limitYoungHeap'])('this release of Node.js has the flag of %s', (name) => {
  const { status, stderr } = ran(`import { ${name} } from '${module}'; ${name}();`);
  expect([status, stderr]).toEqual([0, '']);
});

test('the part of the heap for new objects stays small while much is read', () => {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { limitYoungHeap } from '${module}';
    const size = () => getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size;
    limitYoungHeap();
    const before = size();
    const kept = [];
    for (let i = 0; i < 400_000; i += 1) kept.push({ text: String(i), list: [i] });
    console.log(before, size(), kept.length);`;
  const [before, after] = ran(script).stdout.split(' ').map(Number);
  // V8 may have begun one step of growth; without the flag it is 64 times as large.
  expect(after).toBeLessThanOrEqual(4 * Number(before));
});
