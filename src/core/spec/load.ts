import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort.ts';
import { decode } from '../source/decode.ts';
import type { SourceText } from '../source/document.ts';
import type { DocumentMemory } from '../source/document-memory.ts';
import { type ParsedSource, parseSource } from '../source/parse.ts';
import type { Source, SourceSet } from '../source/source.ts';
import { sourceText } from '../source/span.ts';
import { assemble } from './assemble.ts';
import { checkDocument } from './check-document.ts';
import { duplicates } from './duplicates.ts';
import { layers } from './environment.ts';
import { meshProblems } from './mesh-document.ts';
import { overlaid } from './overlay.ts';
import { recognise, type Written } from './recognise.ts';
import type { Spec } from './spec.ts';
import { unreadable } from './unreadable.ts';

export interface LoadOptions {
  /** Whose overlays are merged; without one there are none. */
  readonly environment?: string;
  /** Documents that are not of the mesh language are errors. */
  readonly strictFiles?: boolean;
  /** What earlier runs read; what this one reads is added. */
  readonly memory?: DocumentMemory;
}

/** The files of a spec as one checked whole; without errors there is a `spec`, with any there is none. */
export interface Loaded {
  readonly spec?: Spec;
  /** All files that were read, for code frames. */
  readonly texts: readonly SourceText[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all files of a spec, merges the overlays of an environment and checks every document against its schema. */
export function loadSpec(set: SourceSet, options: LoadOptions): Loaded {
  const { environment, strictFiles = false, memory } = options;
  const files = layers(set, environment);
  const base = readAll(files.base, strictFiles, memory);
  const overlays = readAll(files.overlays, strictFiles, memory);
  const found = [
    ...files.diagnostics,
    ...files.unreadable.map(unreadable),
    ...base.diagnostics,
    ...overlays.diagnostics,
    ...duplicates(base.documents),
    ...duplicates(overlays.documents),
  ];
  const documents = overlaid(base.documents, overlays.documents, (diagnostic) => found.push(diagnostic));
  const valid = new Set<unknown>([...base.valid, ...overlays.valid]);
  for (const document of documents) {
    if (valid.has(document.value)) continue;
    const problems = checkDocument(document);
    if (problems.length === 0) valid.add(document.value);
    found.push(...problems);
  }
  for (const { source, parsed, written } of [...base.fresh, ...overlays.fresh])
    if (written.every(({ value }) => valid.has(value))) memory?.learn(source, parsed);
  found.push(...meshProblems(documents, found));
  const texts = [...base.texts, ...overlays.texts];
  const diagnostics = sortDiagnostics(found);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { texts, diagnostics };
  return { spec: assemble(documents, environment ?? 'default'), texts, diagnostics };
}

/** The texts of the files that `loadSpec` reads, in its order, where nothing else is asked. */
export function specTexts(set: SourceSet, environment: string | undefined): readonly SourceText[] {
  const { base, overlays } = layers(set, environment);
  return [...base, ...overlays].map(({ file, bytes }) => sourceText(file, decode(bytes).text));
}

/** A file that no earlier run has read. */
interface Fresh {
  readonly source: Source;
  readonly parsed: ParsedSource;
  readonly written: readonly Written[];
}

function readAll(sources: readonly Source[], strictFiles: boolean, memory: DocumentMemory | undefined) {
  const texts: SourceText[] = [];
  const documents: Written[] = [];
  const diagnostics: Diagnostic[] = [];
  const fresh: Fresh[] = [];
  const valid: unknown[] = [];
  for (const source of sources) {
    const recalled = memory?.recall(source);
    const parsed = recalled ?? parseSource(source);
    texts.push(parsed.text);
    diagnostics.push(...parsed.diagnostics);
    const written: Written[] = [];
    for (const document of parsed.documents) {
      const recognised = recognise(document, strictFiles);
      diagnostics.push(...recognised.diagnostics);
      if (recognised.written !== undefined) written.push(recognised.written);
    }
    documents.push(...written);
    if (recalled === undefined && memory !== undefined) fresh.push({ source, parsed, written });
    else if (recalled !== undefined) valid.push(...written.map(({ value }) => value));
  }
  return { texts, documents, diagnostics, fresh, valid };
}
