import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const module = new URL('../../src/adapters/collect-garbage.ts', import.meta.url).href;

/** Returns the megabytes that a process uses after it dropped a list of so many objects and collected garbage. */
function leftAfter(objects: number): number {
  const script = `import { collectGarbage } from '${module}';
    let list = Array.from({ length: ${String(objects)} }, (_, id) => ({ id, name: [id] }));
    const { length } = list;
    list = undefined;
    collectGarbage();
    console.log(length && process.memoryUsage().heapUsed / 1e6);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return Number(stdout);
}

test('a large heap is collected at once', () => {
  expect(leftAfter(2_000_000)).toBeLessThan(50);
});

test('a small heap is left alone, which costs no time', () => {
  expect(leftAfter(500_000)).toBeGreaterThan(20);
});
