import { Ajv, type ValidateFunction } from 'ajv';
import type { Json } from '../../../src/core/targets/artifact.ts';

/** Kinds of Kubernetes itself, which has no CRD for them. */
const builtIn = /^v1 /;

/** Returns what an API server that refuses unknown fields says against an object. */
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

/** Returns a validator for each kind; with `useDefaults` it adds to an object what an API server would. */
export function crdValidators(
  kinds: Readonly<Record<string, object>>,
  useDefaults = false,
): Readonly<Record<string, ValidateFunction>> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, useDefaults });
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, schema]) => [kind, ajv.compile(closed(schema))]),
  );
}

/** The schema as an API server takes it that refuses unknown fields, in the terms of JSON Schema. */
function closed(schema: object): object {
  const entries = Object.entries(schema).map(([key, value]) => [key, inner(key, value as unknown)] as const);
  const made = Object.fromEntries(entries);
  const open = 'additionalProperties' in schema || 'x-kubernetes-preserve-unknown-fields' in schema;
  if (!('properties' in schema) || open) return made;
  const { properties } = made as { properties: object };
  // An API server adds what every object has to the root, whose schema says only `type: object` of it.
  const root = 'spec' in properties ? { apiVersion: true, kind: true, metadata: true } : {};
  return { ...made, properties: { ...properties, ...root }, additionalProperties: false };
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
