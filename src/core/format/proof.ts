import { Parser } from 'yaml';
import { canonicalJson } from '../lib/canonical-json.ts';
import { parseSource } from '../source/parse.ts';

/**
 * Returns true if two texts of one file have the same meaning: equal documents except for the order of keys, and the
 * same comments in any places.
 */
export function saysTheSame(before: string, after: string): boolean {
  const [first, second] = [valuesOf(before), valuesOf(after)];
  return first !== undefined && first === second && comments(before) === comments(after);
}

function valuesOf(text: string): string | undefined {
  const { documents, diagnostics } = parseSource({ file: '', bytes: new TextEncoder().encode(text) });
  return diagnostics.length > 0 ? undefined : canonicalJson(documents.map(({ value }) => value));
}

function comments(text: string): string {
  const found: string[] = [];
  for (const token of new Parser().parse(text)) collect(token, found);
  return canonicalJson(found.sort());
}

/** Collects the comments in a tree of tokens, in nodes of any type. */
function collect(node: unknown, found: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, source } = node as { readonly type?: unknown; readonly source?: unknown };
  if (type === 'comment' && typeof source === 'string') found.push(source.trimEnd());
  else for (const child of Object.values(node)) collect(child, found);
}
