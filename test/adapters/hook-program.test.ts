import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hookProgram } from '../../src/adapters/hook-program.ts';

function folderWith(script: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-hook-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const file = path.join(root, 'hook.sh');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return root;
}

const run = (root: string, args: readonly string[] = [], signal?: AbortSignal) =>
  hookProgram.run(
    { root, command: ['./hook.sh', ...args], body: '{"on":"step"}', key: 'a/1/0/at-0' },
    signal,
  );

test('a program gets the message, the key and its arguments as they are, in the root, and no secret', async () => {
  process.env['HOOK_TEST_SECRET'] = 'hunter2';
  onTestFinished(() => {
    delete process.env['HOOK_TEST_SECRET'];
  });
  const root = folderWith('cat > message; echo "$MESH_HOOK_KEY|$1|${HOOK_TEST_SECRET:-none}" > seen; exit 3');
  expect(await run(root, ['$(touch owned); *'])).toEqual({ code: 3, said: '' });
  expect(readFileSync(path.join(root, 'message'), 'utf8')).toBe('{"on":"step"}');
  expect(readFileSync(path.join(root, 'seen'), 'utf8')).toBe('a/1/0/at-0|$(touch owned); *|none\n');
});

test('the last line that it prints is kept, at a bounded length', async () => {
  const root = folderWith("echo first; printf 'x%.0s' $(seq 1 500) >&2; exit 1");
  const end = await run(root);
  expect(end.code).toBe(1);
  expect(end.said).toMatch(/^x{200}$/);
});

test('a program that prints without end is ended with its children, and so is one at a signal', async () => {
  expect((await run(folderWith('yes'))).code).toBeUndefined();
  const stop = new AbortController();
  const root = folderWith('sleep 60 & echo $! > child; wait');
  const ended = run(root, [], stop.signal);
  await expect
    .poll(() => {
      try {
        return readFileSync(path.join(root, 'child'), 'utf8').trim();
      } catch {
        return '';
      }
    })
    .toMatch(/\d+/);
  const child = Number(readFileSync(path.join(root, 'child'), 'utf8'));
  stop.abort();
  expect((await ended).code).toBeUndefined();
  await expect.poll(() => isRunning(child)).toBe(false);
});

test('a program that is not there has no exit code', async () => {
  const root = folderWith('');
  rmSync(path.join(root, 'hook.sh'));
  expect(await run(root)).toMatchObject({
    code: undefined,
    said: expect.stringContaining('ENOENT') as string,
  });
});

/** A zombie, which nobody has waited for, counts as ended. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
