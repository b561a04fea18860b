import type { ErrorObject } from 'ajv';
import { closest } from '../lib/closest.ts';
import { pointerParts } from './schema.ts';

/** An error of ajv with the value it is about. */
export interface SchemaProblem {
  readonly keyword: string;
  /** JSON pointer into schemas/mesh.json. */
  readonly pointer: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The path from the root of the document. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** The container of the value. */
  readonly parent: unknown;
}

/** Returns Ajv's errors about a document, without errors that follow from another error or repeat it. */
export function schemaProblems(root: object, errors: readonly ErrorObject[]): readonly SchemaProblem[] {
  const problems = errors.map((error) => problem(root, error)).filter(isOwn);
  const unknown = new Map<string, string[]>();
  for (const one of problems) {
    if (one.keyword !== 'additionalProperties') continue;
    const key = pathKey(one);
    const field = String(one.params['additionalProperty']);
    const fields = unknown.get(key);
    if (fields === undefined) unknown.set(key, [field]);
    else fields.push(field);
  }
  return problems.filter((one) => !followsFrom(unknown.get(pathKey(one)) ?? [], one));
}

function problem(root: object, { keyword, schemaPath, params, instancePath }: ErrorObject): SchemaProblem {
  const path = pointerParts(instancePath);
  let value: unknown = root;
  let parent: unknown;
  for (const key of path) {
    parent = value;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return { keyword, pointer: schemaPath, params: params as SchemaProblem['params'], path, value, parent };
}

/** Returns false for an error about the characters of a map's key: the error of `propertyNames` reports it. */
function isOwn({ keyword, value }: SchemaProblem): boolean {
  if (keyword === 'if') return false;
  return !(['pattern', 'minLength', 'maxLength', 'enum'].includes(keyword) && typeof value === 'object');
}

/**
 * Returns true for errors that an unknown field explains: a wrong number of fields, or a missing field that is probably
 * misspelt.
 */
function followsFrom(unknown: readonly string[], { keyword, params }: SchemaProblem): boolean {
  if (keyword === 'minProperties' || keyword === 'maxProperties') return unknown.length > 0;
  const wanted = String(params['missingProperty']);
  return keyword === 'required' && unknown.some((field) => closest(field, [wanted]) !== undefined);
}

function pathKey({ path }: SchemaProblem): string {
  return path.join('\n');
}
