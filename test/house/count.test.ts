import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { copyOfTheProject } from './copy-of-the-project.ts';

/** Runs these test files in a copy of the project and returns the exit code and the last line. */
function run(files: Readonly<Record<string, string>>) {
  const cwd = copyOfTheProject(files);
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', '.config/vitest.config.ts', '--project', 'unit'],
    { cwd, encoding: 'utf8' },
  );
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
}

const imports = "import { beforeAll, describe, expect, test } from 'vitest';\n";
const passes = "test('passes', () => expect(1).toBe(1));\n";

test('the last line counts what passed and what was skipped', () => {
  const skipped = "test.skip('skipped', () => undefined);\n";
  expect(run({ 'test/a.test.ts': imports + passes + skipped, 'test/b.test.ts': imports + passes })).toEqual({
    status: 0,
    last: '2 passed, 0 failed, 1 skipped',
  });
});

test('a test that fails, a file that cannot be imported, a hook that fails and a stray error count as failed', () => {
  const { status, last } = run({
    'test/fails.test.ts': `${imports}${passes}test('fails', () => expect(1).toBe(2));\n`,
    'test/import.test.ts': "import './nowhere.ts';\n",
    'test/hook.test.ts': `${imports}describe('hook', () => { beforeAll(() => { throw new Error('planted'); }); ${passes} });\n`,
    'test/stray.test.ts': `${imports}${passes}setTimeout(() => { throw new Error('planted'); });\ntest('waits', () => new Promise((done) => setTimeout(done, 50)));\n`,
  });
  expect(status).toBe(1);
  expect(last).toBe('3 passed, 4 failed, 1 skipped');
});

test('no test at all is a failure', () => {
  expect(run({})).toEqual({ status: 1, last: '0 passed, 1 failed, 0 skipped' });
});
