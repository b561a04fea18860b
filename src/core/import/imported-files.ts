import type { Ir } from '../ir/ir.ts';
import { link } from '../ir/link/link.ts';
import type { Platform } from '../ir/target-config.ts';
import { loadSpec } from '../spec/load.ts';
import type { MeshSpec } from '../spec/types.gen.ts';
import { type ImportedFile, layOut } from './lay-out.ts';
import type { ReadDocument } from './read-document.ts';

/** The platform that a mesh comes from. */
export interface HomePlatform {
  readonly platform: Platform;
  /** Returns the names of the features of a mesh that the platform doesn't keep. */
  readonly lost: (ir: Ir) => readonly string[];
}

/** Stands above `degrade` of an imported Mesh whose platform doesn't keep all that the spec says. */
const comment = 'The mesh that this was imported from never kept these, so nothing changes there.';

/**
 * Lays out the files of an imported mesh. The target of the platform that it comes from names in `degrade` what this platform
 * doesn't keep, so that the mesh compiles for it; the findings remain as warnings.
 */
export function importedFiles(
  mesh: MeshSpec,
  name: string,
  documents: readonly ReadDocument[],
  home: HomePlatform | undefined,
): readonly ImportedFile[] {
  const files = layOut(mesh, name, documents);
  const ir = home === undefined ? undefined : linkedFiles(files);
  if (home === undefined || ir === undefined) return files;
  const degrade = [...new Set(home.lost(ir))].sort();
  if (degrade.length === 0) return files;
  const { platform } = home;
  const targets = { ...mesh.targets, [platform]: { platform, ...mesh.targets?.[platform], degrade } };
  return layOut({ ...mesh, targets }, name, documents, { field: 'degrade', comment });
}

/** Returns undefined if the files have errors, which the import reports. */
function linkedFiles(files: readonly ImportedFile[]): Ir | undefined {
  const sources = files.map(({ file, text }) => ({ file, bytes: new TextEncoder().encode(text) }));
  const { spec } = loadSpec({ sources, unreadable: [] }, {});
  return spec === undefined ? undefined : link(spec).ir;
}
