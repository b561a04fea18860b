import { parseSource } from '../core/source/parse.ts';
import { filePolicy, meshFile, specFiles } from '../core/source/spec-files.ts';
import type { SpecChange } from '../ports/spec-store.ts';
import { gitBlobId } from './git-blob-id.ts';
import type { Located } from './git-object-store.ts';
import type { GitEntry } from './git-objects.ts';

/** The files of a working tree that a command has read. */
export interface AskedFiles {
  /** All candidates. */
  readonly listed: readonly string[];
  /** The bytes of the files that were read; undefined for a missing file. */
  readonly contents: ReadonlyMap<string, Uint8Array | undefined>;
}

/** The files of a commit, with paths relative to the root of the mesh. */
export interface CommittedFiles {
  readonly entries: readonly GitEntry[];
  readonly locate: (file: string) => Located;
}

/**
 * Returns the files of the spec that differ from a commit, in order of name. Compares the bytes by the ids that Git
 * would give them. Git's own answer depends on the flags of its index (`skip-worktree`, `assume-unchanged`), on sparse
 * checkouts, on line-ending settings and on filters, which are programs.
 */
export function specChanges(committed: CommittedFiles, asked: AskedFiles): readonly SpecChange[] {
  const found: SpecChange[] = [];
  for (const [file, bytes] of asked.contents) {
    const object = committed.locate(file).entry?.object;
    if (object === undefined) {
      if (bytes !== undefined) found.push({ file, change: 'added' });
    } else if (bytes === undefined) found.push({ file, change: 'missing' });
    else if (gitBlobId(bytes, object) !== object) found.push({ file, change: changeOf(bytes, object) });
  }
  const listed = new Set(asked.listed);
  for (const file of committedSpec(committed, asked))
    if (!listed.has(file) && !asked.contents.has(file)) found.push({ file, change: 'missing' });
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function changeOf(bytes: Uint8Array, object: string): SpecChange['change'] {
  const text = Buffer.from(bytes).toString('latin1');
  const converted = [text.replaceAll('\r\n', '\n'), text.replaceAll(/\r?\n/g, '\r\n')];
  const isSame = converted.some((one) => gitBlobId(Buffer.from(one, 'latin1'), object) === object);
  return isSame ? 'line-endings' : 'content';
}

/** Returns the files of the spec in the commit, by the rules of the Mesh document that was read. */
function committedSpec({ entries, locate }: CommittedFiles, { contents }: AskedFiles): readonly string[] {
  const paths = new Set(entries.map(({ path }) => path).filter((path) => /\.ya?ml$/.test(path)));
  // A link adds no file if the spec has the file under its own name.
  const files = [...paths].filter((file) => {
    const target = locate(file).entry?.path ?? file;
    return target === file || !paths.has(target);
  });
  return filesOfMesh(files, contents.get(meshFile));
}

/** Returns the files of the spec among `files`, by the rules of the Mesh document with these bytes. */
export function filesOfMesh(files: readonly string[], bytes: Uint8Array | undefined): readonly string[] {
  const mesh = bytes && parseSource({ file: meshFile, bytes }).documents[0]?.value;
  return specFiles(files, filePolicy(mesh));
}
