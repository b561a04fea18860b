import { expect, test } from 'vitest';
import { beside } from '../../src/ui/beside.ts';

const id = '01M8KC7AJ7A320FDWN23YD69T0';

test('a text stands beside its title, wrapped within its column', () => {
  expect(beside('  applied', 9, `${id}, by root`, { indent: 16, columns: 50 })).toBe(
    `  applied       ${id}, by\n${' '.repeat(16)}root`,
  );
});

test('where an id has no room beside the title, the text stands below it and the id stays whole', () => {
  expect(beside('  applied', 9, `${id}, commit 95793639b2ff`, { indent: 16, columns: 40 })).toBe(
    `  applied\n    ${id}, commit\n    95793639b2ff`,
  );
});

test('colours of the title have no width', () => {
  const title = '\u001b[32mok\u001b[39m  node';
  expect(beside(title, 8, '24.21.0', { indent: 10, columns: 80 })).toBe(`${title}  24.21.0`);
});

test('a short text stays beside its title in a narrow terminal', () => {
  expect(beside('  proxies', 9, '4 have it', { indent: 16, columns: 40 })).toBe('  proxies       4 have it');
});
