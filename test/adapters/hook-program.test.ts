import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
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

test('a child that leaves the group does not keep the process', () => {
  const root = folderWith('setsid sleep 20 & echo $! > child; sleep 0.3; echo last; exit 255');
  const adapter = new URL('../../src/adapters/hook-program.ts', import.meta.url).href;
  const message = { root, command: ['./hook.sh'], body: '', key: '' };
  const script = `import { hookProgram } from '${adapter}';
    console.log(JSON.stringify(await hookProgram.run(${JSON.stringify(message)})));`;
  // Ends the process and throws after the time.
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { timeout: 10_000 });
  expect(JSON.parse(out.toString())).toEqual({ code: 255, said: 'last' });
  process.kill(Number(readFileSync(path.join(root, 'child'), 'utf8')));
});

describe('a program of the commit that is checked out', () => {
  function committed(): { readonly root: string; readonly git: (...args: readonly string[]) => void } {
    const root = folderWith('exit 0');
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: root });
    };
    git('init', '--quiet');
    git('add', 'hook.sh');
    git('commit', '--quiet', '--message', 'hook');
    return { root, git };
  }

  test('runs, though its times have changed', async () => {
    const { root } = committed();
    utimesSync(path.join(root, 'hook.sh'), 1, 1);
    expect(await hookProgram.refusal(root, './hook.sh')).toBeUndefined();
  });

  test.each(['--assume-unchanged', '--skip-worktree'])(
    'does not run with other bytes that the index overlooks (%s)',
    async (flag) => {
      const { root, git } = committed();
      git('update-index', flag, 'hook.sh');
      writeFileSync(path.join(root, 'hook.sh'), '#!/bin/sh\nexit 1\n');
      expect(await hookProgram.refusal(root, './hook.sh')).toContain('differs');
    },
  );

  test('does not run as a link to the same bytes elsewhere', async () => {
    const { root } = committed();
    const file = path.join(root, 'hook.sh');
    renameSync(file, path.join(root, 'elsewhere.sh'));
    symlinkSync('elsewhere.sh', file);
    expect(await hookProgram.refusal(root, './hook.sh')).toContain('differs');
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
