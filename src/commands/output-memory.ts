import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { sha256 } from '../core/lib/sha256.ts';
import type { SourceText } from '../core/source/document.ts';
import { specTexts } from '../core/spec/load.ts';
import type { OpenCompiledFolder } from '../ports/compiled-folder.ts';
import type { WrittenTarget } from '../ui/compiled-text.ts';
import { inputDigest } from './input-digest.ts';
import { isWorthKeeping, specSources } from './load-mesh.ts';
import type { MeshOptions } from './options.ts';
import type { RecordedStore } from './recorded-store.ts';

/** Findings and files of a compile to a folder. */
export interface CompiledOutput {
  /** The findings, in the order in which they were shown. */
  readonly shown: readonly (readonly Diagnostic[])[];
  readonly written: readonly (WrittenTarget & { readonly stamp: string })[];
}

/** Results of earlier compiles to one folder. */
export interface OutputMemory {
  readonly texts: () => readonly SourceText[];
  /** Returns the result of exactly the same compile if all of its files are still there. */
  readonly known: CompiledOutput | undefined;
  keep(output: CompiledOutput): void;
}

interface Kept extends CompiledOutput {
  readonly key: string;
  /** Files outside the spec that were read: the path, and the digest, or null if there was no such file. */
  readonly files: readonly (readonly [string, string | null])[];
}

/** Returns the memory of a folder; undefined if results are not kept, or if the spec is too small. */
export async function outputMemory(
  recorded: RecordedStore,
  options: MeshOptions,
  { out, targets }: { readonly out: string; readonly targets: readonly string[] },
  compiledFolder: OpenCompiledFolder,
): Promise<OutputMemory | undefined> {
  const { store, files } = recorded;
  const sources = await specSources(store);
  const { memory } = store;
  if (memory === undefined || !isWorthKeeping(sources)) return undefined;
  const name = `compiled ${out}`;
  const key = sha256(JSON.stringify([inputDigest(sources, options), targets]));
  const bytes = memory.recall(name);
  const kept = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Kept);
  const isSame =
    kept?.key === key && (await areSame(recorded, kept)) && (await areThere(kept, out, compiledFolder));
  return {
    texts: () => specTexts(sources, options.env),
    known: isSame ? kept : undefined,
    keep(output) {
      const asked = [...files].map(([file, content]) => [file, content ? sha256(content) : null] as const);
      memory.keep(name, new TextEncoder().encode(JSON.stringify({ key, files: asked, ...output })));
    },
  };
}

async function areSame({ store }: RecordedStore, { files }: Kept): Promise<boolean> {
  for (const [file, digest] of files) {
    let content: Uint8Array | undefined;
    try {
      content = await store.file(file);
    } catch {
      // Return false: compiling reports the error.
      return false;
    }
    if ((content ? sha256(content) : null) !== digest) return false;
  }
  return true;
}

async function areThere(
  { written }: Kept,
  out: string,
  compiledFolder: OpenCompiledFolder,
): Promise<boolean> {
  for (const { name, stamp } of written) {
    // The later write reports a folder that can't be opened.
    const folder = await compiledFolder(out, name).catch(() => undefined);
    if (!folder?.isAs(stamp)) return false;
  }
  return true;
}
