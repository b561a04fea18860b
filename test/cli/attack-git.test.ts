import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { commands, HostileRepository, places, telling } from '../attack/hostile-repository.ts';

const limit = { timeout: 240_000 };

describe('no program that a repository names is run', () => {
  test.each(places.map((place) => [place] as const))('through settings in: %s', limit, (place) => {
    const repository = new HostileRepository(place);
    const all = place === 'config' || place === 'embedded bare repository';
    const found = (all ? commands : telling).map((args) => {
      const { ran, marks } = repository.ran(args);
      return { args, marks, defect: ran.error.includes('defect of mesh') };
    });
    expect(found.filter(({ marks, defect }) => marks.length > 0 || defect)).toEqual([]);
  });

  test('to fetch a missing object', limit, () => {
    const repository = new HostileRepository('config');
    repository.loseBlob('mesh.yaml');
    for (const args of [
      ['validate', '--revision', 'HEAD'],
      ['validate', '--staged'],
      ['fmt', '--check', '--staged'],
      ['keys', 'check', '--staged'],
      ['plan', '--base', 'HEAD'],
    ]) {
      const { ran, marks } = repository.ran(args);
      expect({ args, marks, code: ran.code }).toEqual({ args, marks: [], code: 15 });
      expect(ran.error).toMatch(/missing.*'git fetch --refetch --no-filter'/);
    }
  });

  test.each([
    ['core.fsmonitor', ['status']],
    ['filter.trap.clean', ['status']],
    ['diff.external', ['show', '--ext-diff', 'HEAD']],
    ['diff.trap.textconv', ['show', 'HEAD']],
  ])('although Git itself runs the program that %s names', limit, (setting, args) => {
    const repository = new HostileRepository('config', [setting]);
    spawnSync('git', args, { cwd: repository.folder, input: '' });
    expect([setting, repository.takeMarks()]).toEqual([setting, expect.arrayContaining([setting])]);
  });

  test('although Git itself fetches a missing object by a program', limit, () => {
    const names = [
      'remote.trap.url',
      'remote.trap.promisor',
      'remote.trap.uploadpack',
      'extensions.partialClone',
    ];
    const repository = new HostileRepository('config', names);
    repository.loseBlob('mesh.yaml');
    spawnSync('git', ['cat-file', '-p', 'HEAD:./mesh.yaml'], { cwd: repository.folder, timeout: 3000 });
    expect(repository.takeMarks()).toContain('remote.trap.uploadpack');
  });

  test('although Git itself finds an embedded bare repository first', limit, () => {
    const repository = new HostileRepository('embedded bare repository', ['filter.trap.clean']);
    spawnSync('git', ['status'], { cwd: repository.folder });
    expect(repository.takeMarks()).toContain('filter.trap.clean');
  });
});
