import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const bin = join(process.cwd(), 'bin/mesh.js');

function mesh(...arguments_: readonly string[]) {
  return spawnSync(process.execPath, arguments_, { encoding: 'utf8' });
}

/** A module that Node runs first. */
function first(code: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

test('--version prints the version of the package', () => {
  expect(mesh(bin, '--version')).toMatchObject({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test('--version loads commander and the table of commands, nothing else', () => {
  const report = `
    import { registerHooks } from 'node:module';
    registerHooks({ load(url, context, next) {
      if (url.startsWith('file:')) process.stderr.write(url + '\\n');
      return next(url, context);
    } });`;
  const { stderr } = mesh(first(report), bin, '--version');
  const files = stderr
    .trim()
    .split('\n')
    .map((url) => new URL(url).pathname);
  expect(files).toEqual(expect.arrayContaining([bin, expect.stringMatching(/dist\/main\.js$/)]));
  const modules = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\/\/#region (.*)$/gm)].map(([, name]) => name),
  );
  expect(modules).toContain('src/main.ts');
  for (const module of modules) {
    expect(module).toMatch(
      /^(node_modules\/commander\/|src\/(main|program|command-data|command-table|global-options)\.ts$|package\.json$|\\0rolldown\/)/,
    );
  }
});

test.each([
  ['an unknown option', ['--no-such-option']],
  ['an unknown command', ['no-such-command']],
  ['a choice that is none', ['--fail-on', 'everything']],
])('%s is a usage error', (_name, arguments_) => {
  const { status, stdout, stderr } = mesh(bin, ...arguments_);
  expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  expect(stderr).toMatch(/^error: /);
});

test('a Node that is too old gets one sentence', () => {
  const old =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.18.3' } });";
  const { status, stderr } = mesh(first(old), bin, '--version');
  expect(status).toBe(1);
  expect(stderr).toBe('mesh needs Node.js 22.19 or newer; this is Node.js 22.18.3.\n');
});

test('a checkout that was not built says so', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'meshwright-start-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  cpSync('bin', join(elsewhere, 'bin'), { recursive: true });
  cpSync('package.json', join(elsewhere, 'package.json'));
  const { status, stderr } = mesh(join(elsewhere, 'bin/mesh.js'), '--version');
  expect(status).toBe(1);
  expect(stderr).toBe('mesh has not been built: run "npm run build" in its folder first.\n');
});

test('a reader that goes away is no error', () => {
  const { status, stderr } = spawnSync(
    'bash',
    ['-o', 'pipefail', '-c', '"$0" "$1" --help | true', process.execPath, bin],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
