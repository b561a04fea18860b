import { Ajv, type ValidateFunction } from 'ajv';
import type { Json } from '../../../src/core/targets/artifact.ts';

/** Matches kinds of Kubernetes itself, for which there is no CRD. */
const builtIn = /^v1 /;

/** Returns the errors with which an API server that refuses unknown fields would refuse an object. */
export function crdProblems(
  validators: Readonly<Record<string, ValidateFunction>>,
  manifest: Json,
): readonly string[] {
  const { apiVersion, kind } = manifest as { apiVersion: string; kind: string };
  const key = `${apiVersion} ${kind}`;
  const validate = validators[key];
  if (validate === undefined) return builtIn.test(key) ? [] : [`no CRD has ${key}`];
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

/** Returns a validator for each kind; with `useDefaults` it adds the defaults of an API server to objects. */
export function crdValidators(
  kinds: Readonly<Record<string, object>>,
  useDefaults = false,
): Readonly<Record<string, ValidateFunction>> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, useDefaults });
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, schema]) => [kind, ajv.compile(closed(schema))]),
  );
}

/** Returns the schema in the terms of JSON Schema, with unknown fields refused. */
function closed(schema: object): object {
  const entries = Object.entries(numeric(schema))
    .filter(([key, value]) => key !== 'pattern' || isPattern(value))
    .map(([key, value]) => [key, inner(key, value as unknown)] as const);
  const made = Object.fromEntries(entries);
  const open = 'additionalProperties' in schema || 'x-kubernetes-preserve-unknown-fields' in schema;
  if (!('properties' in schema) || open) return made;
  const { properties } = made as { properties: object };
  // An API server adds the common fields of objects to the root, whose schema has only `type: object` for them.
  const root = 'spec' in properties ? { apiVersion: true, kind: true, metadata: true } : {};
  return { ...made, properties: { ...properties, ...root }, additionalProperties: false };
}

/** Returns false for an expression of RE2 alone (`\PC`), which is left unchecked. */
function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Returns bounds in the terms of JSON Schema: in OpenAPI 3.0 `exclusiveMaximum` is true beside `maximum`. */
function numeric(schema: object): object {
  const bounds = schema as Readonly<Record<string, unknown>>;
  const pairs = [
    ['exclusiveMaximum', 'maximum'],
    ['exclusiveMinimum', 'minimum'],
  ] as const;
  return pairs.reduce((made, [exclusive, bound]) => {
    if (typeof bounds[exclusive] !== 'boolean') return made;
    const { [exclusive]: isExclusive, [bound]: value, ...rest } = made as Readonly<Record<string, unknown>>;
    return { ...rest, ...(value !== undefined && { [isExclusive === true ? exclusive : bound]: value }) };
  }, schema);
}

function inner(key: string, value: unknown): unknown {
  if (key === 'properties')
    return Object.fromEntries(
      Object.entries(value as Record<string, object>).map(([name, own]) => [name, closed(own)]),
    );
  if ((key === 'items' || key === 'additionalProperties') && typeof value === 'object' && value !== null)
    return closed(value);
  return value;
}
