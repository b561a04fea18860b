import { analyze } from '../core/analyze/analyze.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Ir } from '../core/ir/ir.ts';
import { link } from '../core/ir/link/link.ts';
import { unknownNames } from '../core/ir/link/unknown-names.ts';
import { catalog } from '../core/message-catalog.ts';
import type { SourceText } from '../core/source/document.ts';
import { DocumentMemory } from '../core/source/document-memory.ts';
import { parseSource } from '../core/source/parse.ts';
import type { SourceSet, UnreadableSource } from '../core/source/source.ts';
import { filePolicy, largestFile, meshFile, specFiles } from '../core/source/spec-files.ts';
import { type Loaded, loadSpec } from '../core/spec/load.ts';
import type { Spec } from '../core/spec/spec.ts';
import { readSuppressions } from '../core/suppress/read-suppressions.ts';
import { suppress } from '../core/suppress/suppress.ts';
import type { Suppressed } from '../core/suppress/suppressed.ts';
import type { Suppression } from '../core/suppress/suppression.ts';
import type { Memory } from '../ports/memory.ts';
import type { Candidate, SpecStore } from '../ports/spec-store.ts';
import type { MeshOptions } from './options.ts';

/** A mesh as far as it could be read and linked, with all findings. */
export interface LoadedMesh {
  readonly sources: SourceSet;
  readonly texts: readonly SourceText[];
  /** Absent when an error makes the spec unusable. */
  readonly spec?: Spec;
  /** Absent if an error makes the linked mesh meaningless. */
  readonly ir?: Ir;
  /** Findings in effect: comments don't suppress them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
  /** The valid suppressions, for findings that come later. */
  readonly suppressions: readonly Suppression[];
}

/** Reads, checks and links what a store holds. */
export async function loadMesh(store: SpecStore, options: MeshOptions): Promise<LoadedMesh> {
  return understood(await specSources(store), store.memory, options);
}

/** Checks and links the files of a spec. */
export function understood(sources: SourceSet, kept: Memory | undefined, options: MeshOptions): LoadedMesh {
  const loaded = remembering(sources, kept, options);
  const linked = loaded.spec === undefined ? undefined : link(loaded.spec);
  const hasProofs = options.skipsGuardrails !== true;
  const analyzed =
    loaded.spec === undefined ? [] : analyze(loaded.spec, linked?.ir, options.today, hasProofs);
  const { suppressions, diagnostics: comments } = readSuppressions(loaded.texts, options.today, catalog);
  const unknown = loaded.broken === undefined ? [] : unknownNames(loaded.broken);
  const found = [...loaded.diagnostics, ...unknown, ...(linked?.diagnostics ?? []), ...analyzed, ...comments];
  const { reported, suppressed } = suppress(found, suppressions);
  return {
    sources,
    texts: loaded.texts,
    ...(loaded.spec && { spec: loaded.spec }),
    ...(linked?.ir && { ir: linked.ir }),
    diagnostics: reported,
    suppressed,
    suppressions,
  };
}

/** Reads those files whose results no earlier run has kept. */
function remembering(
  sources: SourceSet,
  kept: Memory | undefined,
  { env: environment, strictFiles }: MeshOptions,
): Loaded {
  const memory = isWorthKeeping(sources) && kept ? new DocumentMemory(kept.recall('documents')) : undefined;
  const loaded = loadSpec(sources, {
    ...(environment !== undefined && { environment }),
    ...(strictFiles !== undefined && { strictFiles }),
    ...(memory && { memory }),
  });
  const learnt = memory?.pack();
  if (learnt !== undefined) kept?.keep('documents', learnt);
  return loaded;
}

/** Returns true if loading a spec of this size takes longer than reading the results of earlier runs. */
export function isWorthKeeping({ sources }: SourceSet): boolean {
  return sources.reduce((sum, { bytes }) => sum + bytes.length, 0) >= 65_536;
}

/** Returns the files of the spec. mesh.yaml is read first, since it says which files of the store are left out. */
export async function specSources(store: SpecStore): Promise<SourceSet> {
  const listed = await store.list();
  if (listed.length === 1 && listed[0]?.file === '-') {
    const problem = problemOf(listed[0]);
    return problem === undefined ? store.read(['-']) : { sources: [], unreadable: [problem] };
  }
  const candidates = new Map(listed.map((candidate) => [candidate.file, candidate]));
  const mesh = await store.read(
    candidates.has(meshFile) && problemOf(candidates.get(meshFile)) === undefined ? [meshFile] : [],
  );
  const policy = filePolicy(mesh.sources[0] && parseSource(mesh.sources[0]).documents[0]?.value);
  const chosen = specFiles([...candidates.keys()], policy).flatMap((file) => candidates.get(file) ?? []);
  const problems = chosen.flatMap((candidate) => problemOf(candidate) ?? []);
  const read = await store.read(
    chosen.filter((candidate) => problemOf(candidate) === undefined).map(({ file }) => file),
  );
  return { sources: read.sources, unreadable: [...problems, ...read.unreadable] };
}

function problemOf(candidate: Candidate | undefined): UnreadableSource | undefined {
  if (candidate === undefined) return undefined;
  const { file, size, problem, detail } = candidate;
  if (problem !== undefined) return detail === undefined ? { file, problem } : { file, problem, detail };
  return size > largestFile ? { file, problem: 'too-large', detail: `${String(size)} bytes` } : undefined;
}
