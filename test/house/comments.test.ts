import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Openings without a subject: the reader learns only at the end of the clause what the comment is about. */
const subjectless =
  /^\s*(?:\/\/|\/\*\*?|\*) (What|Where|Who|Whose|How|Whether|Nothing|Which|Why|Those|Everything)\b/;

/** Returns the first lines of a file's comments that open without a subject, as `file:line text`. */
function openings(file: string): readonly string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    const before = lines[index - 1]?.trim() ?? '';
    const isFirst = line.trimStart().startsWith('*') ? before === '/**' : !before.startsWith('//');
    return isFirst && subjectless.test(line) ? [`${file}:${String(index + 1)} ${line.trim()}`] : [];
  });
}

test('comments open with their subject', () => {
  const files = globSync(['src/**/*.{ts,tsx}', 'test/**/*.ts', '.config/**/*.ts'], { cwd: root });
  expect(files.length).toBeGreaterThan(1000);
  expect(files.filter((file) => !file.includes('.gen.')).flatMap(openings)).toEqual([]);
});

test('descriptions of the schemas open with their subject', () => {
  const files = globSync('schemas/**/*.json', { cwd: root });
  expect(files.length).toBeGreaterThan(15);
  const described = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/"description": "([^"]*)/g)].map(
      ([, text = '']) => `${file}: ${text}`,
    ),
  );
  expect(described.length).toBeGreaterThan(800);
  expect(described.filter((text) => subjectless.test(`// ${text.slice(text.indexOf(': ') + 2)}`))).toEqual(
    [],
  );
});

test('an opening without a subject is found', () => {
  expect(subjectless.test('/** What a caller sees. */')).toBe(true);
  expect(subjectless.test(' * Whether it holds.')).toBe(true);
  expect(subjectless.test('  // Returns where it stands.')).toBe(false);
});
