import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import type { CommandData } from '../src/command-table/command-data.ts';
import { type CommandLine, program } from '../src/program.ts';

const table: readonly CommandData[] = [
  {
    name: 'paint',
    description: 'Paints a fence.',
    arguments: [
      { name: '[fence]', description: 'the fence' },
      { name: '[colours...]', description: 'its colours' },
    ],
    options: [
      { flags: '--coat <coat>', description: 'a coat', repeatable: true },
      { flags: '--finish <finish>', description: 'the finish', choices: ['matt', 'gloss'] },
    ],
    examples: [{ command: 'mesh paint north white', does: 'paints it white' }],
  },
  {
    name: 'paint wall',
    description: 'Paints a wall.',
    examples: [{ command: 'mesh paint wall', does: 'it' }],
  },
  {
    name: 'tool box open',
    description: 'Opens it.',
    examples: [{ command: 'mesh tool box open', does: 'it' }],
  },
];

/** Returns the command that these words ask for, or the error, with the printed text. */
async function ask(...words: readonly string[]) {
  const asked: (readonly [string, CommandLine])[] = [];
  let printed = '';
  const write = (text: string) => {
    printed += text;
  };
  const tree = program(
    table,
    (name, invocation) => {
      asked.push([name, invocation]);
      return Promise.resolve();
    },
    { out: write, error: write },
  );
  try {
    await tree.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { asked, printed, code: error.code };
  }
  return { asked, printed, code: undefined };
}

describe('program', () => {
  test('arguments come in order, options by name, global ones from either side of the command', async () => {
    const { asked } = await ask(
      '--env',
      'prod',
      'paint',
      'north',
      'white',
      'red',
      '--coat',
      'a',
      '--quiet',
      '--coat',
      'b',
    );
    expect(asked).toMatchObject([
      [
        'paint',
        {
          arguments: ['north', ['white', 'red']],
          options: { env: 'prod', quiet: true, coat: ['a', 'b'] },
          formats: ['text'],
        },
      ],
    ]);
  });

  test('a command may have arguments and commands below it', async () => {
    expect((await ask('paint', 'wall')).asked).toMatchObject([['paint wall', { arguments: [] }]]);
    expect((await ask('paint', 'north')).asked).toMatchObject([['paint', { arguments: ['north', []] }]]);
    expect((await ask('tool', 'box', 'open')).asked).toMatchObject([['tool box open', {}]]);
  });

  test('--format is repeatable, colours are on unless said otherwise', async () => {
    const { asked } = await ask('paint', '--format', 'json', '--format', 'sarif=out.sarif', '--no-color');
    expect(asked[0]?.[1].options).toMatchObject({
      format: ['json', 'sarif=out.sarif'],
      color: false,
    });
  });

  test.each([
    ['an unknown option', ['paint', '--nope'], "unknown option '--nope'"],
    ['a wrong choice', ['paint', '--finish', 'rough'], 'Allowed choices are matt, gloss.'],
    ['a command that is misspelt', ['pain'], '(Did you mean paint?)'],
    ['an argument too many', ['tool', 'box', 'open', 'now'], 'too many arguments'],
    ['a folder of commands alone', ['tool', 'box'], 'Usage: mesh tool box'],
  ])('%s is refused, and nothing is run', async (_name, words, says) => {
    const { asked, printed, code } = await ask(...words);
    expect(asked).toEqual([]);
    expect(code).toMatch(/^commander\./);
    expect(printed).toContain(says);
  });

  test('help shows the examples, the choices and the global options', async () => {
    const { printed, code } = await ask('paint', '--help');
    expect(code).toBe('commander.helpDisplayed');
    for (const part of [
      'Paints a fence.',
      '[colours...]',
      'matt',
      '--fail-on',
      'Examples:',
      'mesh paint north white',
    ]) {
      expect(printed).toContain(part);
    }
  });
});
