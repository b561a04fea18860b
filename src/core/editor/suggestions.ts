import { absoluteId } from '../spec/absolute-id.ts';
import { isDocumentKind, kindsBeside } from '../spec/field-schema.ts';
import { kinds } from '../spec/kinds.ts';
import { resolved, type Schema, schemaAt } from '../spec/schema.ts';
import { type Cursor, cursors } from './cursor.ts';
import type { NameUse } from './name-use.ts';

/** A word that may be written at the cursor. */
export interface Suggestion {
  readonly word: string;
  /** The language's description of a field, or the place where a name is defined. */
  readonly description: string;
  readonly is: 'field' | 'word' | 'name';
}

/** The options of the platforms, for `targets.*.options`. */
export type OptionSchemas = Readonly<Record<string, Schema | undefined>>;

/** Returns the words that may be written at the end of a text, which is the text of a file up to the cursor. */
export function suggestions(
  text: string,
  names: readonly NameUse[],
  optionSchemas: OptionSchemas,
): readonly Suggestion[] {
  const found = cursors(text).flatMap((cursor) => at(cursor, names, optionSchemas));
  const seen = new Set<string>();
  return found.filter(({ word }) => !seen.has(word) && seen.add(word));
}

function at(cursor: Cursor, names: readonly NameUse[], optionSchemas: OptionSchemas): readonly Suggestion[] {
  const { document, path, part } = cursor;
  const kind = entry(document, 'kind');
  if (path.length === 0 || (path.length === 1 && path[0] === 'kind')) return atTop(cursor);
  if (!isDocumentKind(kind)) return [];
  const schema = optionsAt(cursor, optionSchemas) ?? schemaAt(`${kind}Document`, path);
  if (schema === undefined) return [];
  if (part === 'key') return fields(schema, valueAt(document, path));
  return [
    ...words(schema),
    ...namesAt(cursor, schema, names),
    ...(isBelowKey(schema) ? fields(schema, undefined) : []),
  ];
}

/** Returns the schema of the options of a target, or of one of them; undefined for other places. */
function optionsAt({ document, path }: Cursor, schemas: OptionSchemas): Schema | undefined {
  const [spec, targets, target, options, ...rest] = path;
  if (spec !== 'spec' || targets !== 'targets' || options !== 'options' || target === undefined)
    return undefined;
  const platform = entry(valueAt(document, [spec, targets, target]), 'platform');
  let schema =
    typeof platform === 'string' && Object.hasOwn(schemas, platform) ? schemas[platform] : undefined;
  for (const key of rest) {
    const next: Schema | boolean | undefined = schema?.properties?.[key] ?? schema?.additionalProperties;
    schema = typeof next === 'object' ? next : undefined;
  }
  return schema;
}

function atTop({ document, path }: Cursor): readonly Suggestion[] {
  if (path[0] === 'kind')
    return [...kinds, ...kindsBeside].map((word) => ({
      word,
      description: schemaAt(`${word}Document`, [])?.description ?? '',
      is: 'word',
    }));
  return fields(schemaAt('ServiceDocument', []) ?? {}, document);
}

function isBelowKey({ type }: Schema): boolean {
  return ([] as unknown[]).concat(type ?? []).includes('object');
}

/** Returns the fields of a map that its value doesn't have. */
function fields({ properties = {} }: Schema, value: unknown): readonly Suggestion[] {
  const given = typeof value === 'object' && value !== null ? value : {};
  return Object.entries(properties)
    .filter(([word, schema]) => schema !== false && !Object.hasOwn(given, word))
    .map(([word, schema]) => ({ word, description: descriptionOf(schema), is: 'field' }));
}

function descriptionOf(schema: Schema | boolean): string {
  return typeof schema === 'object' ? (schema.description ?? resolved(schema).description ?? '') : '';
}

/** Returns the words that a schema lists, in its conditions, too. */
function words(schema: Schema): readonly Suggestion[] {
  const { enum: listed = [], const: only, type, description = '' } = schema;
  const inner = [schema.then, schema.else].flatMap((one) => (one === undefined ? [] : words(one)));
  const own = [
    ...listed,
    ...(only === undefined ? [] : [only]),
    ...(type === 'boolean' ? [true, false] : []),
  ];
  return [...own.map((word) => ({ word: String(word), description, is: 'word' }) as const), ...inner];
}

function namesAt(
  { document, path }: Cursor,
  { title = '' }: Schema,
  names: readonly NameUse[],
): readonly Suggestion[] {
  const written = entry(entry(document, 'metadata'), 'namespace');
  const namespace = typeof written === 'string' ? written : 'default';
  const thing =
    title === 'GatewayReference'
      ? 'gateway'
      : /^(?:ServiceReference|Principal|Call)$/.test(title)
        ? 'service'
        : undefined;
  const key = path.at(-1);
  const known = names.filter(({ isDefinition }) => isDefinition);
  if (thing !== undefined)
    return known
      .filter((use) => use.thing === thing)
      .map((use) => suggestion(use, shortName(use.id, namespace)));
  if (title !== 'DnsLabel') return [];
  if (key === 'namespace')
    return known.filter((use) => use.thing === 'namespace').map((use) => suggestion(use, use.name));
  const isVersion = key === 'version' || ((key === 'from' || key === 'to') && path.length === 2);
  const service = isVersion ? serviceAround(document, path, namespace) : undefined;
  return known
    .filter((use) => use.thing === 'version' && use.id.startsWith(`${service ?? ''} `))
    .map((use) => suggestion(use, use.name));
}

/** Returns the service that a version belongs to: of the backend, or else of the document. */
function serviceAround(document: unknown, path: Cursor['path'], namespace: string): string | undefined {
  const near =
    entry(valueAt(document, path.slice(0, -1)), 'service') ?? entry(entry(document, 'spec'), 'service');
  return typeof near === 'string' ? absoluteId(near, namespace) : undefined;
}

function shortName(id: string, namespace: string): string {
  return id.startsWith(`${namespace}/`) ? id.slice(namespace.length + 1) : id;
}

function suggestion({ location: { file, range } }: NameUse, word: string): Suggestion {
  return { word, description: `${file}:${String(range.start.line)}`, is: 'name' };
}

function valueAt(value: unknown, path: Cursor['path']): unknown {
  let found = value;
  for (const key of path) found = entry(found, key);
  return found;
}

function entry(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}
