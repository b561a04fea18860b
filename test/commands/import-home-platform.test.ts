import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { namedReader } from '../../src/commands/import-readers.ts';
import { importMesh } from '../../src/core/import/import-mesh.ts';
import { link } from '../../src/core/ir/link/link.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { lossOf } from '../../src/core/targets/loss.ts';
import { targets } from '../../src/core/targets/registry.ts';

/** Imports a folder of fixtures, and returns the text of the Mesh and the losses at the platform that it comes from. */
async function imported(name: 'app-mesh' | 'osm' | 'smi' | 'istio') {
  const folder = path.join('fixtures/migrate', name);
  const sources = readdirSync(folder).map((file) => ({ file, bytes: readFileSync(path.join(folder, file)) }));
  const { reader, platform, lost } = await namedReader(name);
  if (platform === undefined || lost === undefined) throw new Error('no platform');
  const { files } = importMesh(sources, reader, { meshName: 'shop', platform, lost });
  const written = files.map(({ file, text }) => ({ file, bytes: new TextEncoder().encode(text) }));
  const { spec } = loadSpec({ sources: written, unreadable: [] }, {});
  const ir = spec && link(spec).ir;
  const config = ir?.targets[name];
  if (ir === undefined || config === undefined) throw new Error('the written mesh does not link');
  return {
    mesh: files.find(({ file }) => file === 'mesh.yaml')?.text ?? '',
    codes: new Set(
      lossOf(ir, config, (await targets[name]()).default).map(({ diagnostic }) => diagnostic.code),
    ),
  };
}

describe('a mesh compiles for the platform that it was imported from', () => {
  test.each(['app-mesh', 'osm', 'smi'] as const)(
    '%s never kept all of it, which degrade says',
    async (name) => {
      const { mesh, codes } = await imported(name);
      expect([...codes]).toEqual(['MESH3011']);
      expect(mesh).toMatch(/^ {6}# The mesh that this was imported from never kept .*\n {6}degrade:/m);
      expect(mesh).toContain('settings.default-balancing');
    },
  );

  test('a platform that keeps everything has no degrade', async () => {
    const { mesh, codes } = await imported('istio');
    expect([...codes]).toEqual([]);
    expect(mesh).not.toContain('degrade');
  });
});
