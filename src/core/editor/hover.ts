import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { explainCode } from '../explain/explain-code.ts';
import { type FieldDocs, fieldDocs } from '../explain/field-docs.ts';
import { flow } from '../lib/flow.ts';
import type { Position, Range } from '../location.ts';
import { spanAlong } from '../source/locate.ts';
import type { ParsedSource } from '../source/parse.ts';
import { entryAt } from '../source/path-at.ts';
import { locationAt, offsetOf } from '../source/span.ts';
import { isDocumentKind } from '../spec/field-schema.ts';
import type { NameUse } from './name-use.ts';

/** Returns what `mesh explain` says about the place, in Markdown; undefined if the place has no meaning. */
export function hoverAt(
  { text, documents }: ParsedSource,
  position: Position,
  names: readonly NameUse[],
  findings: readonly Diagnostic[],
): { readonly markdown: string; readonly range: Range } | undefined {
  const offset = offsetOf(text, position);
  const parts = findings.map(({ code }) => `**${code}** ${explainCode(code)?.message.explanation ?? ''}`);
  for (const { value } of documents) {
    const entry = entryAt(value, offset);
    if (entry === undefined || typeof value !== 'object' || value === null) continue;
    const { start, end } = spanAlong(value, entry.path, entry.part);
    const { range } = locationAt(text, start, end);
    const name = names.find(({ location }) => location.file === text.file && isIn(location.range, position));
    if (name !== undefined) parts.push(definedAt(name, names));
    const { kind } = value as { readonly kind?: unknown };
    const docs = isDocumentKind(kind) ? fieldDocs([kind, ...entry.path].join('.')) : undefined;
    if (docs !== undefined && 'docs' in docs) parts.push(fieldMarkdown(docs.docs));
    return parts.length === 0 ? undefined : { markdown: parts.join('\n\n---\n\n'), range };
  }
  const [first] = findings;
  return first === undefined ? undefined : { markdown: parts.join('\n\n'), range: first.location.range };
}

function isIn({ start, end }: Range, { line, column }: Position): boolean {
  return start.line === line && start.column <= column && column <= end.column;
}

function definedAt({ thing, id }: NameUse, names: readonly NameUse[]): string {
  const places = names
    .filter((use) => use.isDefinition && use.thing === thing && use.id === id)
    .map(({ location: { file, range } }) => `${file}:${String(range.start.line)}`);
  const where = places.length === 0 ? 'no document defines it' : places.slice(0, 5).join(', ');
  return `${thing} \`${id}\`: ${where}`;
}

function fieldMarkdown({
  path,
  type,
  required,
  description,
  typeDescription,
  values,
  examples,
  ...rest
}: FieldDocs): string {
  const lines = [`**${path}** \`${type}\`${required ? ' compulsory' : ''}`, description];
  if (typeDescription !== undefined) lines.push(typeDescription);
  if ('default' in rest) lines.push(`Default: \`${flow(rest.default)}\``);
  if (values) lines.push(`One of ${values.map((value) => `\`${flow(value)}\``).join(', ')}`);
  if (examples.length > 0)
    lines.push(
      examples
        .slice(0, 3)
        .map((example) => `\`${flow(example)}\``)
        .join('  \n'),
    );
  return lines.join('\n\n');
}
