import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Written } from './recognise.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { validators } from './validate.gen.ts';
import { valueLimits } from './value-limits.ts';

/**
 * Returns the findings about a document's text, then about its fields. If values could not be read from the text,
 * fields are not checked. A place with one finding gets no other.
 */
export function checkDocument({ kind, value, diagnostics, isWhole }: Written): readonly Diagnostic[] {
  if (!isWhole) return diagnostics;
  const isValid = validators[kind];
  if (isValid(value)) return [...diagnostics, ...valueLimits(kind, value)];
  const told = new Set(diagnostics.map(startKey));
  const found = schemaDiagnostics(value, isValid.errors ?? []);
  return [...diagnostics, ...found.filter((diagnostic) => !told.has(startKey(diagnostic)))];
}

function startKey({ location: { file, range } }: Diagnostic): string {
  return `${file}:${String(range.start.line)}:${String(range.start.column)}`;
}
