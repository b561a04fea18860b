import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
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
