import type { ImportPlatform } from '../command-table/import-platforms.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { defined } from '../core/import/defined.ts';
import { type Imported, importMesh } from '../core/import/import-mesh.ts';
import { unreadable } from '../core/spec/unreadable.ts';
import { UsageError } from '../core/usage-error.ts';
import type { NativeFolder } from '../ports/native-folder.ts';
import { namedReader } from './import-readers.ts';
import { nativePlatform } from './native-platform.ts';

/** Native configuration, read as a mesh. */
export interface NativeMesh {
  /** The platform that was read. */
  readonly from: ImportPlatform;
  readonly imported: Imported;
  /** Findings at places of the native configuration, sorted. */
  readonly native: readonly Diagnostic[];
}

/** The settings by which native configuration is read. */
export interface NativeInput {
  readonly folders: readonly string[];
  /** If absent, the platform is that of the objects' API groups. */
  readonly from?: ImportPlatform | undefined;
  readonly meshName: string;
}

/**
 * Reads files and folders as a mesh. Throws UsageError (64) if they hold no YAML or JSON file, or objects of several
 * platforms and `from` names none.
 */
export async function readNative(
  { folders, from, meshName }: NativeInput,
  {
    nativeFolder,
    workingDirectory,
  }: { readonly nativeFolder: NativeFolder; readonly workingDirectory: string },
): Promise<NativeMesh> {
  const read = await Promise.all(folders.map((named) => nativeFolder(named, workingDirectory)));
  const sources = read.flatMap((set) => set.sources);
  const lost = read.flatMap((set) => set.unreadable);
  if (sources.length + lost.length === 0)
    throw new UsageError(`there is no YAML or JSON file in ${folders.join(', ')}`);
  const name = from ?? nativePlatform(sources, folders.join(', '));
  const { reader, platform, lost: lostFeatures } = await namedReader(name);
  const imported = importMesh(sources, reader, {
    meshName,
    ...defined({ platform, lost: lostFeatures }),
  });
  return {
    from: name,
    imported,
    native: sortDiagnostics([...imported.diagnostics, ...lost.map(unreadable)]),
  };
}
