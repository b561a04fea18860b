import { didYouMean } from '../lib/did-you-mean.ts';
import {
  definitionNames,
  definitionOf,
  type FieldSchema,
  kindsBeside,
  resolved,
} from '../spec/field-schema.ts';
import { kinds } from '../spec/kinds.ts';

/** A field inside another, in short. */
export interface InnerField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** The language's description of a kind or a field. */
export interface FieldDocs {
  /** `Route.spec.rules.retries`; a name that users choose is `<name>`. */
  readonly path: string;
  readonly type: string;
  readonly description: string;
  /** The language's description of the type, if it differs from the description of the field. */
  readonly typeDescription?: string;
  /** JSON data. */
  readonly default?: unknown;
  readonly values?: readonly unknown[];
  readonly examples: readonly unknown[];
  readonly required: boolean;
  readonly fields: readonly InnerField[];
}

/**
 * Returns the docs of `KIND`, `KIND.FIELD…` or a type of the language, such as `Retries`. `spec`, positions in lists
 * and names in maps may be left out; the kind's case doesn't matter.
 */
export function fieldDocs(text: string): { readonly docs: FieldDocs } | { readonly problem: string } {
  const [head = '', ...rest] = text.split('.').map((part) => part.replace(/\[[^\]]*\]$/, ''));
  const known = [...kinds, ...kindsBeside, ...definitionNames];
  const name = known.find((candidate) => candidate.toLowerCase() === head.toLowerCase());
  if (name === undefined)
    return { problem: `there is no kind ${quote(head)}${didYouMean(head, [...kinds, ...kindsBeside])}` };
  const walked: string[] = [name];
  let schema = definitionOf(name);
  let required = false;
  for (const part of rest.filter((key) => key !== '' && !/^\d+$/.test(key))) {
    const step = stepInto(schema, part);
    if (step === undefined) return { problem: unknownField(walked.join('.'), part, schema) };
    walked.push(...step.path);
    ({ schema, required } = step);
  }
  return { docs: docsOf(walked.join('.'), schema, required) };
}

interface Step {
  readonly path: readonly string[];
  readonly schema: FieldSchema;
  readonly required: boolean;
}

/**
 * Returns the field `part` of a schema, of a list's entries, or of the parts that may be left out (`spec`, names of
 * maps).
 */
function stepInto(schema: FieldSchema, part: string): Step | undefined {
  const owner = withFields(schema);
  const own = propertyOf(owner, part);
  if (own !== undefined) return { path: [part], ...own };
  const spec = propertyOf(owner, 'spec');
  if (spec !== undefined) {
    const inside = stepInto(spec.schema, part);
    return inside && { ...inside, path: ['spec', ...inside.path] };
  }
  const values = valuesOf(owner);
  if (values === undefined) return undefined;
  const past = stepInto(values, part);
  return past
    ? { ...past, path: ['<name>', ...past.path] }
    : { path: ['<name>'], schema: values, required: false };
}

/** Returns the schema with the fields: for a list, the schema of its entries. */
function withFields(schema: FieldSchema): FieldSchema {
  const full = resolved(schema);
  return full.properties === undefined && full.items !== undefined ? withFields(full.items) : full;
}

function propertyOf({ properties, required }: FieldSchema, name: string): Omit<Step, 'path'> | undefined {
  if (properties === undefined || !Object.hasOwn(properties, name)) return undefined;
  const schema = properties[name];
  return schema && { schema, required: required?.includes(name) ?? false };
}

function valuesOf({ additionalProperties }: FieldSchema): FieldSchema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function docsOf(path: string, schema: FieldSchema, required: boolean): FieldDocs {
  const full = resolved(schema);
  const { description = '', examples = [], enum: values } = full;
  const typed =
    schema.$ref === undefined ? undefined : definitionOf(schema.$ref.replace('#/$defs/', '')).description;
  return {
    path,
    type: typeOf(schema),
    description,
    ...(typed !== undefined && typed !== description && { typeDescription: typed }),
    ...('default' in full && { default: full.default }),
    ...(values && { values }),
    examples,
    required,
    fields: innerFields(full),
  };
}

/**
 * Returns the fields of a schema; for a document the fields of its `spec`, for a list or map the fields of its entries.
 */
function innerFields(schema: FieldSchema): readonly InnerField[] {
  const owner = withFields(schema);
  const spec = owner.properties?.['apiVersion'] && owner.properties['spec'];
  if (spec) return innerFields(resolved(spec));
  const values = owner.properties === undefined ? valuesOf(owner) : undefined;
  if (values !== undefined) return innerFields(resolved(values));
  return Object.entries(owner.properties ?? {}).map(([name, field]) => ({
    name,
    type: typeOf(field),
    required: owner.required?.includes(name) ?? false,
    description: resolved(field).description ?? '',
  }));
}

/** Returns the type in words; a type of the language has its name. */
function typeOf(schema: FieldSchema): string {
  const full = resolved(schema);
  const types = typeof full.type === 'string' ? [full.type] : (full.type ?? []);
  const values = types.join() === 'object' && full.properties === undefined ? valuesOf(full) : undefined;
  if (values !== undefined) return `map of ${typeOf(values)}`;
  if (types.length === 1 && types[0] === 'array')
    return full.items ? `list of ${typeOf(full.items)}` : 'list';
  if (schema.$ref !== undefined || full.title !== undefined)
    return schema.$ref?.replace('#/$defs/', '') ?? full.title ?? '';
  return types.join(' or ');
}

function unknownField(path: string, part: string, schema: FieldSchema): string {
  const names = innerFields(schema).map(({ name }) => name);
  if (names.length === 0) return `${path} holds no fields`;
  return `${path} has no field ${quote(part)}${didYouMean(part, names)}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
