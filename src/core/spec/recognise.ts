import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { closest } from '../lib/closest.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { escapeControl } from '../lib/escape-control.ts';
import type { ParsedDocument } from '../source/construct.ts';
import { locate } from '../source/locate.ts';
import { describeValue, shown } from './describe-value.ts';
import { isKind, kinds, kindsWithoutNamespace } from './kinds.ts';
import { messages } from './load-messages.ts';
import { isMistakenVersion } from './mistaken-version.ts';
import { replacement } from './replacement.ts';
import { messages as fieldMessages } from './schema-messages.ts';
import type { Kind } from './spec.ts';

/** The group of versions of suites of tests, which `mesh test` alone reads and checks. */
export const suiteGroup = 'mesh.test/';

/** A document of the mesh language whose fields have not been checked. */
export interface Written {
  readonly kind: Kind;
  readonly value: Readonly<Record<string, unknown>>;
  readonly namespace: string;
  /** `undefined` if the document has no name. */
  readonly name: string | undefined;
  /** Findings about the document's text. */
  readonly diagnostics: readonly Diagnostic[];
  readonly isWhole: boolean;
  /** The value of the base document that an overlay was merged over. */
  readonly overlaid?: Readonly<Record<string, unknown>>;
}

/** Recognises documents of the mesh language; other documents are skipped unless `strictFiles`. */
export function recognise(
  document: ParsedDocument,
  strictFiles: boolean,
): { readonly written?: Written; readonly diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = document;
  if (!isMap(value)) {
    const held = heldDocuments(value);
    return { diagnostics: held.length > 0 ? held : strictFiles ? foreign(document) : [] };
  }
  const { apiVersion, kind } = value;
  if (apiVersion === 'mesh/v1') {
    if (isKind(kind)) return { written: writtenAs(kind, value, document), diagnostics: [] };
    return { diagnostics: [...diagnostics, unknownKind(value, kind)] };
  }
  if (typeof apiVersion === 'string' && isMistakenVersion(value, apiVersion)) {
    const location = locate(value, 'apiVersion');
    const found = shown(apiVersion);
    return {
      diagnostics: [
        ...diagnostics,
        finding(messages, 'MESH1120', location, { found }, replacement(location, 'mesh/v1')),
      ],
    };
  }
  if (typeof apiVersion !== 'string') {
    const missing = withoutVersion(value);
    if (missing.length > 0 || ('apiVersion' in value && diagnostics.length > 0))
      return { diagnostics: [...diagnostics, ...missing] };
  }
  const held = heldDocuments(value['items']);
  if (held.length > 0) return { diagnostics: [...diagnostics, ...held] };
  return { diagnostics: strictFiles ? [...diagnostics, ...foreign(document)] : [] };
}

/** Returns the finding about a document that was meant to be one of the mesh language and has no apiVersion. */
function withoutVersion(value: Written['value']): readonly Diagnostic[] {
  const key = Object.keys(value).find((other) => other !== 'kind' && value[other] === 'mesh/v1');
  if (key !== undefined) {
    const location = locate(value, key, 'key');
    const values = { field: escapeControl(key), hint: '; did you mean "apiVersion"?' };
    return [finding(fieldMessages, 'MESH1100', location, values, replacement(location, 'apiVersion'))];
  }
  const { kind, metadata, spec } = value;
  const isMisspelt = typeof kind === 'string' && closest(kind, kinds) !== undefined;
  if (isMisspelt || (!('kind' in value) && isMap(metadata) && 'name' in metadata && isMap(spec)))
    return [apiVersionMissing(value)];
  return [];
}

function apiVersionMissing(value: Written['value']): Diagnostic {
  const first = 'kind' in value ? 'kind' : Object.keys(value)[0];
  const location = locate(value, first, 'key');
  const { start } = location.range;
  const edits = [{ location: { ...location, range: { start, end: start } }, text: 'apiVersion: mesh/v1\n' }];
  const isAtMargin = start.column === 1;
  const fix = { title: 'add apiVersion: mesh/v1', edits };
  return finding(messages, 'MESH1122', location, {}, isAtMargin ? { fix } : {});
}

/** Returns a finding for each document of the mesh language that is an item of a list. */
function heldDocuments(items: unknown): readonly Diagnostic[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) =>
    isMap(item) && typeof item['apiVersion'] === 'string' && /^mesh\//i.test(item['apiVersion'])
      ? [finding(messages, 'MESH1060', locate(item, 'apiVersion'), {})]
      : [],
  );
}

function writtenAs(kind: Kind, value: Written['value'], { diagnostics, isWhole }: ParsedDocument): Written {
  const metadata = isMap(value['metadata']) ? value['metadata'] : {};
  const { name, namespace: written = 'default' } = metadata;
  const namespace = kindsWithoutNamespace.has(kind) ? '' : written;
  const isNamed = typeof name === 'string' && typeof namespace === 'string';
  return {
    kind,
    value,
    ...(isNamed ? { namespace, name } : { namespace: '', name: undefined }),
    diagnostics,
    isWhole,
  };
}

function unknownKind(value: Written['value'], kind: unknown): Diagnostic {
  if (!('kind' in value)) {
    return finding(fieldMessages, 'MESH1101', locate(value, 'apiVersion', 'key'), {
      what: '"kind"',
      where: '',
    });
  }
  const word = typeof kind === 'string' ? kind : '';
  const location = locate(value, 'kind');
  const values = { found: shown(kind), hint: didYouMean(word, kinds) };
  return finding(messages, 'MESH1121', location, values, replacement(location, closest(word, kinds)));
}

function foreign({ value, location }: ParsedDocument): readonly Diagnostic[] {
  if (value === null) return [];
  if (!isMap(value)) return [finding(messages, 'MESH1123', location, { found: describeValue(value) })];
  if (String(value['apiVersion']).startsWith(suiteGroup)) return [];
  const hasVersion = 'apiVersion' in value;
  const found = hasVersion ? `apiVersion is ${shown(value['apiVersion'])}` : 'it has no apiVersion';
  return [finding(messages, 'MESH1123', hasVersion ? locate(value, 'apiVersion') : location, { found })];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
