import type { ImportPlatform } from '../command-table/import-platforms.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { defined } from '../core/import/defined.ts';
import { type Imported, importMesh } from '../core/import/import-mesh.ts';
import { unreadable } from '../core/spec/unreadable.ts';
import { UsageError } from '../core/usage-error.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { NativeFolder } from '../ports/native-folder.ts';
import { clusterSources } from './cluster-sources.ts';
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
  /** The cluster whose objects are read beside the files, and the namespaces of it that are. */
  readonly cluster?:
    | { readonly context: string; readonly namespaces?: readonly string[] | undefined }
    | undefined;
  /** If absent, the platform is that of the objects' API groups. */
  readonly from?: ImportPlatform | undefined;
  readonly meshName: string;
}

/** The parts of the world that native configuration is read from. */
export interface NativeParts {
  readonly nativeFolder: NativeFolder;
  readonly workingDirectory: string;
  readonly openCluster?: (context: string | undefined) => Promise<Cluster>;
}

/**
 * Reads files and folders, and objects of a cluster, as a mesh. Throws UsageError (64) if they hold no YAML or JSON file,
 * no object that the import reads, or objects of several platforms and `from` names none.
 */
export async function readNative(
  { folders, cluster, from, meshName }: NativeInput,
  { nativeFolder, workingDirectory, openCluster }: NativeParts,
): Promise<NativeMesh> {
  const read = await Promise.all(folders.map((named) => nativeFolder(named, workingDirectory)));
  const files = read.flatMap((set) => set.sources);
  const lost = read.flatMap((set) => set.unreadable);
  if (files.length + lost.length === 0 && cluster === undefined)
    throw new UsageError(`there is no YAML or JSON file in ${folders.join(', ')}`);
  const name = from ?? nativePlatform(files, folders.join(', '));
  const { reader, platform, lost: lostFeatures } = await namedReader(name);
  const { context, namespaces } = cluster ?? {};
  const live =
    context === undefined || openCluster === undefined
      ? []
      : await clusterSources(await openCluster(context), { platform: name, reader, namespaces });
  const sources = [...files, ...live];
  const imported = importMesh(sources, reader, {
    meshName,
    ...defined({ platform, lost: lostFeatures }),
  });
  if (imported.objects + imported.refused + lost.length === 0) {
    const places = [...folders, ...(context === undefined ? [] : [`the cluster of ${context}`])].join(', ');
    throw new UsageError(
      `no object in ${places} is one that the import of ${name} reads: name other files, or another platform with --from`,
    );
  }
  return {
    from: name,
    imported,
    native: sortDiagnostics([...imported.diagnostics, ...lost.map(unreadable)]),
  };
}
