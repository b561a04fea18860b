import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

type Schema = Readonly<Record<string, unknown>>;

/** A schema within a file, with its JSON pointer and its context. */
interface Place {
  readonly file: string;
  readonly pointer: string;
  readonly schema: Schema;
  readonly role: 'property' | 'definition' | 'condition' | 'part';
  readonly name: string;
}

interface Wrong {
  readonly kind?: string;
  readonly spec?: unknown;
  readonly document?: { readonly kind: string };
  readonly finding: string | readonly string[];
}

const folder = fileURLToPath(new URL('../../../schemas/v1/', import.meta.url));
const base = 'https://meshwright.dev/schemas/v1/';
const files = readdirSync(folder).sort();
const schemas = new Map(
  files.map((file) => [file, JSON.parse(readFileSync(folder + file, 'utf8')) as Schema]),
);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
for (const schema of schemas.values()) ajv.addSchema(schema);
const places = files.flatMap((file) => walk(file, '', schemas.get(file) ?? {}, 'part', file));
const described = places.filter(({ role }) => role !== 'condition');

describe('the schemas of the language', () => {
  it('are one for each kind, and one with the shared definitions', () => {
    expect(files).toEqual(
      ['access', 'authentication', 'common', 'external', 'gateway', 'guardrail']
        .concat(['mesh', 'profile', 'rollout', 'route', 'service'])
        .map((name) => `${name}.json`),
    );
    for (const [file, schema] of schemas) expect(schema['$id']).toBe(base + file);
  });

  it('each property and definition has its own description', () => {
    const wanting = described
      .filter(({ role }) => role === 'property' || role === 'definition')
      .filter(
        ({ schema, name }) =>
          !(typeof schema['description'] === 'string' && says(schema['description'], name)),
      );
    expect(wanting.map(at)).toEqual([]);
    expect(described.filter(({ role }) => role === 'property').length).toBeGreaterThan(250);
  });

  it('each kind of output excludes the other kinds', () => {
    const { Output } = schemas.get('mesh.json')?.['$defs'] as Readonly<Record<'Output', Schema>>;
    const kinds = Object.keys(Output['properties'] as object).filter((name) => !/^(path|seenAs)$/.test(name));
    const alone = Object.fromEntries(kinds.map((kind) => [kind, { maxProperties: 1 }]));
    expect(Output['dependentSchemas'], 'Output in schemas/v1/mesh.json').toEqual(alone);
  });

  it('each object is closed, or describes the values of a map', () => {
    const open = described
      .filter(({ schema }) => types(schema).includes('object'))
      .filter(({ schema }) => schema['additionalProperties'] === undefined);
    const free = described.filter(({ schema }) => schema['additionalProperties'] === true);
    expect(open.map(at)).toEqual([]);
    // Fields for which a platform's own schema or RFC 7517 applies.
    expect(free.map(at)).toEqual([
      'authentication.json#/$defs/Jwks/properties/inline',
      'mesh.json#/$defs/Target/properties/options',
    ]);
  });

  it('the keys of each map are restricted', () => {
    const maps = described.filter(({ schema }) => typeof schema['additionalProperties'] === 'object');
    // Issuers choose the names of claims.
    expect(maps.filter(({ schema }) => schema['propertyNames'] === undefined).map(at)).toEqual([
      'access.json#/$defs/Claims',
      'access.json#/$defs/ClaimCondition',
    ]);
  });

  it('each definition is used', () => {
    const used = new Set(places.flatMap(({ file, schema }) => targets(file, schema)));
    const all = places.filter(({ role }) => role === 'definition').map(at);
    expect(all.filter((definition) => !used.has(definition))).toEqual([]);
  });

  it('each definition has its name as title, and no title occurs twice', () => {
    for (const { schema, name } of places.filter(({ role }) => role === 'definition'))
      expect(schema['title']).toBe(name);
    const titles = described.map(({ schema }) => schema['title']).filter((title) => title !== undefined);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('examples and defaults are valid', () => {
    const refused = described.flatMap((place) => {
      const { $ref, ...rest } = place.schema;
      const values = [
        ...((rest['examples'] as readonly unknown[] | undefined) ?? []),
        ...('default' in rest ? [rest['default']] : []),
      ];
      const takes = ajv.compile({ $ref: `${base}${at(place)}` });
      return values.filter((value) => !takes(value)).map((value) => `${at(place)} ${JSON.stringify(value)}`);
    });
    expect(refused).toEqual([]);
  });

  it('a Service, an External and a Profile have the same settings', () => {
    const settings = Object.keys(propertiesAt('common.json', '/$defs/Settings'));
    const settingsOf = (file: string) =>
      Object.entries(propertiesAt(file, '/properties/spec'))
        .filter(([, { $ref }]) => String($ref).includes('/Settings/properties/'))
        .map(([name]) => name);
    expect(settings).toEqual([
      'timeout',
      'retries',
      'connections',
      'outlierDetection',
      'loadBalancing',
      'retryBudget',
      'rateLimit',
      'locality',
      'telemetry',
    ]);
    expect(settingsOf('service.json')).toEqual(settings);
    // An External has no proxies that could report telemetry.
    expect(settingsOf('external.json')).toEqual(settings.filter((name) => name !== 'telemetry'));
  });
});

describe('documents', () => {
  it.each(['language.yaml', 'every-field.yaml'])('of %s pass', (file) => {
    for (const document of parseAllDocuments(text(file))) {
      const value = document.toJS() as {
        readonly kind: string;
        readonly metadata: { readonly name: string };
      };
      expect({ name: value.metadata.name, findings: findings(value) }).toEqual({
        name: value.metadata.name,
        findings: [],
      });
    }
  });

  it('together have every property of the language', () => {
    const seen = new Set<string>();
    for (const file of ['language.yaml', 'every-field.yaml']) {
      for (const document of parseAllDocuments(text(file))) {
        const value = document.toJS() as { readonly kind: string };
        visit(
          `${value.kind.toLowerCase()}.json`,
          schemas.get(`${value.kind.toLowerCase()}.json`) ?? {},
          value,
          seen,
        );
      }
    }
    const all = described.filter(({ role }) => role === 'property').map(at);
    const missing = all.filter((property) => !seen.has(property));
    expect(missing, 'Use these fields in test/core/spec/documents/every-field.yaml.').toEqual([]);
  });

  const wrong = parse(text('wrong.yaml')) as readonly Wrong[];
  it.each(
    wrong.map((entry, index) => ({
      ...entry,
      title: `${String(index)}: ${[entry.finding].flat().join(', ')}`,
    })),
  )('are refused where they are wrong: $title', ({ kind, spec, document, finding }) => {
    const value = document ?? { apiVersion: 'mesh/v1', kind: kind ?? '', metadata: { name: 'a' }, spec };
    expect(findings(value)).toEqual([finding].flat());
  });
});

/** Returns ajv's errors without those that only report an error below. */
function findings(document: { readonly kind: string }): readonly string[] {
  const validate = ajv.getSchema(`${base}${document.kind.toLowerCase()}.json`);
  if (validate === undefined) throw new Error(`no schema for ${document.kind}`);
  if (validate(document) === true) return [];
  return (validate.errors ?? [])
    .filter(({ keyword, propertyName }) => keyword !== 'if' && propertyName === undefined)
    .map(finding);
}

function finding({ instancePath, keyword, params }: ErrorObject): string {
  const { additionalProperty, missingProperty, propertyName } = params as Readonly<
    Record<string, string | undefined>
  >;
  return [instancePath, keyword, additionalProperty ?? missingProperty ?? propertyName]
    .filter((part) => part !== undefined)
    .join(' ');
}

/**
 * Returns every schema in a schema, starting with itself. Schemas in `if`, `then` and similar keywords only restrict
 * fields that are described elsewhere.
 */
function walk(
  file: string,
  pointer: string,
  schema: Schema,
  role: Place['role'],
  name: string,
): readonly Place[] {
  const found: Place[] = [{ file, pointer, schema, role, name }];
  for (const [keyword, value] of Object.entries(schema)) {
    const condition =
      role === 'condition' ||
      ['if', 'then', 'else', 'not', 'dependentSchemas', 'propertyNames'].includes(keyword);
    const below = (path: string, part: unknown, own: Place['role'], ownName: string): void => {
      if (typeof part !== 'object' || part === null) return;
      found.push(...walk(file, pointer + path, part as Schema, condition ? 'condition' : own, ownName));
    };
    if (['properties', '$defs', 'dependentSchemas'].includes(keyword)) {
      const own = keyword === '$defs' ? 'definition' : 'property';
      for (const [key, part] of Object.entries(value as Schema)) below(`/${keyword}/${key}`, part, own, key);
    } else if (
      ['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not'].includes(keyword)
    ) {
      below(`/${keyword}`, value, 'part', name);
    }
  }
  return found;
}

/** Marks the properties of a value, along the schema that describes it. */
function visit(file: string, schema: Schema, value: unknown, seen: Set<string>, pointer = ''): void {
  const [target] = targets(file, schema);
  if (target !== undefined) {
    const [targetFile = '', inside = ''] = target.split('#');
    visit(targetFile, schemaAt(targetFile, inside), value, seen, inside);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) visit(file, (schema['items'] ?? {}) as Schema, item, seen, `${pointer}/items`);
  } else if (typeof value === 'object' && value !== null) {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    for (const [key, part] of Object.entries(value)) {
      const property = properties[key];
      if (property) seen.add(`${file}#${pointer}/properties/${key}`);
      const [next, path] = property
        ? [property, `/properties/${key}`]
        : [schema['additionalProperties'], '/additionalProperties'];
      if (typeof next !== 'object') continue;
      // The properties of a setting of a Service are defined among the Settings.
      const [reference] = targets(file, next as Schema);
      if (reference?.includes('/properties/')) seen.add(reference);
      visit(file, next as Schema, part, seen, pointer + path);
    }
  }
}

/** Returns the file and pointer that a schema refers to; a reference into a definition also uses the definition. */
function targets(file: string, { $ref }: Schema): readonly string[] {
  if (typeof $ref !== 'string') return [];
  const target = $ref.startsWith('#') ? file + $ref : $ref;
  return [target, target.split('/').slice(0, 3).join('/')];
}

function schemaAt(file: string, pointer: string): Schema {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Schema>((schema, key) => schema[key] as Schema, schemas.get(file) ?? {});
}

function propertiesAt(file: string, pointer: string): Readonly<Record<string, Schema>> {
  return schemaAt(file, pointer)['properties'] as Readonly<Record<string, Schema>>;
}

function says(description: string, name: string): boolean {
  return (
    description.length >= 15 && description.toLowerCase() !== name.toLowerCase() && /[.)]$/.test(description)
  );
}

function types({ type }: Schema): readonly unknown[] {
  return [type].flat();
}

function at({ file, pointer }: Place): string {
  return `${file}#${pointer}`;
}

function text(file: string): string {
  return readFileSync(new URL(`documents/${file}`, import.meta.url), 'utf8');
}
