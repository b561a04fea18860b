import { expect, test } from 'vitest';
import { hoverAt } from '../../../src/core/editor/hover.ts';
import { suggestions } from '../../../src/core/editor/suggestions.ts';
import { parseSource } from '../../../src/core/source/parse.ts';

const head = 'apiVersion: mesh.test/v1\nkind: Suite\n';
const words = (text: string): readonly string[] => suggestions(text, [], {}).map(({ word }) => word);

test('an editor completes the kind and the fields of a suite', () => {
  expect(words('apiVersion: mesh.test/v1\nkind: ')).toContain('Suite');
  expect(words(`${head}spec:\n  `)).toEqual(expect.arrayContaining(['defaults', 'tests']));
  expect(words(`${head}spec:\n  defaults:\n    `)).toEqual(expect.arrayContaining(['from', 'to', 'headers']));
});

test('an editor says what a field of a suite means', () => {
  const text = `${head}spec:\n  defaults: {from: web}\n`;
  const source = parseSource({ file: 'suite.yaml', bytes: new TextEncoder().encode(text) });
  const shown = hoverAt(source, { line: 4, column: 14 }, [], []);
  expect(shown?.markdown).toMatch(/^\*\*Suite\.spec\.defaults\.from\*\* `string`/);
});
