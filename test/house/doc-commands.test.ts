import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { CommandData, OptionData } from '../../src/command-table/command-data.ts';
import { commandTable } from '../../src/command-table/command-table.ts';
import { globalOptions } from '../../src/command-table/global-options.ts';

/** Pages written by hand, whose commands and examples nothing generates. */
const pages = [
  'call-graph.md',
  'ci.md',
  'concepts.md',
  'getting-started.md',
  'import.md',
  'keys-in-ci.md',
  'migrating.md',
  'overlays.md',
  'proof.md',
  'tests.md',
];
const commands: readonly CommandData[] = commandTable;
const names = new Set(commands.map(({ name }) => name));

/** Returns the commands of a page: those in code, up to the end of the line or of the code. */
function commandsIn(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/(?:^|[`[ ])mesh ((?:[a-z]+ ?)+(?:[^`\n|&;>\]]*))/gm)]
    .map(([, line = '']) => line.trim().split(/ +/))
    .filter(([first = '']) => [...names].some((name) => name.split(' ')[0] === first));
}

test.each(pages)('the commands of %s exist, with their options and formats', (page) => {
  const found = commandsIn(readFileSync(`docs/${page}`, 'utf8'));
  expect(found.length).toBeGreaterThan(2);
  for (const words of found) {
    const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) => names.has(one));
    expect(name, words.join(' ')).toBeDefined();
    const command = commands.find((one) => one.name === name);
    const options: readonly OptionData[] = [...globalOptions, ...(command?.options ?? [])];
    const flags = new Set(options.flatMap(({ flags: all }) => all.split(/[ ,]+/)));
    for (const word of words.filter((one) => one.startsWith('--')))
      expect(flags, `${words.join(' ')}: ${word}`).toContain(word.replace(/[.,)]$/, ''));
    for (const [i, word] of words.entries()) {
      if (word !== '--format') continue;
      expect(command?.formats, words.join(' ')).toContain(words[i + 1]?.split('=')[0]);
    }
  }
});

test.each(pages)('each YAML block of %s can be read', (page) => {
  const blocks = [...readFileSync(`docs/${page}`, 'utf8').matchAll(/^( *)```yaml.*\n([\s\S]*?)^ *```/gm)];
  for (const [, indent = '', block = ''] of blocks) {
    const text = block.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    for (const document of parseAllDocuments(text)) expect(document.errors, text).toEqual([]);
  }
});
