import type { ParsedDocument } from '../source/construct.ts';
import type { SourceText } from '../source/document.ts';
import { spanAlong } from '../source/locate.ts';
import { meshFile } from '../source/spec-files.ts';
import { HiddenNames } from './hidden-names.ts';
import type { Written } from './recognise.ts';

/** A file that could not be parsed, or a document that could not be recognised. */
export type Unread = SourceText | ParsedDocument;

/** The documents of a spec with errors, for checks that need names alone. */
export interface BrokenSpec {
  /** All documents with overlays merged; the values of faulty documents violate their schemas. */
  readonly documents: readonly Written[];
  readonly faulty: ReadonlySet<Written>;
  /** Names that text without documents may define. */
  readonly hidden: HiddenNames;
}

interface Parts extends Omit<BrokenSpec, 'hidden'> {
  readonly unread: readonly Unread[];
  /** False if a file or an environment is missing. */
  readonly isWhole: boolean;
}

/** Returns the documents of a spec with errors, and the names that its unread and faulty parts may define. */
export function brokenSpec({ documents, faulty, unread, isWhole }: Parts): BrokenSpec {
  const hidden = new HiddenNames();
  // Without its Mesh a spec may hold files that `exclude` leaves out.
  if (!isWhole || unread.some((part) => fileOf(part) === meshFile)) hidden.addAny();
  for (const part of unread) addUnread(hidden, part);
  for (const document of faulty) addFaulty(hidden, document);
  return { documents, faulty, hidden };
}

function fileOf(part: Unread): string {
  return 'source' in part ? part.source.file : part.file;
}

function addUnread(hidden: HiddenNames, part: Unread): void {
  if (!('source' in part)) hidden.addText(part.text);
  else if (part.diagnostics.length > 0) hidden.addText(textOf(part));
  else addIdentity(hidden, part.value);
}

/** A document whose text has errors may hold further documents: only a line `---` between them is missing. */
function addFaulty(hidden: HiddenNames, { value, name, diagnostics, overlaid }: Written): void {
  if (diagnostics.length > 0 && overlaid !== undefined) hidden.addAny();
  else if (diagnostics.length > 0) hidden.addText(writtenText(value));
  else if (name === undefined) hidden.addValue(value);
  else addIdentity(hidden, value);
}

function writtenText(value: object): string {
  const { text, start, end } = spanAlong(value, []);
  return text.text.slice(start, end);
}

/** Adds the texts in which the kind, the name and the namespace of a document may be written: all but its spec. */
function addIdentity(hidden: HiddenNames, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { spec, ...rest } = value as Readonly<Record<string, unknown>>;
  const metadata = rest['metadata'];
  const isNamed = typeof metadata === 'object' && metadata !== null && 'name' in metadata;
  hidden.addValue(isNamed ? rest : { spec, ...rest });
}

function textOf({ source, location: { range } }: ParsedDocument): string {
  return source.text.slice(source.lineStarts[range.start.line - 1], source.lineStarts[range.end.line]);
}
