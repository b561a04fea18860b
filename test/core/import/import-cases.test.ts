import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Imported } from '../../../src/core/import/import-mesh.ts';
import { checkWritten, importCases, importTexts } from './import-case.ts';
import { leafPaths } from './leaf-paths.ts';

/** Returns `file:line CODE` of each finding but remarks about kinds that are not read. */
function found({ diagnostics }: Imported): readonly string[] {
  return diagnostics
    .filter(({ code }) => code !== 'MESH7001')
    .map(({ code, location }) => `${location.file}:${String(location.range.start.line)} ${code}`)
    .sort();
}

/** Returns `file:line CODE` of each comment that names a code at the end of a line. */
function announced(native: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(native)
    .flatMap(([file, text]) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          [...(/# (MESH.*)$/.exec(line)?.[1] ?? '').matchAll(/MESH\d{4}/g)].map(
            ([code]) => `${file}:${String(index + 1)} ${code}`,
          ),
        ),
    )
    .sort();
}

describe.each(importCases())('import from $platform: $name', ({ platform, native, folder }) => {
  test('the ledger has every leaf field of the objects that were read, each once', async () => {
    const { ledger } = await importTexts(platform, native);
    const objects = new Map<object, string[]>();
    for (const { document, path: keys } of ledger)
      objects.set(document, [...(objects.get(document) ?? []), keys.map(String).join(' / ')]);
    const expected = Object.values(native)
      .flatMap(leafPaths)
      .map((paths) => [...paths].sort().join('\n'));
    for (const paths of objects.values()) expect(expected).toContain(paths.sort().join('\n'));
  });

  test('each finding is announced by a comment on its line', async () => {
    expect(found(await importTexts(platform, native))).toEqual(announced(native));
  });

  test('the written mesh has no errors and is formatted', async () => {
    const { errors, unformatted } = checkWritten(await importTexts(platform, native));
    expect(errors).toEqual([]);
    expect(unformatted).toEqual([]);
  });

  test('the written files are the expected ones', async () => {
    const { files } = await importTexts(platform, native);
    const names = files.map(({ file }) => file);
    expect(names).toEqual([...new Set(names)]);
    for (const { file, text } of files)
      await expect(text).toMatchFileSnapshot(path.join(folder, 'mesh', file));
  });
});
