import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Repository, shop, shortWait } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** Runs a command under a umask. */
function run(repository: Repository, umask: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `umask ${umask}; exec "$@"`, 'sh', process.execPath, bin, ...args, ...shortWait(args)],
    {
      cwd: repository.root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], XDG_STATE_HOME: path.join(repository.root, '.state') },
    },
  );
  expect(status, stderr).toBe(0);
}

/** Returns the mode of each file and folder, by path, that differs from `wanted`. */
function others(folder: string, wanted: (isFolder: boolean, name: string) => number): readonly string[] {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  return names.flatMap((name) => {
    const status = lstatSync(path.join(folder, name));
    const mode = status.mode & 0o777;
    return status.isSymbolicLink() || mode === wanted(status.isDirectory(), name)
      ? []
      : [`${mode.toString(8)} ${name}`];
  });
}

/** Keys and the ledger are secret. */
const isSecret = (name: string): boolean => /^(local\/)?(secrets|\.mesh)(\/|$)/.test(name);
const output = (isFolder: boolean, name: string): number => {
  if (isSecret(name)) return isFolder ? 0o700 : 0o600;
  return isFolder ? 0o755 : 0o644;
};
const own = (isFolder: boolean): number => (isFolder ? 0o700 : 0o600);

// Proxies run as another user than the one who applies: they must be able to read the configuration, but no key.
test.each(['000', '022', '077'])('the umask %s does not affect the modes of written files', (umask) => {
  const repository = new Repository(shop);
  run(repository, umask, ['certs', 'init']);
  run(repository, umask, ['apply', '--yes', '--allow-dirty']);
  run(repository, umask, ['compile', '--out', 'build', '--issue']);
  run(repository, umask, ['certs', 'issue', 'shop/web', '--out', 'web.json']);
  const { root } = repository;
  expect(others(path.join(root, 'live'), output)).toEqual([]);
  expect(others(path.join(root, 'build'), output)).toEqual([]);
  expect(others(path.join(root, '.state'), own)).toEqual([]);
  expect(lstatSync(path.join(root, 'web.json')).mode & 0o777).toBe(0o600);
  // Other users can't write files that the tool makes in the repository.
  expect(lstatSync(path.join(root, 'certificates')).mode & 0o022).toBe(0);
  expect(lstatSync(path.join(root, 'certificates/shop.example.json')).mode & 0o022).toBe(0);
});
