import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const module = new URL('../../src/adapters/heap-growth.ts', import.meta.url).href;

// V8 prints an error for a flag that it doesn't have.
test('this release of Node.js has the flag', () => {
  const script = `import { limitHeapGrowth } from '${module}'; limitHeapGrowth();`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
