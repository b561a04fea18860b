import path from 'node:path';
import { importPlatforms } from '../command-table/import-platforms.ts';
import type { Invocation } from '../command-table/invocation.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import type { ImportedFile } from '../core/import/lay-out.ts';
import { meshName } from '../core/init/starter-documents.ts';
import { suppress } from '../core/suppress/suppress.ts';
import { UsageError } from '../core/usage-error.ts';
import type { NativeFolder } from '../ports/native-folder.ts';
import { PortError } from '../ports/port-error.ts';
import type { OpenSpecStore } from '../ports/spec-store.ts';
import { importHtml } from '../ui/import/import-html.ts';
import { importJson } from '../ui/import/import-json.ts';
import { importMarkdown } from '../ui/import/import-markdown.ts';
import { importText } from '../ui/import/import-text.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { fails, showFindings } from './linked-mesh.ts';
import { loadMesh } from './load-mesh.ts';
import { meshOptions } from './options.ts';
import { portability } from './portability.ts';
import { type NativeInput, type NativeParts, readNative } from './read-native.ts';
import { refuseExisting } from './refuse-existing.ts';
import { withStore } from './with-store.ts';

/** The parts of the world that the command uses. */
export interface ImportParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly workingDirectory: string;
  readonly nativeFolder: NativeFolder;
  readonly openCluster: NonNullable<NativeParts['openCluster']>;
  readonly readFile: (root: string, file: string) => Promise<string | undefined>;
  /** Throws if a file below a folder can't be written because of what is there. */
  readonly refuseUnwritable: (root: string, file: string) => Promise<void>;
  /** Makes the folder of the mesh, with all folders above it. */
  readonly makeRoot: (root: string) => Promise<void>;
  /** Writes a file below a folder, whole or not at all. */
  readonly writeFile: (root: string, file: string, text: string) => Promise<void>;
}

/**
 * `mesh import --from PLATFORM DIR…`: reads native configuration, writes the files of a mesh repository, validates them, and
 * reports the fate of the native fields. Overwrites nothing: exits with 1 and the names if a file is there.
 */
export async function importCommand(invocation: Invocation<'import'>, parts: ImportParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { revision, staged, repo } = meshOptions(invocation);
  if (revision !== undefined || staged || repo !== undefined)
    throw new UsageError('import writes files, so it needs the working tree');
  const { from, out } = invocation;
  if (from === undefined)
    throw new UsageError(`--from has to name the platform: ${importPlatforms.join(', ')}`);
  const root = path.resolve(parts.workingDirectory, out ?? invocation.root ?? '.');
  const name = meshName(path.basename(root));
  const { imported, native } = await readNative({ ...inputOf(invocation), from, meshName: name }, parts);
  await writeFiles(root, imported.files, parts);
  const mesh = await withStore(parts.openSpecStore, { root }, ({ store }) =>
    loadMesh(store, { ...meshOptions(invocation), root }),
  );
  const { reported } = suppress(await portability(mesh), mesh.suppressions);
  const result = {
    from,
    imported,
    native,
    written: sortDiagnostics([...mesh.diagnostics, ...reported]),
    folder: path.relative(parts.workingDirectory, root),
  };
  await answer(
    invocation,
    {
      text: (colours, columns) => (invocation.quiet ? '' : importText(result, colours, columns)),
      json: () => importJson(result),
      markdown: () => importMarkdown(result),
      html: () => importHtml(result),
    },
    parts,
  );
  showFindings(result.native, imported.texts, invocation, parts.console);
  showFindings(result.written, mesh.texts, invocation, parts.console);
  return fails([...result.native, ...result.written], invocation) ? exit.findings : exit.success;
}

/** Throws UsageError (64) if neither files nor a cluster are named, or namespaces without a cluster. */
function inputOf({
  arguments: named,
  context,
  namespace,
}: Invocation<'import'>): Pick<NativeInput, 'folders' | 'cluster'> {
  const folders = named.flat();
  if (folders.length === 0 && context === undefined)
    throw new UsageError('import needs files or folders to read, or --context with the name of a cluster');
  if (namespace !== undefined && context === undefined)
    throw new UsageError('--namespace chooses among the objects of a cluster, so it needs --context');
  return { folders, cluster: context === undefined ? undefined : { context, namespaces: namespace } };
}

/** Writes the files; throws PortError(1) before the first write if one of them is there. */
async function writeFiles(root: string, files: readonly ImportedFile[], parts: ImportParts): Promise<void> {
  await refuseExisting(root, files, { command: 'import', way: 'name another folder with --out' }, parts);
  await parts.makeRoot(root);
  const done: string[] = [];
  for (const { file, text } of files) {
    await parts.writeFile(root, file, text).catch((error: unknown): never => {
      if (!(error instanceof PortError) || done.length === 0) throw error;
      const message = `${error.message}; these files were written before: ${done.join(', ')}`;
      throw new PortError(message, error.exitCode, { cause: error });
    });
    done.push(file);
  }
}
