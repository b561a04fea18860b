import path from 'node:path';
import type { Options } from '../command-table/invocation.ts';
import { withSchemaLine } from '../core/init/schema-line.ts';
import { meshName } from '../core/init/starter-documents.ts';
import type { NativeFolder } from '../ports/native-folder.ts';
import { type NativeMesh, readNative } from './read-native.ts';
import { type ExistingFiles, refuseExisting } from './refuse-existing.ts';

/** The parts of the world that `mesh init --from` uses. */
export interface FromParts extends ExistingFiles {
  readonly workingDirectory: string;
  readonly nativeFolder: NativeFolder;
  /** Writes a file below a folder, whole or not at all. */
  readonly writeFile: (root: string, file: string, text: string) => Promise<void>;
}

/**
 * Reads the native configuration of `--from`; undefined without the option. Throws PortError(1) if a file of the new mesh is
 * there already.
 */
export async function nativeMesh(
  root: string,
  { from, platform }: Options<'platform' | 'from'>,
  parts: FromParts,
): Promise<NativeMesh | undefined> {
  if (from === undefined) return undefined;
  const input = { folders: [from], from: platform, meshName: meshName(path.basename(root)) };
  const native = await readNative(input, parts);
  const way = 'start in an empty folder, or name one with --root';
  await refuseExisting(root, native.imported.files, { command: 'init --from', way }, parts);
  return native;
}

/** Writes the documents of native configuration with schema lines, and returns their files. */
export async function writeImported(
  root: string,
  { imported }: NativeMesh,
  parts: FromParts,
): Promise<readonly string[]> {
  for (const { file, text } of imported.files) await parts.writeFile(root, file, withSchemaLine(text, file));
  return imported.files.map(({ file }) => file);
}
