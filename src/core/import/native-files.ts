import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { escapeControl } from '../lib/escape-control.ts';
import type { Location } from '../location.ts';
import type { SourceText } from '../source/document.ts';
import { locate } from '../source/locate.ts';
import { parseSource, type ValueBudget } from '../source/parse.ts';
import { mostValues } from '../source/possible-values.ts';
import type { Source } from '../source/source.ts';
import type { Field } from './field.ts';
import { messages } from './messages.ts';
import { documentName, type NativeDocument, nativeDocument } from './native-document.ts';
import { nativeTemplate } from './native-template.ts';

/** Native configuration as read from files. */
export interface NativeFiles {
  readonly documents: readonly NativeDocument[];
  /** Findings about texts, and those that `diagnostics` of a document adds as its fields are read. */
  readonly diagnostics: Diagnostic[];
  readonly texts: readonly SourceText[];
  /** Number of documents that could not be read, each with an error among the findings. */
  readonly refused: number;
}

/**
 * Reads files of YAML or JSON as native documents; the items of a `List` are documents of their own. A document with an error in
 * its text is refused whole. Returns findings for any bytes; never throws.
 */
export function nativeFiles(sources: readonly Source[]): NativeFiles {
  const budget: ValueBudget = { left: mostValues };
  const documents: NativeDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  const texts: SourceText[] = [];
  let refused = 0;
  for (const source of sources) {
    const parsed = parseSource(plain(source), budget, true);
    texts.push(parsed.text);
    const template = nativeTemplate(parsed);
    if (template !== undefined) {
      diagnostics.push(template);
      if (template.severity === 'error') refused += 1;
    } else {
      diagnostics.push(...parsed.diagnostics);
      if (parsed.diagnostics.some(({ severity }) => severity === 'error')) refused += 1;
    }
    for (const { value, location, diagnostics: own } of parsed.documents) {
      const errors = own.filter(({ severity, code }) => severity === 'error' && code !== octal);
      if (template === undefined) diagnostics.push(...errors);
      if (errors.length > 0) refused += template === undefined ? 1 : 0;
      else if (isMap(value)) documents.push(...objectsOf(value, location, diagnostics));
      else if (value !== null) {
        refused += 1;
        const values = { object: 'document', reason: 'it is no map of fields' };
        diagnostics.push(finding(messages, 'MESH7008', location, values));
      }
    }
  }
  return { documents, diagnostics, texts, refused };
}

/** Numbers in octal (file modes) are errors in the mesh language alone. */
const octal = 'MESH2074';

/** Tabs are blanks in JSON, and an error in the indentation of YAML. */
function plain(source: Source): Source {
  if (!source.file.endsWith('.json') || !source.bytes.includes(0x09)) return source;
  return { ...source, bytes: source.bytes.map((byte) => (byte === 0x09 ? 0x20 : byte)) };
}

/** The kind and version of the items of a typed list, which the API leaves out of each. */
type ItemHeader = Readonly<Record<'apiVersion' | 'kind', unknown>>;

/** Lists within lists are opened as far as this; deeper ones are documents of an unknown kind. */
const deepestList = 8;

function objectsOf(
  value: Readonly<Record<string, unknown>>,
  location: Location,
  diagnostics: Diagnostic[],
  header: Partial<ItemHeader> = {},
  depth = 0,
): readonly NativeDocument[] {
  const { kind = header.kind, apiVersion = header.apiVersion, items } = value;
  if (depth < deepestList && typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    const of = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
    return items.filter(isMap).flatMap((item) => objectsOf(item, locate(item), diagnostics, of, depth + 1));
  }
  const document: NativeDocument = nativeDocument(
    value,
    location,
    (field, expected) => {
      diagnostics.push(malformed(document, field, expected));
    },
    { apiVersion, kind },
  );
  return [document];
}

function malformed(document: NativeDocument, field: Field, expected: string): Diagnostic {
  const values = {
    field: escapeControl(field.name),
    object: escapeControl(documentName(document)),
    expected,
  };
  return finding(messages, 'MESH7002', field.location, values);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
