import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

function run(command: string, arguments_: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr } = spawnSync(command, arguments_, {
    cwd,
    encoding: 'utf8',
    ...(env && { env }),
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** Packs the project into a folder and returns the path of the file. */
function pack(folder: string): string {
  const name = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], '.').trim();
  return join(folder, name);
}

test('an installation in an empty folder, with another home, makes a mesh that validates and compiles', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'meshwright-install-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  const tarball = pack(elsewhere);
  const [home, folder] = [join(elsewhere, 'home'), join(elsewhere, 'hello')];
  mkdirSync(home);
  mkdirSync(folder);
  // The Node of this process, and no program of this repository.
  const env = { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: home };
  const prefix = join(elsewhere, 'prefix');
  const installed = run(
    'npm',
    ['install', '--global', '--prefix', prefix, '--ignore-scripts', '--offline', tarball],
    elsewhere,
    env,
  );
  expect(installed).toMatch(/added 1 package/);
  expect(readdirSync(join(prefix, 'bin')).sort()).toEqual(['mesh', 'meshwright']);
  const mesh = (...args: readonly string[]) => run(join(prefix, 'bin/meshwright'), args, folder, env);
  expect(mesh('init')).toContain('hello is valid: 2 services, 1 route, 1 access document, 1 target\n');
  expect(mesh('validate')).toContain('hello is valid');
  expect(mesh('compile', '--out', 'build')).toMatch(
    /^local \(envoy\): \d+ files for 3 proxies in build\/local\n/,
  );
  // npm itself writes its cache and logs into the home.
  expect(readdirSync(home).filter((name) => !['.npm', '.cache'].includes(name))).toEqual([]);
}, 60_000);

test('the package has what its README shows, and nothing that runs when it is installed', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'meshwright-package-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  run('tar', ['-xf', pack(elsewhere)], elsewhere);
  const top = join(elsewhere, 'package');
  const packed = readdirSync(top, { recursive: true, encoding: 'utf8' });
  const links = packed
    .filter((file) => file.endsWith('.md'))
    .flatMap((page) =>
      [...readFileSync(join(top, page), 'utf8').matchAll(/\]\(([\w./-]+)(?:#[\w.-]*)?\)/g)].map(
        ([, file = '']) => join(dirname(page), file),
      ),
    );
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((file) => !existsSync(join(top, file)))).toEqual([]);
  // Each walk of the page begins with files that readers run its commands on.
  const walks =
    readFileSync(join(top, 'docs/migrating.md'), 'utf8').match(/fixtures\/migrate\/[\w-]+/g) ?? [];
  expect(walks.length).toBeGreaterThan(3);
  expect(walks.filter((folder) => !existsSync(join(top, folder)))).toEqual([]);
  for (const file of ['LICENSE', 'CHANGELOG.md', 'dist/LICENSES.txt', 'schemas/mesh.json'])
    expect(existsSync(join(top, file)), file).toBe(true);
  for (const script of ['preinstall', 'install', 'postinstall'])
    expect(packageJson.scripts).not.toHaveProperty(script);
  expect(Object.keys(packageJson)).not.toContain('dependencies');
  expect(packageJson.repository.url).toBe(`git+${packageJson.homepage}/meshwright.git`);
  const pages = readdirSync(join(top, 'docs'), { recursive: true, encoding: 'utf8' });
  expect(pages).toContain('targets/envoy.md');
  expect(pages.filter((file) => !/\.(md|svg)$|^Dockerfile$|^targets$/.test(file))).toEqual([]);
});

test('the package runs without any other installed package', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'meshwright-package-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  run('tar', ['-xf', pack(elsewhere)], elsewhere);

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
