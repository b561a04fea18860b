import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GitConfigError, parseGitConfig } from '../../src/adapters/git-config-text.ts';

/** Returns the settings as Git reads them from the same text; undefined if Git refuses the text. */
function readByGit(text: string): readonly string[] | undefined {
  const ran = spawnSync('git', ['config', '--file', '-', '--no-includes', '--null', '--list'], {
    input: text,
    encoding: 'utf8',
  });
  if (ran.status !== 0) return undefined;
  return ran.stdout.split('\0').slice(0, -1);
}

/** Git before 2.45 turned a tab between words into a blank. */
const alike = (setting: string): string => setting.replaceAll('\t', ' ');

/** Returns the settings sorted by name, since a map has no order between names; a setting without a value is `true`. */
function read(text: string): readonly string[] | undefined {
  try {
    const config = parseGitConfig(text);
    return [...config].flatMap(([name, values]) => values.map((value) => alike(`${name}\n${value}`))).sort();
  } catch (error) {
    if (error instanceof GitConfigError) return undefined;
    throw error;
  }
}

const asGit = (text: string): readonly string[] | undefined =>
  readByGit(text)
    ?.map((one) => alike(one.includes('\n') ? one : `${one}\ntrue`))
    .sort();

describe('a configuration file of Git', () => {
  test.each([
    '[core]\n\tbare = false\n[remote "origin"]\n\turl = https://a.example/b.git\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n',
    '[Remote "Or\\"i\\\\gin"] URL = x ; comment\n',
    '[a.B] c\n[a "B"] c = d # e\n',
    '[a] b = "c;d" e  "f  "  \n',
    '[a]\r\n b = c\r\n',
    '[a] b = one\\\n two\n c = "t\\tn\\nb\\b"\n',
    '\uFEFF[a] b = c\n',
    '[a] b =\n[a] b = ""\n[a] b\n',
    '[a] b = \\x\n',
    '[a] b = "open\n',
    '[a\nb = c\n',
    'b = c\n',
    '[a] 1b = c\n',
    '[a] b-c = d\n',
    '[a] b_c = d\n',
    '[a] b ! c\n',
    '[] b = c\n',
    '[a "b" ] c = d\n',
  ])('%j has the settings that Git reads in it', (text) => {
    expect(read(text)).toEqual(asGit(text));
  });

  // Each text takes a process of Git.
  test('is read as Git reads it, for random texts', { timeout: 300_000 }, () => {
    const piece = fc.constantFrom(
      ...[
        '[a]',
        '[b "c d"]',
        '[A.x]',
        'key',
        'Other-1',
        '=',
        ' ',
        '\t',
        '\n',
        '\n',
        '"',
        '"q"',
        '\\n',
        '\\\\',
        '\\"',
      ],
      ...['\\\n', '#', ';', 'v', 'w x', '[', ']', '.', '\r\n', '/p', '1'],
    );
    const line = fc.tuple(fc.constantFrom('k', 'K2', 'x-y'), fc.array(piece, { maxLength: 5 }));
    const text = fc
      .array(
        fc.oneof(
          line.map(([key, value]) => `${key} = ${value.join('')}\n`),
          piece,
        ),
        { maxLength: 12 },
      )
      .map((parts) => `[s]\n${parts.join('')}`);
    fc.assert(
      fc.property(text, (one) => {
        expect(read(one)).toEqual(asGit(one));
      }),
      { numRuns: 150 },
    );
  });
});
