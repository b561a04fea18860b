import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { definitions, readSchemas, type Schema } from '../../../.config/schemas.ts';
import { meshCases } from '../../cases/cases.ts';

const all = definitions(readSchemas(fileURLToPath(new URL('../../../schemas/v1', import.meta.url))));

/** A value of a case that a field of the language allows to vary. */
export interface Field {
  /** Kind and path of the field; names that users choose are `*`. */
  readonly name: string;
  readonly type: string | undefined;
  readonly schema: Schema;
  readonly case: string;
  readonly file: string;
  readonly document: number;
  readonly path: readonly (string | number)[];
}

/** The documents of a case, by file. */
export type Files = ReadonlyMap<string, readonly unknown[]>;

/** Returns the documents of each case that an Envoy target compiles. */
export function caseFiles(): ReadonlyMap<string, Files> {
  const cases = meshCases().filter(
    ({ target, environment }) => target !== undefined && environment === undefined,
  );
  return new Map(cases.map(({ name, directory }) => [name, filesOf(directory)]));
}

function filesOf(directory: string): Files {
  const names = readdirSync(directory).filter((file) => file.endsWith('.yaml') && file !== 'case.yaml');
  return new Map(
    names.map((file) => [
      file,
      parseAllDocuments(readFileSync(path.join(directory, file), 'utf8')).map(
        (document) => document.toJS() as unknown,
      ),
    ]),
  );
}

/** Returns each field that a case has, at its first occurrence. */
export function writtenFields(cases: ReadonlyMap<string, Files>): readonly Field[] {
  const found = new Map<string, Field>();
  for (const [name, files] of cases)
    for (const [file, documents] of files)
      documents.forEach((value, document) => {
        const { kind } = value as { readonly kind: string };
        for (const field of leaves(kind, { $ref: `#/$defs/${kind}Document` }, value, []))
          if (!found.has(field.name)) found.set(field.name, { ...field, case: name, file, document });
      });
  // Leave out paths of files, which belong to the machine of a proxy.
  return [...found.values()].filter(
    ({ name, type }) => type !== 'FilePath' && !/\.(?:apiVersion|kind|file)$/.test(name),
  );
}

type Leaf = Pick<Field, 'name' | 'type' | 'schema' | 'path'>;

function* leaves(
  name: string,
  schema: Schema,
  value: unknown,
  at: readonly (string | number)[],
): Generator<Leaf> {
  const full = resolved(schema);
  if (typeof value !== 'object' || value === null) {
    const type = ((schema as { readonly $ref?: string }).$ref ?? '').replace('#/$defs/', '');
    yield { name, type: type === '' ? undefined : type, schema: full, path: at };
    return;
  }
  const properties = (full['properties'] ?? {}) as Readonly<Record<string, Schema | boolean>>;
  for (const [key, inner] of Object.entries(value)) {
    const list = Array.isArray(value);
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const next = list ? full['items'] : (known ?? full['additionalProperties']);
    if (typeof next !== 'object') continue;
    const part = list ? '[]' : known === undefined ? '*' : key;
    yield* leaves(`${name}.${part}`, next as Schema, inner, [...at, list ? Number(key) : key]);
  }
}

function resolved(schema: Schema): Schema {
  const { $ref, ...own } = schema;
  return typeof $ref === 'string' ? { ...resolved(all[$ref.replace('#/$defs/', '')] ?? {}), ...own } : schema;
}

/** Returns the documents with another value of a field. */
export function withValue(files: Files, field: Field, value: unknown): Files {
  const documents = structuredClone(files.get(field.file) ?? []);
  let container = documents[field.document] as Record<string | number, unknown>;
  for (const key of field.path.slice(0, -1)) container = container[key] as Record<string | number, unknown>;
  container[field.path.at(-1) ?? ''] = value;
  return new Map([...files, [field.file, documents]]);
}
