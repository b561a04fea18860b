import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { NameUse } from '../../core/editor/name-use.ts';
import { namesInDocument } from '../../core/editor/names-in-document.ts';
import type { ParsedSource } from '../../core/source/parse.ts';
import { parseSource } from '../../core/source/parse.ts';
import type { InGitDirectory } from '../../ports/in-git-directory.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { examined } from '../examined.ts';
import type { MeshOptions } from '../options.ts';
import { bufferedStore } from './buffered-store.ts';

/** The state of a mesh with the texts of an editor. */
export interface OpenMesh {
  readonly files: ReadonlyMap<string, ParsedSource>;
  readonly names: readonly NameUse[];
  readonly findings: readonly Diagnostic[];
}

/** Reads and checks the mesh of a folder; `texts` hold instead of its files. */
export async function openMesh(
  options: MeshOptions & { readonly root: string },
  texts: ReadonlyMap<string, string>,
  { openSpecStore, inGitDirectory }: { openSpecStore: OpenSpecStore; inGitDirectory: InGitDirectory },
): Promise<OpenMesh> {
  const { store, root, dispose } = await openSpecStore({ root: options.root });
  try {
    const { sources, all } = await examined(bufferedStore(store, texts), options, (path) =>
      inGitDirectory(root, path),
    );
    const files = new Map(sources.sources.map((source) => [source.file, parseSource(source)]));
    const documents = [...files.values()].flatMap((parsed) => parsed.documents);
    return { files, names: documents.flatMap(namesInDocument), findings: all };
  } finally {
    await dispose();
  }
}
