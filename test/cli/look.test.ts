import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandTable } from '../../src/command-table/command-table.ts';
import { Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const escape = '\u001b[';

const broken = { ...shop, 'routes.yaml': shop['routes.yaml']!.replace('v2', 'v3') };

describe('colours', () => {
  test('are not used without a terminal, with NO_COLOR, and with --no-color', () => {
    const repository = new Repository(broken);
    const shown = [
      repository.mesh(['validate']),
      repository.mesh(['validate'], { env: { CI: 'true' } }),
      repository.mesh(['validate'], { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }),
      repository.mesh(['validate', '--no-color'], { env: { FORCE_COLOR: '1' } }),
      repository.mesh(['validate'], { env: { FORCE_COLOR: '0' } }),
    ];
    for (const { code, out, error } of shown) {
      expect(code).toBe(3);
      expect(out + error).not.toContain(escape);
    }
  });

  test('are used with FORCE_COLOR, only in text', () => {
    const repository = new Repository(broken);
    const env = { FORCE_COLOR: '1' };
    const text = repository.mesh(['validate'], { env });
    expect(text.out).toContain(escape);
    expect(text.error).toContain(escape);
    expect(repository.mesh(['validate', '--format', 'json'], { env }).out).not.toContain(escape);
    const plain = repository.mesh(['validate']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour is a control sequence
    expect((text.out + text.error).replace(/\u001b\[\d*(?:;\d+)*m/g, '')).toBe(plain.out + plain.error);
  });

  test('a file gets no colours', () => {
    const repository = new Repository(broken);
    repository.mesh(['validate', '--output', 'answer.txt'], { env: { FORCE_COLOR: '1' } });
    const read = spawnSync('cat', [path.join(repository.root, 'answer.txt')], { encoding: 'utf8' });
    expect(read.stdout).toBe('shop is not valid: 1 error\n');
  });
});

test('without a terminal the width is that of COLUMNS, else 80', () => {
  const repository = new Repository(broken);
  const widest = (columns: string | undefined): number => {
    const { error } = repository.mesh(
      ['validate'],
      columns === undefined ? {} : { env: { COLUMNS: columns } },
    );
    return Math.max(...error.split('\n').map((line) => line.length));
  };
  const usual = widest(undefined);
  expect(usual).toBeGreaterThan(60);
  expect(usual).toBeLessThanOrEqual(80);
  expect(widest('40')).toBeLessThanOrEqual(40);
  for (const wrong of ['', '0', '-3', 'wide', '40x', '123456']) expect(widest(wrong)).toBe(usual);
});

test('validate shows remarks; other commands show only remarks that fail the command, or all with --verbose', () => {
  const repository = new Repository({ ...shop, 'chart/x.yaml': 'a: {{ include "a" . }}\nb:\n  {{- c }}\n' });
  const shows = (...args: readonly string[]): boolean =>
    repository.mesh(args).error.includes('info MESH2410');
  expect(shows('validate')).toBe(true);
  expect(shows('compile', '--out', 'a')).toBe(false);
  expect(shows('plan')).toBe(false);
  expect(shows('plan', '--verbose')).toBe(true);
  expect(shows('plan', '--fail-on', 'info')).toBe(true);
});

describe('help', () => {
  test('`mesh` alone lists the commands', () => {
    const ran = new Repository({}).mesh([]);
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    expect(ran.out).toMatch(/^Usage: mesh .*\n/);
    expect(ran.out.indexOf('Commands:')).toBeLessThan(ran.out.indexOf('Options:'));
    for (const { name } of commandTable) expect(ran.out).toContain(`\n  ${name.split(' ')[0]!}`);
  });

  test.each(commandTable.map(({ name }) => name))(
    'mesh %s --help has examples and fits the terminal',
    (name) => {
      const { code, out, error } = new Repository({}).mesh([...name.split(' '), '--help']);
      expect({ code, error }).toEqual({ code: 0, error: '' });
      const [usage = '', examples = ''] = out.split('Examples:\n');
      expect(usage.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(examples).toContain(`mesh ${name}`);
    },
  );

  test.each([
    ['valdate', '(Did you mean validate?)'],
    ['certs inti', '(Did you mean init?)'],
    ['validate --fail-on everything', 'Allowed choices are error, warning, info, widening.'],
    ['explain --verbose', "unknown option '--verbose'"],
    ['init --form x', "unknown option '--form'"],
  ])('mesh %s is a usage error', (words, says) => {
    const { code, out, error } = new Repository({}).mesh(words.split(' '));
    expect({ code, out }).toEqual({ code: 64, out: '' });
    expect(error).toContain(says);
  });

  test('typed text cannot steer the terminal', () => {
    const { code, error } = new Repository({}).mesh(['\u001b[2Jx']);
    expect(code).toBe(64);
    expect(error).not.toContain('\u001b');
  });
});

describe('streams', () => {
  const piped = (command: string, cwd: string) =>
    spawnSync('bash', ['-o', 'pipefail', '-c', command, process.execPath, bin], { cwd, encoding: 'utf8' });

  test('a reader that stops early changes no exit code and causes no error message', () => {
    const { root } = new Repository(broken);
    expect(piped('"$0" "$1" validate --format json | true', root).status).toBe(3);
    expect(piped('"$0" "$1" validate 2>&1 | true', root).status).toBe(3);
    const { root: valid } = new Repository(shop);
    const stream = piped('"$0" "$1" compile --quiet | head -c 1', valid);
    expect({ status: stream.status, error: stream.stderr }).toEqual({ status: 0, error: '' });
  });

  test('data goes to standard output, text for people to standard error', () => {
    const repository = new Repository(shop);
    const { out, error } = repository.mesh(['compile']);
    expect(out).toMatch(/^---\n# local\//);
    expect(out).not.toContain('MESH6000');
    expect(error).toContain('MESH6000');
  });

  test('--output can write to a pipe', () => {
    const { root } = new Repository(shop);
    const { status, stdout } = piped('"$0" "$1" validate --output /dev/stdout | cat', root);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'shop is valid: 2 services, 1 route, 1 access document, 1 target\n',
    });
  });
});
