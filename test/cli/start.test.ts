import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { Repository, shop } from './repository.ts';

const bin = join(process.cwd(), 'bin/mesh.js');

function mesh(...arguments_: readonly string[]) {
  return spawnSync(process.execPath, arguments_, { encoding: 'utf8' });
}

/** Returns the option for a module that Node runs first. */
function first(code: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

test('--version prints the version of the package', () => {
  expect(mesh(bin, '--version')).toMatchObject({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

/** Makes Node write to standard error which files it loads. */
const tellingLoads = first(`
  import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) {
    if (url.startsWith('file:')) process.stderr.write(url + '\\n');
    return next(url, context);
  } });`);

/** Returns the modules, of this project and of packages, among the loaded files that standard error lists. */
function modulesLoaded(stderr: string): readonly string[] {
  const files = stderr.split('\n').filter((line) => line.startsWith('file:'));
  return files.flatMap((url) =>
    [...readFileSync(new URL(url), 'utf8').matchAll(/^\/\/#region (.*)$/gm)].map(([, name]) => name!),
  );
}

test('--version loads only commander, the table of commands, the names of exit codes, the loaders of commands and parts, the code that prints and the check of the cache', () => {
  const { stderr } = mesh(tellingLoads, bin, '--version');
  expect(stderr).toMatch(/\/bin\/mesh\.js\n.*\/dist\/main\.js\n/s);
  const modules = modulesLoaded(stderr);
  expect(modules).toContain('src/main.ts');
  for (const module of modules) {
    expect(module).toMatch(
      /^(node_modules\/commander\/|src\/(main(?:\/(?:parts|commands))?|program|command-table\/[a-z-]+|adapters\/(standard-streams|compile-cache|cache-folder|own-folder|user-folders)|core\/(?:exit-code|lib\/(?:escape-control|printable)))\.ts$|package\.json$|\\0rolldown\/|\\0cheap:)/,
    );
  }
});

/** Makes Node write to standard error, at its end, which of its own modules it has loaded. */
const tellingBuiltins = first(
  `process.on('exit', () => process.stderr.write(process.moduleLoadList.join('\\n')));`,
);

describe('fetch of Node, which takes 14 MB', () => {
  const output =
    'spec:\n  trustDomain: shop.example\n  targets: {cluster: {platform: istio, output: {kubernetes: {}}}}\n';
  test.each([
    ['a directory', shop, 'status', 0],
    [
      'a cluster',
      { 'mesh.yaml': `apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\n${output}` },
      'plan',
      15,
    ],
  ] as const)('is not loaded by a command that looks at %s', (_, files, command, code) => {
    const repository = new Repository(files);
    const ran = repository.started([command], {
      env: { NODE_OPTIONS: tellingBuiltins, KUBECONFIG: '/nowhere/kubeconfig' },
    });
    expect(ran.code, ran.error).toBe(code);
    expect(ran.error).toContain('NativeModule _http_client');
    expect(ran.error).not.toMatch(/undici|http2/);
  });
});

describe('code that draws on a terminal', () => {
  const drawing = /^(node_modules\/(ink|react|react-reconciler|yoga-layout)|src\/ui\/live)\//;
  const terminal = first('Object.assign(process.stderr, { isTTY: true, columns: 80, rows: 24 });');

  /** Returns which of these modules a command loads, and the result of the command. */
  function loaded(
    repository: Repository,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    onTerminal = false,
  ) {
    const NODE_OPTIONS = [tellingLoads, ...(onTerminal ? [terminal] : [])].join(' ');
    // A pipe may lead to the same terminal, on which nothing is drawn then.
    const outTo = `${repository.root}.out`;
    onTestFinished(() => {
      rmSync(outTo, { force: true });
    });
    const { code, error } = repository.started(args, { env: { ...env, NODE_OPTIONS }, outTo });
    const modules = modulesLoaded(error);
    expect(modules).toContain('src/main.ts');
    return { code, drawing: modules.filter((module) => drawing.test(module)) };
  }

  const nothing = { code: 0, drawing: [] };
  const applying = ['apply', '--yes', '--allow-dirty'];

  test('is loaded only by an apply with a live view', () => {
    const repository = new Repository(shop);
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    expect(loaded(repository, ['--version'])).toEqual(nothing);
    expect(loaded(repository, ['validate'], {}, true)).toEqual(nothing);
    expect(loaded(repository, applying)).toEqual(nothing);
    expect(loaded(repository, [...applying, '--quiet'], {}, true)).toEqual(nothing);
    expect(loaded(repository, [...applying, '--format', 'ndjson'], {}, true)).toEqual(nothing);
    expect(loaded(repository, applying, { TERM: 'dumb' }, true)).toEqual(nothing);
    expect(loaded(repository, applying, { CI: 'true' }, true)).toEqual(nothing);
    const watched = loaded(repository, applying, {}, true);
    expect(watched.code).toBe(0);
    expect(watched.drawing).toEqual(
      expect.arrayContaining([
        'src/ui/live/live-view.ts',
        expect.stringMatching(/^node_modules\/ink\//),
        expect.stringMatching(/^node_modules\/react\//),
      ]),
    );
  });
});

test.each([
  ['an unknown option', ['--no-such-option']],
  ['an unknown command', ['no-such-command']],
  ['an invalid choice', ['--fail-on', 'everything']],
])('%s is a usage error', (_name, arguments_) => {
  const { status, stdout, stderr } = mesh(bin, ...arguments_);
  expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  expect(stderr).toMatch(/^mesh: /);
});

test('a Node that is too old gets a message of one sentence', () => {
  const old =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.18.3' } });";
  const { status, stderr } = mesh(first(old), bin, '--version');
  expect(status).toBe(1);
  expect(stderr).toBe('mesh needs Node.js 22.19 or newer; this is Node.js 22.18.3.\n');
});

test('a checkout without a build gets a message that says so', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'meshwright-start-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  cpSync('bin', join(elsewhere, 'bin'), { recursive: true });
  cpSync('package.json', join(elsewhere, 'package.json'));
  const { status, stderr } = mesh(join(elsewhere, 'bin/mesh.js'), '--version');
  expect(status).toBe(1);
  expect(stderr).toBe('mesh has not been built: run "npm run build" in its folder first.\n');
});

test('a reader that closes its pipe is no error', () => {
  const { status, stderr } = spawnSync(
    'bash',
    ['-o', 'pipefail', '-c', '"$0" "$1" --help | true', process.execPath, bin],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
