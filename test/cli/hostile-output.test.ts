import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandData } from '../../src/command-table/command-data.ts';
import { commandTable } from '../../src/command-table/command-table.ts';
import { expectHarmless, hostileName, hostileText } from '../property/hostile-text.ts';
import { type Ran, Repository, shop } from './repository.ts';

/** The text with escapes, since YAML and JSON allow no control characters. */
const quoted = JSON.stringify(hostileText).replace(
  /[^ -~]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
const fileName = `${hostileName}.yaml`;

/** Invalid documents, with hostile text as names, keys, values and comments. */
const wrong = {
  ...shop,
  [fileName]: `apiVersion: mesh/v1
kind: Route
metadata: {name: ${quoted}, namespace: ${quoted}, labels: {${quoted}: ${quoted}}}
${quoted}: 1
spec:
  service: ${quoted}
  rules:
    - name: ${quoted}
      backends: [{version: ${quoted}, service: ${quoted}}]
      timeout: ${quoted}
      match: [{path: {regex: ${quoted}}, headers: {${quoted}: {regex: "("}}}]
`,
  [`b${fileName}`]: `kind: ${quoted}\napiVersion: mesh/v1\n`,
  [`c${fileName}`]: `a: [\n"${hostileText}`,
  [`d${fileName}`]: `-----BEGIN PRIVATE KEY-----\nMIGH${'A'.repeat(60)}\n-----END PRIVATE KEY-----\n`,
};

/** A valid mesh that can be applied, with hostile text wherever the language accepts any text. */
const valid = {
  'mesh.yaml': shop['mesh.yaml']!.replace('{name: shop}', `{name: shop, annotations: {a: ${quoted}}}`).concat(
    '  certificates: {root: {keys: file}, issuer: {keys: file}}\n',
  ),
  [fileName]: shop['services.yaml']!.replace(/127\.0\.0\.1:2\d(\d)0(\d\d)/g, '127.0.0.1:$1$2'),
  [`r${fileName}`]: shop['routes.yaml']!.replace(
    '  rules:\n',
    `  rules:
    - name: hostile
      match: [{path: {exact: "/x"}, headers: {x-a: {exact: ${quoted}}}, query: {q: {exact: ${quoted}}}}]
      respond: {status: 200, body: ${quoted}}
`,
  ),
  [`suite${fileName}`]: `apiVersion: mesh.test/v1
kind: Suite
spec:
  tests:
    - {name: ${quoted}, request: {from: shop/web, to: shop/reviews, headers: {x-a: ${quoted}}}, expect: {backends: {v2: 1}, decidedBy: ${quoted}, responseHeaders: {set: {x-a: ${quoted}}}}}
    - {name: ${quoted}, request: {from: ${quoted}, to: shop/reviews}, expect: 403}
`,
  [`a${fileName}`]: `${shop['access.yaml']!}    - allow: {from: [{service: web}], to: [{methods: [get]}]} # mesh-ignore MESH2999 reason=${quoted}\n`,
};

/** A valid mesh with a Rollout, and a recorded stream whose instances have hostile names. */
const rolling = {
  ...valid,
  'rollout.yaml': `apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop, annotations: {a: ${quoted}}}
spec: {service: reviews, from: v1, to: v2, steps: [10%, 100%], judge: {source: scrape}}
`,
  'stream.ndjson': ['baseline', 'candidate']
    .map((arm) => `{"t": 5, "arm": "${arm}", "instance": ${quoted}, "requests": 9, "errors": 0}\n`)
    .join(''),
};

type Args = readonly string[];

const request: Args = ['--from', 'shop/web', '--to', 'shop/reviews', 'GET'];

/** Runs of each command, with hostile text in its arguments; the test fails for a command without an entry. */
const runs: Readonly<Record<string, readonly Args[]>> = {
  init: [[], [hostileText]],
  import: [
    [hostileText, '--from', 'kubernetes'],
    ['.', '--from', hostileText],
    ['.', '--from', 'kubernetes', '--out', `.state/imported-${hostileName}`],
    ['--from', 'kubernetes', '--context', hostileText, '--namespace', hostileText],
    ['.', '--from', 'kubernetes', '--namespace', hostileText],
  ],
  lsp: [[], ['--root', hostileText]],
  validate: [
    [],
    ['--verbose'],
    [hostileText],
    ['--strict-files'],
    ['--env', hostileText],
    ['--revision', hostileText],
  ],
  fmt: [['--check'], ['--check', hostileText]],
  compile: [[], ['--target', hostileText], ['--out', `.state/out-${hostileName}`]],
  'certs init': [[], ['--target', hostileText], ['--certificate', hostileText]],
  'certs issue': [
    [hostileText],
    ['shop/web', '--target', hostileText],
    ['shop/web', '--csr', hostileText],
    ['shop/web', '--csr', fileName],
    ['shop/web', '--certificate', hostileText],
  ],
  'certs status': [
    [],
    ['--target', hostileText],
    ['--min-validity', hostileText],
    ['--who-needs', hostileText],
    ['--directory', hostileText],
  ],
  'certs rotate workload': [[], ['--target', hostileText]],
  'certs rotate root': [['--plan'], [], ['--attest', hostileText], ['--abort']],
  'certs rotate issuer': [['--target', hostileText], ['--plan']],
  'certs verify': [
    [],
    [fileName, hostileText],
    [`d${fileName}`, '--subject', hostileText, '--server-name', hostileText],
    ['--live', hostileText, '--with', hostileText],
    [fileName, '--roots', hostileText],
    [fileName, '--key', hostileText],
  ],
  'certs export': [[], ['--target', hostileText], ['--out', hostileText]],
  'keys check': [[], ['--exclude', hostileText], [hostileText]],
  doctor: [[], ['--rbac', 'apply', '--target', hostileText]],
  plan: [
    [],
    ['--verbose'],
    ['--target', hostileText],
    ['--base', 'HEAD'],
    ['--base', hostileText],
    ['--show', fileName],
    ['--adopt', hostileText, '--take-ownership', hostileText],
  ],
  apply: [
    ['--target', hostileText],
    ['--plan-id', hostileText, fileName],
    ['--yes', '--allow-dirty', '--take-ownership', hostileText],
    ['--yes', '--allow-dirty'],
    ['--resume', '--yes'],
  ],
  rollback: [['--to', hostileText], ['--yes'], ['--yes', '--take-ownership', hostileText]],
  history: [[], [hostileText], ['--pin', hostileText]],
  status: [[], ['--target', hostileText]],
  // Without arguments it would run until a signal.
  up: [
    ['--target', hostileText],
    ['--directory', hostileText],
  ],
  down: [[], ['--target', hostileText], ['--directory', hostileText]],
  drift: [[], ['--verbose'], ['--watch', '--for', '1s', '--every', hostileText]],
  'canary plan': [[], ['--rate', hostileText], [hostileText]],
  'canary run': [[], [hostileText], ['--target', hostileText]],
  'canary status': [[], [hostileText], ['--target', hostileText]],
  'canary promote': [[], [hostileText], ['--full', hostileText]],
  'canary pause': [[], [hostileText]],
  'canary resume': [[], [hostileText]],
  'canary abort': [[], [hostileText], ['--directory', hostileText]],
  'canary guard': [[], ['--target', hostileText]],
  explain: [[hostileText], ['MESH1100'], ['--origin', hostileText], ['--origin', 'shop/reviews.timeout']],
  access: [[], ['--unused-calls'], ['--from', hostileText], ['--to', hostileText]],
  graph: [
    [],
    ['--format', 'mermaid'],
    ['--format', 'dot'],
    ['--format', 'svg'],
    ['--format', 'html'],
    ['--diff', hostileText],
    ['--namespace', hostileText],
    ['--service', hostileText],
    ['--service', 'web', '--depth', hostileText],
    ['--fold', hostileText],
  ],
  'explain request': [
    [...request, '/x'],
    [...request, `/${hostileText}`, '-H', `x-a:${hostileText}`, '--claim', `a=${hostileText}`],
    [...request, '/x', '--host', hostileText, '--port', hostileText],
    ['--batch', fileName],
    ['--from', hostileText, '--to', hostileText, hostileText, hostileText],
  ],
  'canary replay': [
    ['--rollout', hostileText, '--stream', fileName],
    ['--rollout', 'shop/reviews', '--batch', fileName],
  ],
  test: [[], ['--coverage', '--verbose'], [hostileText], [`suite${fileName}`], ['--live', hostileText]],
  targets: [[], ['--used'], [hostileText]],
  completion: [
    ['bash'],
    [hostileText],
    ['bash', '=explain', '=--origin', '='],
    ['fish', '=validate', '=--env='],
    ['zsh', `=${hostileText}`],
  ],
};

/** The formats that a run has written. */
const written = new Set<string>();

const formatsOf = (command: string): readonly string[] =>
  (commandTable as readonly CommandData[]).find((one) => one.name === command)?.formats ?? ['text'];

function expectNoHarm(output: string, format: string, from: string): void {
  expectHarmless(output, format, from);
  // The answer of a batch is one JSON value on each line in every format.
  const values = format === 'ndjson' || from.includes('--batch') ? output.trim().split('\n') : [output];
  if (['json', 'ndjson', 'sarif'].includes(format) && output !== '')
    for (const value of values) expect(() => JSON.parse(value), from).not.toThrow();
}

function expectRunWithoutHarm({ out, error }: Ran, from: string): void {
  expectNoHarm(out, 'text', `standard output of ${from}`);
  expectNoHarm(error, 'text', `standard error of ${from}`);
  expect(error, from).not.toContain('a defect of mesh');
}

/** Commands whose formats exclude each other: ndjson is only for --watch or --batch. */
const apart = ['drift', 'explain request'];

/** Runs a command for each list of arguments, with all formats but text in files. */
function sweep(repository: Repository, command: string): void {
  const formats = formatsOf(command).filter((format) => format !== 'text');
  const together = apart.includes(command) ? formats.map((format) => [format]) : [formats];
  for (const args of runs[command] ?? [])
    for (const some of args.includes('--watch') ? [[]] : together) run(repository, command, args, some);
}

function run(repository: Repository, command: string, args: Args, formats: readonly string[]): void {
  const answers = formats.map((format) => ({ format, file: path.join(repository.root, `answer.${format}`) }));
  const named = answers.flatMap(({ format, file }) => ['--format', `${format}=${file}`]);
  const all = [...command.split(' '), ...args, ...named];
  const from = JSON.stringify(all);
  expectRunWithoutHarm(repository.mesh(all), from);
  for (const { format, file } of answers.filter((answer) => existsSync(answer.file))) {
    expectNoHarm(readFileSync(file, 'utf8'), format, `${format} of ${from}`);
    rmSync(file);
    written.add(`${command} ${format}`);
  }
}

describe('printed hostile text harms no terminal and no CI system', () => {
  test('every command has runs', () => {
    const names = commandTable.map((one) => one.name as string).sort();
    expect(Object.keys(runs).sort(), 'Add the command to `runs` in this file.').toEqual(names);
  });

  test.each(Object.keys(runs))('invalid documents: %s', (command) => {
    sweep(new Repository(wrong).committed(), command);
  });

  test('every command, on a valid mesh that a hostile actor has applied and with hostile stored state', () => {
    const repository = new Repository(valid).committed();
    repository.git('commit', '--quiet', '--allow-empty', '--message', hostileText);
    repository.git('branch', '--move', 'x;$(x)');
    const trusted = repository.mesh(['certs', 'init']);
    expect(trusted, trusted.error).toMatchObject({ code: 0 });
    const applied = repository.mesh(['apply', '--yes', '--allow-dirty']);
    expect(applied, applied.error).toMatchObject({ code: 0 });
    poison(path.join(repository.root, 'live'));
    for (const command of Object.keys(runs)) sweep(repository, command);
    const rollouts = new Repository(rolling).committed();
    run(rollouts, 'canary plan', ['--rate', '20'], ['json']);
    run(rollouts, 'canary replay', ['--rollout', 'shop/reviews-v2', '--stream', 'stream.ndjson'], ['json']);
    const expected = Object.keys(runs).flatMap((command) =>
      formatsOf(command).map((format) => `${command} ${format}`),
    );
    expect(expected.filter((one) => !/ (?:text|ndjson)$/.test(one) && !written.has(one))).toEqual([]);
  }, 120_000);

  test('colours, standard output and usage', () => {
    const repository = new Repository(wrong);
    const coloured = repository.mesh(['validate'], { env: { FORCE_COLOR: '1' } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
    expectHarmless(coloured.error.replace(/\x1b\[(?:[12]|22|3[1-69])m/g, ''), 'text', 'colours');
    for (const format of formatsOf('validate').filter((one) => one !== 'text'))
      expectNoHarm(repository.mesh(['validate', '--format', format]).out, format, format);
    for (const args of [
      [`--${hostileText}`],
      [hostileText],
      ['validate', `--${hostileText}`],
      ['plan', '--format', hostileText],
    ])
      expectRunWithoutHarm(repository.mesh(args), JSON.stringify(args));
    const env = { MESHWRIGHT_DEBUG: '1', XDG_STATE_HOME: hostileText, HOME: hostileText };
    const { out, error } = repository.mesh(['validate', '--revision', hostileText], { env });
    expectNoHarm(out + error, 'text', 'environment');
  });
});

/** Puts hostile text into the strings of an output's JSON files that commands show. */
function poison(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replaceAll(
        /"(actor|commit|cause|holder|message|tool)":\s*"[^"]*"/g,
        (_, key: string) => `"${key}":${quoted}`,
      ),
    );
  }
}
