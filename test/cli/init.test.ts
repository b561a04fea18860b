import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

/** Makes a folder with this name below a repository, so that the test knows the name of the mesh. */
function folder(name: string): { readonly repository: Repository; readonly cwd: string } {
  const repository = new Repository({});
  const cwd = path.join(repository.root, name);
  mkdirSync(cwd);
  return { repository, cwd };
}

describe('mesh init', () => {
  test('makes a mesh in an empty folder that validates, compiles and answers its own example', () => {
    const { repository, cwd } = folder('shop');
    const ran = repository.mesh(['init'], { cwd });
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    expect(ran.out).toContain('shop is valid: 2 services, 1 route, 1 access document, 1 target\n');
    const [command, ...args] = /^ {2}(mesh explain request .*)$/m.exec(ran.out)![1]!.split(' ');
    expect(command).toBe('mesh');
    expect(repository.mesh(args, { cwd }).out).toMatch(/^forwarded to default\/hello v1 90%/);
    expect(repository.mesh(['validate', '--strict-files', '--fail-on', 'info'], { cwd }).code).toBe(0);
    expect(repository.mesh(['certs', 'init'], { cwd }).code).toBe(0);
    expect(repository.mesh(['compile', '--out', 'build', '--issue'], { cwd })).toMatchObject({
      code: 0,
      error: '',
    });
    expect(readFileSync(path.join(cwd, 'mesh.yaml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=/);
  });

  test('makes a mesh for Istio that validates and compiles, and marks the lines that name the cluster', () => {
    const { repository, cwd } = folder('shop');
    const ran = repository.mesh(['init', '--platform', 'istio'], { cwd });
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    expect(ran.out).toContain('shop is valid: 2 services, 1 route, 1 access document, 1 target\n');
    expect(ran.out).not.toContain('certs');
    expect(repository.mesh(['validate', '--strict-files', '--fail-on', 'info'], { cwd }).code).toBe(0);
    expect(repository.mesh(['compile', '--out', 'build'], { cwd })).toMatchObject({ code: 0, error: '' });
    const made = readFileSync(path.join(cwd, 'build/cluster/manifests/default/virtualservice.yaml'), 'utf8');
    expect(parse(made)).toMatchObject({
      kind: 'VirtualService',
      metadata: { name: 'hello', namespace: 'default' },
      spec: { hosts: ['hello.default.svc.cluster.local'] },
    });
    const index = JSON.parse(readFileSync(path.join(cwd, 'build/cluster/index.json'), 'utf8'));
    expect(index.artifacts).toContainEqual({
      path: 'manifests/default/virtualservice.yaml',
      kind: 'VirtualService',
      name: 'hello',
      namespace: 'default',
      origins: expect.arrayContaining(['services.yaml:12']),
    });
    expect(repository.mesh(['fmt', '--check'], { cwd }).code).toBe(0);
    const mesh = readFileSync(path.join(cwd, 'mesh.yaml'), 'utf8');
    expect(mesh).toMatch(/context: my-cluster # CHANGE/);
    expect(ran.out).toContain('edit mesh.yaml');
    // As long as nobody changes the context, mesh writes to no cluster, not even to the current one.
    repository.write('kubeconfig', '{contexts: [{name: other, context: {cluster: a, user: a}}]}');
    const env = { KUBECONFIG: path.join(repository.root, 'kubeconfig') };
    const planned = repository.mesh(['plan'], { cwd, env });
    expect(planned.code).toBe(15);
    expect(planned.error).toContain('has no context my-cluster: there are other');
  });

  test('makes a mesh for Linkerd that compiles, and reports the features that Linkerd does not support', () => {
    const { repository, cwd } = folder('shop');
    const ran = repository.mesh(['init', '--platform', 'linkerd'], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('2 services, 1 route, 1 access document, 1 target');
    const validated = repository.mesh(['validate', '--strict-files'], { cwd });
    expect(validated.code).toBe(0);
    // Each name in `degrade` is a feature that is lost here.
    expect(validated.out + validated.error).not.toContain('MESH3012');
    expect(repository.mesh(['compile', '--out', 'build'], { cwd }).code).toBe(0);
    const made = readFileSync(path.join(cwd, 'build/cluster/manifests/default/server.yaml'), 'utf8');
    expect(parse(made)).toMatchObject({
      apiVersion: 'policy.linkerd.io/v1beta3',
      spec: { accessPolicy: 'deny', podSelector: { matchLabels: { app: 'hello' } }, port: 80 },
    });
    expect(repository.mesh(['fmt', '--check'], { cwd }).code).toBe(0);
  });

  test('a second run changes nothing, and adds what is missing again', () => {
    const { repository, cwd } = folder('shop');
    repository.mesh(['init'], { cwd });
    writeFileSync(
      path.join(cwd, 'access.yaml'),
      `${readFileSync(path.join(cwd, 'access.yaml'), 'utf8')}# mine\n`,
    );
    expect(repository.mesh(['init'], { cwd }).out).toMatch(/^nothing was missing\n/);
    expect(readFileSync(path.join(cwd, 'access.yaml'), 'utf8')).toMatch(/# mine\n$/);
    rmSync(path.join(cwd, 'routes.yaml'));
    expect(repository.mesh(['init'], { cwd }).out).toMatch(/^wrote routes\.yaml\n/);
  });

  test('keeps the documents of an existing mesh and adds only project files', () => {
    const repository = new Repository({ ...shop, '.gitignore': 'mine' });
    const ran = repository.mesh(['init']);
    expect(ran.out).toMatch(
      /^wrote \.mesh\/schema\.json, \.gitignore, \.pre-commit-config\.yaml,\n  \.github\/workflows\/mesh\.yaml\n/,
    );
    for (const [file, text] of Object.entries(shop)) {
      expect(readFileSync(path.join(repository.root, file), 'utf8')).toBe(text);
    }
    expect(readFileSync(path.join(repository.root, '.gitignore'), 'utf8')).toMatch(/^mine\n#.*\n\/out\/\n/);
  });

  test.each(['envoy', 'istio', 'linkerd'])(
    'writes a suite of tests for %s that holds and leaves no rule out',
    (name) => {
      const { repository, cwd } = folder('shop');
      expect(repository.mesh(['init', '--platform', name], { cwd }).out).toContain('tests.yaml');
      expect(repository.mesh(['test', '--coverage'], { cwd })).toMatchObject({
        code: 0,
        out: '5 tests by the meaning of the mesh: 5 hold\nCoverage: tests decide by 3 of 3 rules\n',
      });
    },
  );

  test('adds no suite to a mesh that has one, or that means something else', () => {
    const { repository, cwd } = folder('shop');
    repository.mesh(['init'], { cwd });
    const suite = path.join(cwd, 'tests.yaml');
    const text = readFileSync(suite, 'utf8');
    rmSync(suite);
    repository.write('shop/checks/own.yaml', text);
    expect(repository.mesh(['init'], { cwd }).out).toMatch(/^nothing was missing\n/);
    rmSync(path.join(cwd, 'checks'), { recursive: true });
    const routes = path.join(cwd, 'routes.yaml');
    writeFileSync(routes, readFileSync(routes, 'utf8').replace('weight: 90', 'weight: 80'));
    expect(repository.mesh(['init'], { cwd }).out).toMatch(/^nothing was missing\n/);
    writeFileSync(routes, readFileSync(routes, 'utf8').replace('weight: 80', 'weight: 90'));
    expect(repository.mesh(['init'], { cwd }).out).toMatch(/^wrote tests\.yaml\n/);
  });

  test('a workflow for a mesh without suites runs none', () => {
    const repository = new Repository(shop);
    repository.mesh(['init']);
    const text = readFileSync(path.join(repository.root, '.github/workflows/mesh.yaml'), 'utf8');
    expect(text).not.toContain('mesh test');
  });

  test('adds a missing Route only if the service that it names exists', () => {
    const { 'routes.yaml': _routes, ...files } = shop;
    const repository = new Repository(files);
    repository.mesh(['init']);
    expect(existsSync(path.join(repository.root, 'routes.yaml'))).toBe(false);
  });

  test('makes names of the language from names of folders', () => {
    for (const [name, expected] of [
      ['My Shop!', 'my-shop'],
      ['123', '123'],
      ['true', 'true'],
      ['é', 'mesh'],
    ] as const) {
      const { repository, cwd } = folder(name);
      const ran = repository.mesh(['init'], { cwd });
      expect({ name, code: ran.code }).toEqual({ name, code: 0 });
      expect(parse(readFileSync(path.join(cwd, 'mesh.yaml'), 'utf8')).metadata.name).toBe(expected);
    }
  });

  test('writes the checks that pre-commit and CI run', () => {
    const { repository, cwd } = folder('shop');
    repository.mesh(['init'], { cwd });
    const hook = parse(readFileSync(path.join(cwd, '.pre-commit-config.yaml'), 'utf8')).repos[0].hooks[0];
    expect(hook).toMatchObject({ entry: 'mesh validate --staged', pass_filenames: false });
    expect(new RegExp(hook.files).test('a/b.yaml')).toBe(true);
    const { steps } = parse(readFileSync(path.join(cwd, '.github/workflows/mesh.yaml'), 'utf8')).jobs
      .validate;
    expect(steps.filter(({ run }: { run?: string }) => run?.startsWith('exec mesh '))).toHaveLength(6);
    const runs = steps.map(({ run = '' }: { run?: string }) => run);
    // The commands run as written, where a pull request sets these variables.
    repository.git('init', '--quiet', '--initial-branch=main');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'first');
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const env = {
      ...process.env,
      XDG_STATE_HOME: path.join(repository.root, '.state'),
      PATH: `${path.resolve('node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      RUNNER_TEMP: repository.root,
      GITHUB_BASE_REF: 'main',
      GITHUB_STEP_SUMMARY: path.join(repository.root, 'summary.md'),
    };
    for (const line of runs.filter((one: string) => one.startsWith('exec mesh '))) {
      const command = line.replace('exec mesh', `exec node ${path.resolve('bin/mesh.js')}`);
      const { status, stderr } = spawnSync('bash', ['-e', '-c', command], { cwd, encoding: 'utf8', env });
      expect({ command, status, stderr }).toMatchObject({ status: 0 });
    }
    const sarif = JSON.parse(readFileSync(path.join(repository.root, 'mesh.sarif'), 'utf8')) as object;
    expect(sarif).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(path.join(repository.root, 'summary.md'), 'utf8')).not.toBe('');
  });

  test.each([
    [
      '.mesh',
      'link',
      /^mesh: \.mesh\/schema\.json lies outside the repository: \.mesh is a link to \S+outside; remove the link/,
    ],
    [
      '.mesh',
      'file',
      /^mesh: \.mesh is no folder: move it away, since \.mesh\/schema\.json is written there/,
    ],
    ['.github', 'file', /^mesh: \.github is no folder: move it away/],
    ['routes.yaml', 'folder', /^mesh: routes\.yaml is no regular file: move it away/],
    ['.mesh/schema.json', 'folder', /^mesh: \.mesh\/schema\.json is no regular file: move it away/],
  ])('writes nothing if %s is a %s', (name, kind, message) => {
    const { repository, cwd } = folder('shop');
    mkdirSync(path.join(repository.root, 'outside'));
    const file = path.join(cwd, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (kind === 'link') symlinkSync(path.join(repository.root, 'outside'), file);
    else if (kind === 'file') writeFileSync(file, '');
    else mkdirSync(file);
    const before = readdirSync(cwd);
    const ran = repository.mesh(['init'], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.error).toMatch(message);
    expect(readdirSync(cwd)).toEqual(before);
    // The message names the way out.
    rmSync(file, { recursive: true });
    expect(repository.mesh(['init'], { cwd }).code).toBe(0);
  });

  test.each(['mesh.yml', 'Mesh.yaml'])('asks for the name mesh.yaml if the mesh is in %s', (name) => {
    const { 'mesh.yaml': mesh = '', ...others } = shop;
    const repository = new Repository({ ...others, [name]: mesh });
    for (const command of ['validate', 'init']) {
      const ran = repository.mesh([command]);
      expect(ran.code).toBe(64);
      expect(ran.error).toContain(`rename ${name} to mesh.yaml`);
    }
    expect(existsSync(path.join(repository.root, 'mesh.yaml'))).toBe(false);
    repository.write('mesh.yaml', mesh);
    rmSync(path.join(repository.root, name));
    expect(repository.mesh(['validate']).code).toBe(0);
  });

  test('makes no mesh inside another one unless --root says so', () => {
    const repository = new Repository(shop).committed();
    repository.write('deploy/readme', '');
    const cwd = path.join(repository.root, 'deploy');
    const refused = repository.mesh(['init'], { cwd });
    expect(refused.code).toBe(64);
    expect(refused.error).toContain(
      'this folder is part of the mesh in ../mesh.yaml: mesh init --root .. completes',
    );
    expect(existsSync(path.join(cwd, 'mesh.yaml'))).toBe(false);
    expect(repository.mesh(['init', '--root', '.'], { cwd }).code).toBe(0);
    // A repository inside, such as a submodule, is no part of the mesh.
    repository.write('module/.git/HEAD', 'ref: refs/heads/main\n');
    repository.git('init', '--quiet', 'module');
    expect(repository.mesh(['init'], { cwd: path.join(repository.root, 'module') }).code).toBe(0);
  });

  test('leaves files of others alone, and writes beside them', () => {
    const manifest = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n';
    const { repository, cwd } = folder('shop');
    repository.write('shop/services.yaml', manifest);
    repository.write(
      'shop/charts/web/templates/a.yaml',
      'apiVersion: v1\n{{- if .Values.on }}\nkind: Service\n{{- end }}\n',
    );
    const ran = repository.mesh(['init'], { cwd });
    expect(ran, ran.error).toMatchObject({ code: 0 });
    expect(ran.out).toContain('mesh-services.yaml');
    expect(ran.out).toContain('2 services, 1 route, 1 access document');
    expect(readFileSync(path.join(cwd, 'services.yaml'), 'utf8')).toBe(manifest);
    expect(ran.error).toContain('MESH2410');
    // The services may also lie in a file of another name: nothing is written twice.
    expect(repository.mesh(['init'], { cwd }).out).toContain('nothing was missing');
  });

  test('the workflow installs only the package with the digest, and names the missing settings', () => {
    const { repository, cwd } = folder('shop');
    repository.mesh(['init'], { cwd });
    const text = readFileSync(path.join(cwd, '.github/workflows/mesh.yaml'), 'utf8');
    // Nobody owns these names in a registry yet.
    expect(text).not.toMatch(/npx |npm (?:i|install)[^\n]* (?:mesh|meshwright)(?:@|\s|$)/);
    const { env, jobs } = parse(text);
    const { run } = jobs.validate.steps.find(({ name }: { name?: string }) => name === 'install mesh');
    const packed = execFileSync('npm', [
      'pack',
      '--ignore-scripts',
      '--silent',
      '--pack-destination',
      repository.root,
    ]);
    const tarball = path.join(repository.root, packed.toString().trim());
    const digest = createHash('sha256').update(readFileSync(tarball)).digest('hex');
    const prefix = path.join(repository.root, 'installed');
    const install = (own: object) =>
      spawnSync('bash', ['-e', '-c', run], {
        cwd,
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          HOME: repository.root,
          RUNNER_TEMP: repository.root,
          npm_config_prefix: prefix,
          npm_config_offline: 'true',
          ...env,
          ...own,
        },
      });
    const unset = install({});
    expect(unset.status).toBe(1);
    expect(unset.stderr).toBe(
      '.github/workflows/mesh.yaml: fill in MESHWRIGHT_URL and MESHWRIGHT_SHA256; the comment beside them says how\n',
    );
    const url = { MESHWRIGHT_URL: `file://${tarball}` };
    expect(
      install({ ...url, MESHWRIGHT_SHA256: digest.replace(/^./, (first) => (first === '0' ? '1' : '0')) })
        .status,
    ).toBe(1);
    expect(existsSync(prefix)).toBe(false);
    const installed = install({ ...url, MESHWRIGHT_SHA256: digest });
    expect(installed.status, installed.stderr).toBe(0);
    expect(
      execFileSync(process.execPath, [path.join(prefix, 'bin/mesh'), '--version'], { encoding: 'utf8' }),
    ).toBe(`${packageJson.version}\n`);
  });

  test.each([
    ['deploy', 'mesh-deploy', 'deploy'],
    ["it's (a) mesh/$x", 'mesh-it-s-a-mesh--x', "it's (a) mesh/$x"],
    ['-x/${{ y }}', 'mesh--x--y-', "-x/${{ '${{' }} y }}"],
  ])(
    'in the folder %s of a repository writes the checks to the top of the repository',
    (name, workflow, working) => {
      const repository = new Repository({ 'README.md': '' }).committed();
      const cwd = path.join(repository.root, name);
      mkdirSync(cwd, { recursive: true });
      const ran = repository.mesh(['init'], { cwd });
      expect(ran, ran.error).toMatchObject({ code: 0, error: '' });
      expect(existsSync(path.join(cwd, '.github'))).toBe(false);
      const jobs = parse(
        readFileSync(path.join(repository.root, `.github/workflows/${workflow}.yaml`), 'utf8'),
      ).jobs;
      expect(jobs.validate.defaults.run['working-directory']).toBe(working);
      const [hooks] = parse(
        readFileSync(path.join(repository.root, '.pre-commit-config.yaml'), 'utf8'),
      ).repos.map((one: { hooks: readonly Record<string, string>[] }) => one.hooks);
      expect(new RegExp(hooks[0].files).test(`${name}/mesh.yaml`)).toBe(true);
      expect(new RegExp(hooks[0].files).test(`x${name}/mesh.yaml`)).toBe(false);
      // Run the hooks as pre-commit does: split like a shell, from the top of the repository.
      repository.git('add', '--all');
      const entry = hooks[0].entry.replace(/^mesh/, '"$NODE" "$BIN"');
      const env = {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        NODE: process.execPath,
        BIN: path.resolve('bin/mesh.js'),
      };
      const validated = spawnSync('sh', ['-c', entry], { cwd: repository.root, encoding: 'utf8', env });
      expect(validated.stderr).toBe('');
      expect(validated.status).toBe(0);
      expect(repository.mesh(['init'], { cwd }).out).toMatch(/^nothing was missing\n/);
    },
  );

  test('an existing configuration of pre-commit stays, and the printed addition is correct', () => {
    const repository = new Repository({ '.pre-commit-config.yaml': 'repos:\n' }).committed();
    const cwd = path.join(repository.root, 'deploy');
    mkdirSync(cwd);
    const { out } = repository.mesh(['init'], { cwd });
    expect(readFileSync(path.join(repository.root, '.pre-commit-config.yaml'), 'utf8')).toBe('repos:\n');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      '../.pre-commit-config.yaml is there already and was left as it is. Add to its repos:',
    );
    const [, added = ''] = /its\s+repos:\n(( .*\n)+)/.exec(out) ?? [];
    const { repos } = parse(`repos:\n${added}`);
    expect(repos[0].hooks).toMatchObject([
      { entry: 'mesh validate --staged --root deploy' },
      { entry: 'mesh fmt' },
      {},
    ]);
    repository.write('.pre-commit-config.yaml', `repos:\n${added}`);
    expect(repository.mesh(['init'], { cwd }).out).not.toContain('Add to its repos');
  });

  test.each([
    [[], '.github/workflows/mesh.yaml', 'mesh validate'],
    [['--timer', 'ci'], '.github/workflows/mesh-certs.yaml', 'mesh certs rotate workload'],
    [['--rollouts', 'ci'], '.github/workflows/mesh-rollout.yaml', 'mesh canary run'],
    [['--rollouts', 'kubernetes'], 'rollouts/job.yaml', 'mesh, canary, run'],
    [['--rollouts', 'systemd'], 'rollouts/mesh-guard.timer', 'mesh-guard.timer'],
  ])('init %j: a file of somebody else named %s stays, and the answer says so', (options, file, mark) => {
    const theirs = 'name: mesh\non: {push: {}}\njobs: {build: {runs-on: x, steps: []}}\n';
    const repository = new Repository({ [file]: theirs }).committed();
    const { code, out } = repository.mesh(['init', ...options]);
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `${file} is there already and was left as it is. It has no \`${mark}\`, so it is not the file of mesh: rename it, then run mesh init again.`,
    );
    expect(readFileSync(path.join(repository.root, file), 'utf8')).toBe(theirs);
    repository.git('mv', file, `${file}.theirs`);
    expect(repository.mesh(['init', ...options]).out).toContain(`wrote ${file}`);
    expect(repository.mesh(['init', ...options]).out).toMatch(/^nothing was missing\n(?![^]*left as it is)/);
  });

  test('a folder that is reached by a link into a repository is refused', () => {
    const repository = new Repository({ 'deploy/x': '', 'README.md': '' }).committed();
    const outside = new Repository({});
    symlinkSync(path.join(repository.root, 'deploy'), path.join(outside.root, 'link'));
    const ran = outside.mesh(['init', '--root', 'link']);
    expect(ran.code).toBe(64);
    expect(ran.error).toContain('is a link into a Git repository: name the folder itself');
    expect(existsSync(path.join(outside.root, '.github'))).toBe(false);
  });

  test('no file is written through a link that leaves the folder', () => {
    const { repository, cwd } = folder('shop');
    mkdirSync(path.join(repository.root, 'outside'));
    symlinkSync('../outside', path.join(cwd, '.github'));
    const ran = repository.mesh(['init'], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.error).toContain('outside the repository');
    expect(existsSync(path.join(repository.root, 'outside/workflows/mesh.yaml'))).toBe(false);
  });
});

describe('mesh doctor', () => {
  test('prints the checks and what to do', () => {
    const repository = new Repository(shop);
    const ran = repository.mesh(['doctor']);
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    expect(ran.out).toMatch(/^everything that was looked at works \(\d notes?\)\n/);
    expect(ran.out).toMatch(/\nok {4}git +\d+\./);
    expect(ran.out).toMatch(
      /\nnote {2}certificates +there is no certificates\/shop\.example\.json yet\n +→ {2}mesh certs init\n/,
    );
    expect(ran.out).toMatch(/\nnote {2}proxies of local +0 of 3 answer; silent: shop-/);
    expect(ran.out.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  test('prints the published shape, and ends with 1 if a command would not work', () => {
    const repository = new Repository({ ...shop, 'routes.yaml': 'kind: Route\napiVersion: mesh/v1\n' });
    const ran = repository.mesh(['doctor', '--format', 'json']);
    const data = conforming('doctor', ran.out);
    expect(ran.code).toBe(1);
    expect(data).toMatchObject({ ok: false });
    expect(data['checks']).toContainEqual(
      expect.objectContaining({ name: 'mesh', state: 'fail', do: 'mesh validate' }),
    );
  });

  test('makes the other checks without Git and without a mesh', () => {
    const ran = new Repository({}).mesh(['doctor', '--format', 'json'], { env: { PATH: '/nonexistent' } });
    const { checks } = conforming('doctor', ran.out);
    expect(ran.code).toBe(1);
    expect(checks).toContainEqual(expect.objectContaining({ name: 'git', state: 'fail' }));
    expect(checks).toContainEqual(
      expect.objectContaining({ name: 'envoy', state: 'note', says: 'not found' }),
    );
    expect(checks).toContainEqual(expect.objectContaining({ name: 'mesh', state: 'fail' }));
  });

  test.each([
    ['envoy  version: 0f0f/1.40.0/Clean/RELEASE/BoringSSL', 'ok', /^1\.40\.0 \(/],
    ['envoy  version: 0f0f/1.12.7/Clean/RELEASE/BoringSSL', 'note', /^1\.12\.7 .*not a version/],
    ['no version', 'fail', /does not run$/],
  ])('judges the Envoy by its version text %j', (says, state, expected) => {
    const repository = new Repository({ ...shop, envoy: `#!/bin/sh\necho '${says}'\n` });
    chmodSync(path.join(repository.root, 'envoy'), 0o755);
    const env = { ENVOY: path.join(repository.root, 'envoy') };
    const { checks } = conforming('doctor', repository.mesh(['doctor', '--format', 'json'], { env }).out);
    const check = checks.find(({ name }: { name: string }) => name === 'envoy');
    expect(check).toMatchObject({ state, says: expect.stringMatching(expected) });
  });
});

test('mesh init writes nothing outside of the repository through a link', () => {
  const { repository, cwd } = folder('shop');
  const elsewhere = path.join(repository.root, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, path.join(cwd, '.github'));
  const ran = repository.mesh(['init'], { cwd });
  expect([ran.code, ran.error]).toEqual([1, expect.stringContaining('lies outside the repository')]);
  expect(existsSync(path.join(elsewhere, 'workflows'))).toBe(false);
});
