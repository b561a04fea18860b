import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { targets } from '../../src/core/targets/registry.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { golden } from './golden.ts';
import { keeps } from './keeps.ts';

const cases = meshCases().map((meshCase) => ({
  ...meshCase,
  ir: linkedMesh(meshCase.directory, meshCase.environment),
}));

describe.each(Object.entries(targets))('golden output of %s', async (name, load) => {
  const target = (await load()).default;

  test.each(cases.filter(({ ir }) => keeps(target, ir)))('$name', async ({ ir, directory }) => {
    const artifacts = target.lower(ir, { version: target.versions.at(-1) ?? '', options: {} });
    const folder = path.join(directory, 'golden', name);
    const written = golden(artifacts, target.proxies?.(ir) ?? []);
    for (const file of written) await expect(file.text).toMatchFileSnapshot(path.join(folder, file.path));
    const paths = written.map((file) => file.path);
    expect(filesBelow(folder).filter((file) => !paths.includes(file))).toEqual([]);
  });
});

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
