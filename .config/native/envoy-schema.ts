import { readdirSync, readFileSync } from 'node:fs';
import type { Schema } from '../schemas.ts';

/** The messages of Envoy's API that targets write, with all definitions that they use. */
export interface EnvoySchema {
  /** Messages that targets write and the schema lacks, since the schema is of an older version of the API. */
  readonly absent: readonly string[];
  /** Messages that targets write, by their full names. */
  readonly messages: readonly string[];
  readonly definitions: Readonly<Record<string, Schema>>;
}

/**
 * Messages whose full names don't occur in the code: the message at the top of a file, and names that are concatenated.
 */
const unnamedMessages = [
  'envoy.config.bootstrap.v3.Bootstrap',
  'envoy.extensions.tracers.opentelemetry.samplers.v3.ParentBasedSamplerConfig',
  'envoy.extensions.tracers.opentelemetry.samplers.v3.TraceIdRatioBasedSamplerConfig',
];

/** Returns the part of a JSON Schema of Envoy's API that the code of the targets in a folder names. */
export function envoySchema(file: string, targets: string): EnvoySchema {
  const { definitions: all } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly definitions: Readonly<Record<string, Schema>>;
  };
  const named = [...new Set([...unnamedMessages, ...namedMessages(targets)])].sort();
  const found = new Map<string, Schema>();
  const todo = named.filter((name) => name in all);
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (found.has(name)) continue;
    const schema = structural(all[name]) as Schema;
    found.set(name, schema);
    todo.push(...references(schema));
  }
  return {
    absent: named.filter((name) => !(name in all)),
    messages: named.filter((name) => name in all),
    definitions: Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function namedMessages(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.gen.ts'))
    .flatMap(
      (file) =>
        readFileSync(`${folder}/${file}`, 'utf8').match(/\benvoy\.[a-z0-9_.]+\.v\d[a-z0-9]*\.[A-Z]\w+/g) ??
        [],
    );
}

/** Returns the schema without texts and without notes that JSON Schema doesn't know. */
function structural(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structural);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(withNumbers(value))
      .filter(([keyword]) => keyword !== 'description' && !keyword.startsWith('x-'))
      .map(([keyword, own]) => [keyword, keyword === 'properties' ? named(own as object) : structural(own)]),
  );
}

/** Returns the schema with exclusive limits as numbers; in draft 4 of JSON Schema they are flags beside the limits. */
function withNumbers(schema: object): object {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...others } = schema as Schema;
  return {
    ...others,
    ...limits('inimum', minimum, exclusiveMinimum),
    ...limits('aximum', maximum, exclusiveMaximum),
  };
}

function limits(name: string, limit: unknown, isOpen: unknown): object {
  if (limit === undefined) return {};
  return { [isOpen === true ? `exclusiveM${name}` : `m${name}`]: limit };
}

function named(properties: object): object {
  return Object.fromEntries(Object.entries(properties).map(([name, own]) => [name, structural(own)]));
}

function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([keyword, own]) =>
    keyword === '$ref' ? [String(own).replace('#/definitions/', '')] : references(own),
  );
}
