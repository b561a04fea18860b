import type { FieldDocs, InnerField } from '../../core/explain/field-docs.ts';
import { firstSentence } from '../../core/lib/first-sentence.ts';
import { flow } from '../../core/lib/flow.ts';
import type { Palette } from '../palette.ts';
import { wrap } from '../wrap.ts';

/** Returns the docs of a field or kind, and of the fields in it. */
export function fieldText(docs: FieldDocs, palette: Palette, columns: number): string {
  const { path, type, required, description, typeDescription, values, examples, fields } = docs;
  const kind = type === path ? '' : `  ${palette.faint(type)}`;
  const lines = [`${palette.strong(path)}${kind}${required ? palette.warning('  compulsory') : ''}`];
  lines.push(...paragraph(description, columns));
  if (typeDescription !== undefined && fields.length === 0)
    lines.push(...paragraph(typeDescription, columns));
  if ('default' in docs) lines.push(`  default  ${flow(docs.default)}`);
  if (values) lines.push(...hanging('  one of   ', values.map(flow).join(', '), columns));
  for (const example of examples.slice(0, 3)) lines.push(...hanging('  example  ', flow(example), columns));
  if (fields.length > 0) lines.push('', ...fields.flatMap((field) => inner(field, palette, columns)));
  return lines.map((line) => `${line}\n`).join('');
}

function inner(
  { name, type, required, description }: InnerField,
  palette: Palette,
  columns: number,
): readonly string[] {
  const head = `  ${palette.place(name)}  ${palette.faint(type)}${required ? palette.warning('  compulsory') : ''}`;
  return [
    head,
    ...wrap(firstSentence(description), columns - 6)
      .split('\n')
      .map((line) => `      ${line}`),
  ];
}

function paragraph(text: string, columns: number): readonly string[] {
  return wrap(text, columns - 2)
    .split('\n')
    .map((line) => `  ${line}`);
}

function hanging(head: string, text: string, columns: number): readonly string[] {
  const lines = wrap(text, columns - head.length).split('\n');
  return lines.map((line, index) => (index === 0 ? head : ' '.repeat(head.length)) + line);
}
