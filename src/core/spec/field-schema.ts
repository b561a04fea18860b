import bundle from '../../../schemas/mesh.json' with { type: 'json' };
import { isKind } from './kinds.ts';

/** The part of a JSON Schema from which docs are made. */
export interface FieldSchema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: FieldSchema | boolean;
  readonly items?: FieldSchema;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

const definitions = bundle.$defs as unknown as Readonly<Record<string, FieldSchema>>;

/** The names of the language's types that are not kinds. */
export const definitionNames: readonly string[] = Object.keys(definitions).filter(
  (name) => !name.endsWith('Document'),
);

/** The kinds of documents that stand beside a mesh: suites of tests. */
export const kindsBeside: readonly string[] = Object.keys(definitions)
  .filter((name) => name.endsWith('Document'))
  .map((name) => name.replace(/Document$/, ''))
  .filter((name) => !isKind(name));

/** Returns true for a kind of documents, also of those beside a mesh. */
export function isDocumentKind(text: unknown): text is string {
  return isKind(text) || kindsBeside.includes(text as string);
}

/** Returns the schema of a kind, also of one beside a mesh, or of a type. */
export function definitionOf(name: string): FieldSchema {
  return definitions[isDocumentKind(name) ? `${name}Document` : name] ?? {};
}

/** Returns a schema merged with the definition that its `$ref` names; the schema's own keywords win. */
export function resolved(schema: FieldSchema): FieldSchema {
  const { $ref, ...own } = schema;
  return $ref === undefined ? schema : { ...resolved(definitionOf($ref.replace('#/$defs/', ''))), ...own };
}
