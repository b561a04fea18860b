import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { parseSource } from '../../../src/core/source/parse.ts';

/** Reads a text or bytes as a file called `f.yaml`. */
export function read(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const { documents, diagnostics, text } = parseSource({ file: 'f.yaml', bytes });
  const all = [...diagnostics, ...documents.flatMap((document) => document.diagnostics)];
  return {
    documents,
    text,
    diagnostics: all,
    values: documents.map(({ value }) => value),
    found: all.map(brief),
  };
}

/** Returns a finding as `CODE line:column-line:column`. */
function brief({ code, location: { range } }: Diagnostic): string {
  return `${code} ${String(range.start.line)}:${String(range.start.column)}-${String(range.end.line)}:${String(range.end.column)}`;
}
