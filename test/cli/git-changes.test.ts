import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 120_000 };

const slower = shop['mesh.yaml']!.replace('3s', '4s');

interface Head {
  readonly head: { readonly commit?: string; readonly dirty?: boolean; readonly changes?: readonly object[] };
  readonly planId: string;
}

function plan(repository: Repository, ...args: readonly string[]): Head {
  const { code, out, error } = repository.mesh(['plan', '--format', 'json', ...args]);
  expect(code, error).toBe(0);
  return JSON.parse(out) as Head;
}

describe('a commit without the applied content', () => {
  test.each(['--skip-worktree', '--assume-unchanged'])(
    'is detected although %s hides it from Git',
    limit,
    (flag) => {
      const repository = new Repository(shop).committed();
      repository.git('update-index', flag, 'mesh.yaml');
      repository.write('mesh.yaml', slower);
      expect(repository.git('status', '--porcelain')).toBe('');
      expect(plan(repository).head).toMatchObject({
        dirty: true,
        changes: [{ file: 'mesh.yaml', change: 'content' }],
      });
      const applied = repository.mesh(['apply', '--yes']);
      expect(applied.code).toBe(64);
      expect(applied.error).toMatch(
        /has uncommitted changes \(of \w{12} mesh\.yaml differs\).*--allow-dirty/s,
      );
    },
  );

  test('is detected in a sparse checkout, which lacks files of the spec', limit, () => {
    const repository = new Repository({
      'mesh.yaml': shop['mesh.yaml']!,
      'services.yaml': shop['services.yaml']!,
      'rules/routes.yaml': shop['routes.yaml']!,
    }).committed();
    repository.git('sparse-checkout', 'set', '--cone', 'other');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(plan(repository).head).toMatchObject({
      dirty: true,
      changes: [{ file: 'rules/routes.yaml', change: 'missing' }],
    });
    expect(repository.mesh(['plan']).out).toContain('(rules/routes.yaml is missing here)');
  });

  test('is detected for line endings that Git converts', limit, () => {
    const repository = new Repository(shop).committed();
    repository.git('config', 'core.autocrlf', 'true');
    rmSync(path.join(repository.root, 'mesh.yaml'));
    repository.git('checkout', '--', 'mesh.yaml');
    expect(readFileSync(path.join(repository.root, 'mesh.yaml'), 'utf8')).toContain('\r\n');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(plan(repository).head.changes).toEqual([{ file: 'mesh.yaml', change: 'line-endings' }]);
  });

  test('is detected for a file that is in no commit', limit, () => {
    const repository = new Repository({ ...shop, 'routes.yaml': '' }).committed();
    repository.write('more.yaml', shop['routes.yaml']!);
    expect(plan(repository).head.changes).toEqual([{ file: 'more.yaml', change: 'added' }]);
  });

  test('is not reported for files that are not part of the spec', limit, () => {
    const repository = new Repository({ ...shop, 'README.md': 'a' }).committed();
    repository.write('README.md', 'b');
    repository.write('notes.txt', 'c');
    expect(plan(repository).head.dirty).toBe(false);
  });

  test('has the plan id of the working tree if the content is the same', limit, () => {
    const repository = new Repository(shop).committed();
    repository.write('mesh.yaml', slower);
    repository.git('commit', '--quiet', '--all', '--message', 'slower');
    repository.git('update-index', '--assume-unchanged', 'mesh.yaml');
    for (const base of [[], ['--base', 'HEAD~1']]) {
      const here = plan(repository, ...base);
      expect(here.head.dirty).toBe(false);
      expect(plan(repository, ...base, '--revision', 'HEAD').planId).toBe(here.planId);
    }
    repository.write('mesh.yaml', slower.replace('4s', '5s'));
    expect(plan(repository).planId).not.toBe(plan(repository, '--revision', 'HEAD').planId);
  });
});
