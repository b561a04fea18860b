import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort.ts';
import { append } from '../lib/append.ts';
import { decode } from '../source/decode.ts';
import type { SourceText } from '../source/document.ts';
import type { DocumentMemory } from '../source/document-memory.ts';
import { type ParsedSource, parseSource, type ValueBudget } from '../source/parse.ts';
import { mostValues } from '../source/possible-values.ts';
import type { Source, SourceSet } from '../source/source.ts';
import { sourceText } from '../source/span.ts';
import { assemble } from './assemble.ts';
import { type BrokenSpec, brokenSpec, type Unread } from './broken-spec.ts';
import { checkDocument } from './check-document.ts';
import { duplicates } from './duplicates.ts';
import { layers } from './environment.ts';
import { foreignFile } from './foreign-file.ts';
import { meshProblems } from './mesh-document.ts';
import { overlaid } from './overlay.ts';
import { recognise, type Written } from './recognise.ts';
import type { Spec } from './spec.ts';
import { unreadable } from './unreadable.ts';

export interface LoadOptions {
  /** The environment whose overlays are merged; if absent, no overlay is merged. */
  readonly environment?: string;
  /** True if documents of other languages are errors. */
  readonly strictFiles?: boolean;
  /** Results of earlier runs; the results of this run are added. */
  readonly memory?: DocumentMemory;
}

/** The result of loading a spec; `spec` is absent if there is an error. */
export interface Loaded {
  readonly spec?: Spec;
  /** Present if there is an error. */
  readonly broken?: BrokenSpec;
  /** All files that were read, for code frames. */
  readonly texts: readonly SourceText[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all files of a spec, merges the overlays of an environment and checks every document against its schema. */
export function loadSpec(set: SourceSet, options: LoadOptions): Loaded {
  const { environment, strictFiles = false, memory } = options;
  const files = layers(set, environment);
  const reading = { strictFiles, memory, budget: { left: mostValues } };
  const base = readAll(files.base, reading);
  const overlays = readAll(files.overlays, reading);
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
  const faulty = new Set<Written>();
  for (const document of documents) {
    if (valid.has(document.value)) continue;
    const problems = checkDocument(document);
    if (problems.length === 0) valid.add(document.value);
    else faulty.add(document);
    append(found, problems);
  }
  for (const { source, parsed, written } of [...base.fresh, ...overlays.fresh])
    if (written.every(({ value }) => valid.has(value))) memory?.learn(source, parsed);
  append(found, meshProblems(documents, found));
  const texts = [...base.texts, ...overlays.texts];
  const diagnostics = sortDiagnostics(found);
  if (diagnostics.some(isError)) {
    const unread = [...base.unread, ...overlays.unread];
    const isWhole = files.unreadable.length === 0 && !files.diagnostics.some(isError);
    return { broken: brokenSpec({ documents, faulty, unread, isWhole }), texts, diagnostics };
  }
  return { spec: assemble(documents, environment ?? 'default'), texts, diagnostics };
}

/** Returns the texts of the files that `loadSpec` reads, in the same order, without checking them. */
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

interface Reading {
  readonly strictFiles: boolean;
  readonly memory: DocumentMemory | undefined;
  readonly budget: ValueBudget;
}

function readAll(sources: readonly Source[], { strictFiles, memory, budget }: Reading) {
  const texts: SourceText[] = [];
  const documents: Written[] = [];
  const diagnostics: Diagnostic[] = [];
  const fresh: Fresh[] = [];
  const valid: unknown[] = [];
  const unread: Unread[] = [];
  for (const source of sources) {
    const recalled = memory?.recall(source);
    const parsed = recalled ?? parseSource(source, budget);
    texts.push(parsed.text);
    const skipped = strictFiles ? undefined : foreignFile(parsed);
    append(diagnostics, skipped === undefined ? parsed.diagnostics : [skipped]);
    if (skipped === undefined && parsed.diagnostics.some(isError)) unread.push(parsed.text);
    const written: Written[] = [];
    for (const document of parsed.documents) {
      const recognised = recognise(document, strictFiles);
      append(diagnostics, recognised.diagnostics);
      if (recognised.diagnostics.some(isError)) unread.push(document);
      if (recognised.written !== undefined) written.push(recognised.written);
    }
    append(documents, written);
    if (recalled === undefined && memory !== undefined) fresh.push({ source, parsed, written });
    else if (recalled !== undefined)
      append(
        valid,
        written.map(({ value }) => value),
      );
  }
  return { texts, documents, diagnostics, fresh, valid, unread };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
