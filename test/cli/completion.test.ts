import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../components/free-ports.ts';
import { Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** Returns the shop with an environment, a target whose name would be run as a command, and a `mesh` on the PATH. */
function repository(): Repository {
  const mesh = shop['mesh.yaml']!.replace(
    '    local:',
    '    "$(touch hacked)": {platform: envoy}\n    local:',
  );
  const made = new Repository({
    ...shop,
    'mesh.yaml': mesh,
    'environments/prod/services.yaml': '',
    'bin/mesh': `#!/bin/sh\nexec ${process.execPath} ${bin} "$@"\n`,
  });
  chmodSync(path.join(made.root, 'bin/mesh'), 0o755);
  return made;
}

/** Opens a port of this machine that accepts connections and sends nothing. */
async function silentServer(): Promise<readonly [Server, number]> {
  const [port = 0] = await freePorts(1);
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return [server, port];
}

/** Returns the command lines of processes that contain one of the texts. */
function running(...texts: readonly string[]): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const line = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
      return texts.some((text) => line.includes(text)) ? [line] : [];
    } catch {
      return [];
    }
  });
}

type Shell = 'bash' | 'zsh' | 'fish';

/** Functions that return the words which a real shell offers for a line. */
const ask: Readonly<Record<Shell, (line: string, made: Repository) => readonly string[]>> = {
  bash: (line, made) => {
    // Split like readline: = is a separate word.
    const words = line.split(' ').flatMap((word) => word.split(/(?<==)|(?==)/));
    const given = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
    const script = `eval "$(mesh completion bash)"; ${given}; _mesh_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run('bash', ['--norc', '-c', script], made).split('\n');
  },
  zsh: (line, made) => {
    // Print the words that fish would get: its own completion draws only on terminals.
    const words = line.split(' ').map((word) => `'${word}'`);
    const script = `
compdef() { }
compset() { }
_describe() { print -rl -- "\${(@P)2}" }
_files() { print -rl -- \${words[CURRENT]}*(N) }
eval "$(mesh completion zsh)"
words=(${words.join(' ')})
CURRENT=\${#words}
_mesh`;
    return run('zsh', ['-f', '-c', script], made)
      .split('\n')
      .map((one) => one.split(':')[0] ?? '');
  },
  fish: (line, made) => {
    const script = `mesh completion fish | source; complete -C '${line}'`;
    const said = run('fish', ['--no-config', '-c', script], made).split('\n');
    return said.map((one) => one.split('\t')[0] ?? '');
  },
};

function run(shell: Shell, args: readonly string[], { root }: Repository): string {
  const env = {
    PATH: `${path.join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
    HOME: root,
    TERM: 'xterm',
    LC_ALL: 'C.UTF-8',
  };
  const { stdout, error } = spawnSync(shell, args, { cwd: root, env, encoding: 'utf8', timeout: 60_000 });
  if (error) throw error;
  return stdout;
}

const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];
const installed = shells.filter((shell) => spawnSync(shell, ['--version']).error === undefined);
const missing = shells.filter((shell) => !installed.includes(shell));
if (missing.length > 0)
  console.warn(`skipped: completion in ${missing.join(' and ')}, which is not installed`);

describe.each(installed)('completion in a real %s', (shell) => {
  test.each([
    ['mesh va', ['validate'], ['compile']],
    ['mesh validate --f', ['--format', '--fail-on'], ['--root']],
    ['mesh validate --format ', ['sarif', 'junit', 'github'], ['html']],
    ['mesh validate --fail-on ', ['error', 'warning', 'info'], []],
    ['mesh certs ', ['init', 'issue'], ['validate']],
    ['mesh compile --target ', ['local'], ['$(touch', 'hacked)']],
    ['mesh compile --env ', ['prod'], ['default']],
    ['mesh explain Route.', ['Route.rules', 'Route.ports'], ['Service']],
    ['mesh explain MESH221', ['MESH2210', 'MESH2212'], ['MESH1100']],
    ['mesh explain request --from ', ['shop/web', 'shop/reviews'], ['anonymous']],
    ['mesh explain --origin shop/re', ['shop/reviews.'], ['shop/web.']],
    ['mesh explain --origin shop/reviews.retr', ['shop/reviews.retries'], ['shop/reviews.ports']],
    ['mesh validate ro', ['routes.yaml'], ['mesh.yaml']],
  ])('%s', { timeout: 90_000 }, (line, has, hasNot) => {
    const offered = ask[shell](line, repository());
    expect(offered).toEqual(expect.arrayContaining([...has]));
    for (const word of hasNot) expect(offered).not.toContain(word);
  });
});

describe('mesh completion', () => {
  test('offers the ids of recorded runs', () => {
    const made = new Repository(shop).committed();
    made.mesh(['certs', 'init']);
    expect(made.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(0);
    const history = JSON.parse(made.mesh(['history', '--format', 'json']).out) as {
      targets: { local: { entries: { id: string }[] } };
    };
    const ids = history.targets.local.entries.map(({ id }) => id);
    expect(ids).toHaveLength(1);
    for (const words of [['rollback'], ['history'], ['history', '--pin']])
      expect(made.mesh(['completion', 'bash', ...[...words, ''].map((word) => `=${word}`)])).toEqual({
        code: 0,
        out: expect.stringMatching(new RegExp(`^words\\n${ids[0]}\\tapply \\S+ succeeded\\n$`)) as string,
        error: '',
      });
  });

  test('offers the ids of runs in a deployment repository, and those of another root and environment', () => {
    const made = new Repository(shop).committed();
    made.mesh(['certs', 'init']);
    expect(made.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(0);
    const remote = path.join(new Repository({}).root, 'deploy.git');
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
    const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: other}
spec:
  trustDomain: other.example
  targets:
    eu: {platform: istio, output: {git: {repository: ${remote}, branch: main, path: eu}}}
`;
    const prod = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: other}
spec: {targets: {eu: {output: {git: {path: prod}}}}}
`;
    made.write('other/mesh.yaml', mesh);
    made.write('other/environments/prod/mesh.yaml', prod);
    const cwd = path.join(made.root, 'other');
    for (const env of [[], ['--env', 'prod']])
      expect(made.mesh(['apply', '--yes', '--allow-dirty', ...env], { cwd })).toMatchObject({ code: 0 });
    const ids = (...words: readonly string[]): readonly string[] => {
      const { code, out, error } = made.mesh([
        'completion',
        'bash',
        ...[...words, ''].map((word) => `=${word}`),
      ]);
      expect({ code, error }).toEqual({ code: 0, error: '' });
      return out
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split('\t')[0] ?? '');
    };
    const [here, eu, europe] = [
      ids('rollback'),
      ids('rollback', '--root', 'other'),
      ids('--root=other', 'history', '--env', 'prod'),
    ];
    expect([here.length, eu.length, europe.length]).toEqual([1, 1, 1]);
    expect(new Set([...here, ...eu, ...europe]).size).toBe(3);
  });

  test('leaves out outputs that do not answer in two seconds, and ends what it started', {
    timeout: 60_000,
  }, async () => {
    const [silent, port] = await silentServer();
    onTestFinished(() => void silent.close());
    const server = `http://127.0.0.1:${String(port)}`;
    const made = new Repository({
      ...shop,
      'mesh.yaml': shop['mesh.yaml']!.replace(
        '    local:',
        `    eu: {platform: istio, output: {git: {repository: ${server}/silent.git, branch: main, path: eu}}}
    us: {platform: istio, output: {kubernetes: {context: us}}}
    asia: {platform: istio, output: {kubernetes: {context: asia}}}
    nowhere: {platform: istio, output: {kubernetes: {context: nowhere}}}
    local:`,
      ),
      kubeconfig: `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "${server}"}}]
users:
  - {name: u, user: {token: t}}
  - {name: waits, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sleep, args: ["${String(port)}"], interactiveMode: Never}}}
contexts: [{name: us, context: {cluster: c, user: u}}, {name: asia, context: {cluster: c, user: waits}}]
`,
    }).committed();
    const env = { KUBECONFIG: path.join(made.root, 'kubeconfig') };
    made.mesh(['certs', 'init']);
    expect(made.mesh(['apply', '--yes', '--allow-dirty', '--target', 'local'], { env }).code).toBe(0);
    const before = performance.now();
    const { code, out, error } = made.started(['completion', 'bash', '=rollback', '='], { env });
    const took = performance.now() - before;
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/^words\n\S+\tapply \S+ succeeded\n$/);
    expect(took).toBeGreaterThan(1900);
    expect(took).toBeLessThan(20_000);
    expect(running(`${server}/silent.git`, `sleep\0${String(port)}`)).toEqual([]);
  });

  test('prints a script, and nothing for another shell', () => {
    const made = new Repository({});
    for (const shell of shells)
      expect(made.mesh(['completion', shell])).toMatchObject({
        code: 0,
        error: '',
        out: expect.stringContaining('mesh'),
      });
    expect(made.mesh(['completion', 'tcsh'])).toMatchObject({ code: 64, out: '' });
  });

  test('offers the values after an = in the form of each shell', () => {
    const made = new Repository({});
    const last = (shell: Shell, words: readonly string[]): string =>
      made.mesh(['completion', shell, ...words.map((word) => `=${word}`)]).out;
    expect(last('fish', ['validate', '--format=js'])).toBe('words\n--format=json\n');
    expect(last('bash', ['validate', '--format', '=', 'js'])).toBe('words\njson\n');
  });

  test('prints nothing without a mesh, or with a mesh that can not be read', () => {
    const words = ['completion', 'bash', '=compile', '=--target', '='];
    expect(new Repository({}).mesh(words)).toEqual({ code: 0, out: 'words\n', error: '' });
    expect(new Repository({ 'mesh.yaml': '{' }).mesh(words)).toEqual({ code: 0, out: 'words\n', error: '' });
  });
});
