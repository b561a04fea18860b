import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { definitions, readSchemas, type Schema } from '../../.config/schemas.ts';

const schemas = readSchemas(fileURLToPath(new URL('../../schemas/v1', import.meta.url)));
const all = definitions(schemas);

/** The kinds of documents. */
export const kinds = Object.keys(schemas.kinds);

/** The sorted names of all fields of the schemas. */
export const fields = [...fieldsOf(Object.values(all))].sort();

function fieldsOf(value: unknown): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const { properties = {} } = value as { readonly properties?: Schema };
  const own = Object.entries(properties).flatMap(([name, part]) => (part === false ? [] : [name]));
  return new Set([...own, ...Object.values(value).flatMap((part) => [...fieldsOf(part)])]);
}

/** Returns documents of a kind that conform to its schema, small and large, with any meaning. */
export function documentsOf(kind: string): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return valuesOf(all[`${kind}Document`] ?? {}, 9) as fc.Arbitrary<Readonly<Record<string, unknown>>>;
}

/** Returns true if a value conforms to the schema of a kind, according to ajv. */
export function keepsSchema(kind: string, value: unknown): boolean {
  return validator({ $ref: `#/$defs/${kind}Document` })(value);
}

const ajv = new Ajv2020({ strict: false, allErrors: false });
const validators = new Map<string, (value: unknown) => boolean>();

function validator(schema: Schema): (value: unknown) => boolean {
  const text = JSON.stringify(schema);
  const known = validators.get(text);
  if (known !== undefined) return known;
  const validate = ajv.compile({ ...schema, $defs: all });
  const made = (value: unknown): boolean => validate(value);
  validators.set(text, made);
  return made;
}

const arbitraries = new Map<string, fc.Arbitrary<unknown>>();

/** Returns values that conform to a schema, with at most `depth` nested objects unless the schema requires more. */
function valuesOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const { $ref, ...beside } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.replace('#/$defs/', '');
    return valuesOf({ ...all[name], ...beside }, depth);
  }
  const key = `${String(depth)} ${JSON.stringify(schema)}`;
  const known = arbitraries.get(key);
  if (known !== undefined) return known;
  const made = conditional.some((keyword) => keyword in schema)
    ? plainValues(schema, depth).filter(patient(schema))
    : plainValues(schema, depth);
  arbitraries.set(key, made);
  return made;
}

/** Returns values that are generated only when needed, since schemas may contain themselves. */
function later(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  return fc.constant(null).chain(() => valuesOf(schema, depth));
}

/** Throws after many invalid values of a schema, for which no valid value can be generated. */
function patient(schema: Schema): (value: unknown) => boolean {
  const keeps = validator(schema);
  let misses = 0;
  return (value) => {
    misses = keeps(value) ? 0 : misses + 1;
    if (misses > 10_000)
      throw new Error(`no value of ${String(schema['title'])} was found: ${JSON.stringify(value)}`);
    return misses === 0;
  };
}

/** Keywords that the generator ignores; ajv filters the results. */
const conditional = ['if', 'dependentRequired', 'dependentSchemas'];

function plainValues(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const said = [schema['type'] ?? anyType].flat() as string[];
  const flat = said.filter((type) => type !== 'object' && type !== 'array');
  const types = depth <= 0 && flat.length > 0 ? flat : said;
  const values = types.map((type) => ofType[type]?.(schema, depth) ?? fc.constant(null));
  const examples = [schema['examples'] ?? []].flat().filter(validator(schema));
  // Names come mostly from the examples, so that documents refer to each other; objects mostly don't.
  const weight = types.includes('object') ? 1 : 8;
  return fc.oneof(
    ...(examples.length === 0 ? [] : [{ weight, arbitrary: fc.constantFrom(...examples) }]),
    ...values.map((arbitrary) => ({ weight: types.includes('object') ? 6 : 1, arbitrary })),
  );
}

const anyType = ['string', 'integer', 'boolean'];

