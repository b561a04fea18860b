import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkCommit, commitFiles } from '../../src/adapters/commit-files.ts';

function committed(): { readonly root: string; readonly git: (...args: readonly string[]) => string } {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-commit-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: root, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'ann');
  git('config', 'user.email', 'ann@example.org');
  writeFileSync(path.join(root, 'a.yaml'), 'one\n');
  git('add', 'a.yaml');
  git('commit', '--quiet', '--message', 'one');
  return { root, git };
}

const change = { file: 'a.yaml', before: Buffer.from('one\n'), text: 'two\n' };

test('a file whose times have changed is committed', async () => {
  const { root, git } = committed();
  utimesSync(path.join(root, 'a.yaml'), 1, 1);
  await commitFiles(root, [change], 'two');
  expect(git('show', 'HEAD:a.yaml')).toBe('two\n');
  expect(git('status', '--porcelain')).toBe('');
});

test('a change that the index overlooks is not committed', async () => {
  const { root, git } = committed();
  git('update-index', '--assume-unchanged', 'a.yaml');
  writeFileSync(path.join(root, 'a.yaml'), 'mine\n');
  const mine = { ...change, before: Buffer.from('mine\n') };
  await expect(commitFiles(root, [mine], 'two')).rejects.toThrow('has changes that are not committed');
  expect(readFileSync(path.join(root, 'a.yaml'), 'utf8')).toBe('mine\n');
});

test('a file that the last commit does not have is committed as it is, relative or absolute', async () => {
  const { root, git } = committed();
  writeFileSync(path.join(root, 'b.age'), 'b\n');
  writeFileSync(path.join(root, 'c.age'), 'c\n');
  await commitFiles(root, [change], 'two', ['b.age', path.join(root, 'c.age')]);
  expect(git('show', '--format=%s', '--name-status').trim().split(/\n+/)).toEqual([
    'two',
    'M\ta.yaml',
    'A\tb.age',
    'A\tc.age',
  ]);
  expect(git('show', 'HEAD:c.age')).toBe('c\n');
  expect(git('status', '--porcelain')).toBe('');
  expect(git('reflog', '-1', '--format=%gs').trim()).toBe('commit: two');
});

test('a check refuses what a commit would refuse, and writes nothing', async () => {
  const { root, git } = committed();
  await checkCommit(root, 'a.yaml', change.before);
  await expect(checkCommit(root, 'a.yaml', Buffer.from('other\n'))).rejects.toThrow('not committed');
  await expect(checkCommit(root, 'b.yaml', change.before)).rejects.toThrow('commit it first');
  expect(git('rev-list', '--count', 'HEAD').trim()).toBe('1');
});

test('nothing is written while another command of Git writes the index', async () => {
  const { root } = committed();
  writeFileSync(path.join(root, '.git/index.lock'), '');
  await expect(commitFiles(root, [change], 'two')).rejects.toThrow('index.lock');
  expect(readFileSync(path.join(root, 'a.yaml'), 'utf8')).toBe('one\n');
});
