import { describe, expect, test } from 'vitest';
import type { CommandData, OptionData } from '../../../src/command-table/command-data.ts';
import { complete } from '../../../src/commands/completion/complete.ts';

const examples: CommandData['examples'] = [];

const table: readonly CommandData[] = [
  {
    name: 'paint',
    description: 'Paints.',
    arguments: [{ name: '[files...]', description: '', completes: 'files' }],
    options: [
      { flags: '-c, --coat <coat>', description: 'a coat', repeatable: true },
      { flags: '--finish <finish>', description: 'the finish', choices: ['matt', 'gloss'] },
      { flags: '--target <name>', description: 'which', completes: 'targets' },
      { flags: '--into <directory>', description: 'where' },
    ],
    formats: ['text', 'json'],
    examples,
  },
  { name: 'tool open', description: 'Opens.', examples },
  { name: 'tool shut', description: 'Shuts.', arguments: [{ name: '<tool>', description: '' }], examples },
];

const globals: readonly OptionData[] = [
  { flags: '--format <format>', description: 'how', repeatable: true },
  { flags: '--quiet', description: 'silence' },
];

const words = (...typed: readonly string[]): readonly string[] =>
  complete(table, globals, typed).words.map(({ word }) => word);
const from = (...typed: readonly string[]): string => complete(table, globals, typed).from;

describe('complete', () => {
  test('commands, step by step', () => {
    expect(words('')).toEqual(['paint', 'tool']);
    expect(words('--quiet', 'to')).toEqual(['paint', 'tool']);
    expect(words('tool', '')).toEqual(['open', 'shut']);
    expect(words('tool', 'open', '')).toEqual([]);
    expect(words('unknown', '')).toEqual([]);
  });

  test('options of the command and global options, each once unless it repeats', () => {
    expect(words('paint', '--coat', 'a', '--quiet', '-')).toEqual([
      '--coat',
      '--finish',
      '--target',
      '--into',
      '--format',
      '--help',
    ]);
    expect(words('-')).toEqual(['--format', '--quiet', '--help', '--version']);
  });

  test('values of options, after a blank and after =', () => {
    expect(words('paint', '--finish', '')).toEqual(['matt', 'gloss']);
    expect(words('paint', '--finish=m')).toEqual(['matt', 'gloss']);
    expect(words('paint', '--format', '')).toEqual(['text', 'json']);
    expect(words('--format', 'json', 'paint', '--format=')).toEqual(['text', 'json']);
    expect(words('tool', 'open', '--format', '')).toEqual(['text']);
    expect([from('paint', '--target', ''), from('paint', '--into', '')]).toEqual(['targets', 'folders']);
    expect(from('paint', '--coat', '')).toBe('nothing');
    expect(from('paint', '-c', '')).toBe('nothing');
  });

  test('arguments, which the value of an option is not, and of which the last may repeat', () => {
    expect(from('paint', '')).toBe('files');
    expect(from('paint', '--coat', 'a', 'x', 'y', '')).toBe('files');
    expect(from('tool', 'shut', '')).toBe('nothing');
  });
});