const ofType: Readonly<Record<string, (schema: Schema, depth: number) => fc.Arbitrary<unknown>>> = {
  string: texts,
  boolean: () => fc.boolean(),
  integer: (schema) => fc.integer({ min: bound(schema, 'minimum', 0), max: bound(schema, 'maximum', 1e6) }),
  number: (schema) =>
    fc
      .integer({ min: bound(schema, 'minimum', 0) * 100, max: bound(schema, 'maximum', 1000) * 100 })
      .map((number) => number / 100)
      .filter(patient({ ...schema, type: 'number' })),
  array: (schema, depth) => {
    const minLength = bound(schema, 'minItems', 0);
    const maxLength = depth <= 0 ? minLength : Math.min(bound(schema, 'maxItems', 3), 3);
    return fc.array(later((schema['items'] ?? {}) as Schema, depth - 1), { minLength, maxLength });
  },
  object: objects,
};

function texts(schema: Schema): fc.Arbitrary<string> {
  const conditions = branchesOf(schema);
  const words = conditions.flatMap((part) => [part['enum'] ?? part['const'] ?? []].flat() as string[]);
  const patterns = [schema, ...conditions].flatMap(({ pattern }) =>
    typeof pattern === 'string' ? [pattern] : [],
  );
  const any = fc.oneof(
    ...(words.length === 0 ? [] : [fc.constantFrom(...words)]),
    ...patterns.map((pattern) => fc.stringMatching(new RegExp(pattern.replaceAll(/\(\?=[^)]*\)/g, '')))),
    ...(words.length + patterns.length === 0 ? [fc.string({ unit: 'grapheme', maxLength: 20 })] : []),
  );
  return any.filter(patient({ ...schema, type: 'string' }));
}

/** Returns the branches of conditional keywords, at any depth. */
function branchesOf(schema: Schema): readonly Schema[] {
  return ['if', 'then', 'else'].flatMap((keyword) => {
    const branch = schema[keyword] as Schema | undefined;
    return typeof branch === 'object' ? [branch, ...branchesOf(branch)] : [];
  });
}

function objects(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries(
    (schema['properties'] ?? {}) as Readonly<Record<string, Schema | boolean>>,
  );
  const required = (schema['required'] ?? []) as readonly string[];
  const most = bound(schema, 'maxProperties', 99);
  const least = Math.max(bound(schema, 'minProperties', 0), required.length);
  const optional = properties.map(([name]) => name).filter((name) => !required.includes(name));
  const fewest = Math.min(Math.max(least - required.length, 0), optional.length);
  const highest = depth <= 0 ? fewest : Math.max(Math.min(optional.length, most - required.length), fewest);
  const free = freeKeys(schema, depth, Math.max(least - properties.length, 0), Math.min(most, 3));
  return fc
    .tuple(fc.subarray(optional, { minLength: fewest, maxLength: highest }), fc.nat(99), free)
    .chain(([chosen, thrift, entries]) => {
      // Generate few fields: documents with all fields usually contradict themselves.
      const kept = Math.max(fewest, Math.ceil((chosen.length * thrift) / 99));
      const names = new Set([...required, ...chosen.slice(0, kept)]);
      const fields = properties.filter(([name]) => names.has(name));
      const values = fields.map(([, part]) =>
        typeof part === 'boolean' ? fc.constant(null) : valuesOf(part, depth - 1),
      );
      return fc
        .tuple(...values)
        .map((made) => ({ ...Object.fromEntries(fields.map(([name], i) => [name, made[i]])), ...entries }));
    });
}

/** Returns entries of a map with keys that the user chooses. */
function freeKeys(
  schema: Schema,
  depth: number,
  least: number,
  most: number,
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const { additionalProperties: values, propertyNames: names } = schema;
  if (typeof values !== 'object' || values === null) return fc.constant({});
  const keys = valuesOf({ type: 'string', ...((names ?? {}) as Schema) }, 1) as fc.Arbitrary<string>;
  const small = depth <= 0 ? least : Math.max(least, most);
  return fc.dictionary(
    keys.filter((key) => key !== '__proto__'),
    later(values as Schema, depth - 1),
    {
      minKeys: least,
      maxKeys: small,
    },
  );
}

function bound(schema: Schema, keyword: string, otherwise: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : otherwise;
}
