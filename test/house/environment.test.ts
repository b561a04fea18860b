import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { environment } from '../../src/command-table/environment.ts';

const read =
  /(?:env(?:ironment)?(?:\.|\[')|said\(')([A-Z][A-Z_]+)|(?:const \{ )([^}]*)(?:\} = process\.env)/g;

/** Variables that others set for the program, or that it sets for others: nobody chooses them. */
const notChosen = /^(?:GIT_|PATH$|HOME$|SUDO_UID$|XDG_CONFIG_HOME$|MESH_HOOK_KEY$|NODE_ENV$|KUBERNETES_)/;

test('the help and the reference page have every environment variable that the program reads', () => {
  const files = [
    'main.ts',
    ...readdirSync('src/adapters', { recursive: true, encoding: 'utf8' }).map((file) => `adapters/${file}`),
  ];
  const found = new Set<string>();
  for (const file of files.filter((one) => one.endsWith('.ts'))) {
    const text = readFileSync(`src/${file}`, 'utf8');
    for (const [, one, several = ''] of text.matchAll(read))
      for (const name of [
        one ?? '',
        ...several.split(',').map((part) => part.split(/[:=]/)[0]?.trim() ?? ''),
      ])
        if (name !== '') found.add(name);
    for (const [name] of text.matchAll(/\bMESH(?:WRIGHT)?_[A-Z_]*[A-Z]\b/g)) found.add(name);
  }
  const known = new Set(environment.map(({ name }) => name));
  expect([...found].filter((name) => !notChosen.test(name) && !known.has(name))).toEqual([]);
  expect(
    [...known].filter(
      (name) =>
        !found.has(name) &&
        !files.some((file) => file.endsWith('.ts') && readFileSync(`src/${file}`, 'utf8').includes(name)),
    ),
  ).toEqual([]);
  expect(found.size).toBeGreaterThan(15);
});
