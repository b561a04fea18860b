import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort.ts';
import type { SourceText } from '../source/document.ts';
import { parseSource } from '../source/parse.ts';
import type { Source, SourceSet } from '../source/source.ts';
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
  const { environment, strictFiles = false } = options;
  const files = layers(set, environment);
  const base = readAll(files.base, strictFiles);
  const overlays = readAll(files.overlays, strictFiles);
  const found = [
    ...files.diagnostics,
    ...files.unreadable.map(unreadable),
    ...base.diagnostics,
    ...overlays.diagnostics,
    ...duplicates(base.documents),
    ...duplicates(overlays.documents),
  ];
  const documents = overlaid(base.documents, overlays.documents, (diagnostic) => found.push(diagnostic));
  for (const document of documents) found.push(...checkDocument(document));
  found.push(...meshProblems(documents, found));
  const texts = [...base.texts, ...overlays.texts];
  const diagnostics = sortDiagnostics(found);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { texts, diagnostics };
  return { spec: assemble(documents, environment ?? 'default'), texts, diagnostics };
}

function readAll(sources: readonly Source[], strictFiles: boolean) {
  const texts: SourceText[] = [];
  const documents: Written[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of sources) {
    const parsed = parseSource(source);
    texts.push(parsed.text);
    diagnostics.push(...parsed.diagnostics);
    for (const document of parsed.documents) {
      const recognised = recognise(document, strictFiles);
      diagnostics.push(...recognised.diagnostics);
      if (recognised.written !== undefined) documents.push(recognised.written);
    }
  }
  return { texts, documents, diagnostics };
}
