import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

function run(command: string, arguments_: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, arguments_, { cwd, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

test('the package runs without any other installed package', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'meshwright-package-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  const tarball = run(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', elsewhere],
    '.',
  ).trim();
  run('tar', ['-xf', tarball], elsewhere);

  const bin = join(elsewhere, 'package', packageJson.bin.mesh);
  expect(run(process.execPath, [bin, '--version'], elsewhere)).toBe(`${packageJson.version}\n`);
  for (const path of Object.values(packageJson.exports['.'])) {
    expect(existsSync(join(elsewhere, 'package', path)), path).toBe(true);
  }
  const imported = `import('meshwright').then(() => import('meshwright/schemas/mesh.json', { with: { type: 'json' } }))
    .then(({ default: schema }) => console.log(schema.$id))`;
  expect(run(process.execPath, ['-e', imported], join(elsewhere, 'package'))).toBe(
    'https://meshwright.dev/schemas/mesh.json\n',
  );
});
