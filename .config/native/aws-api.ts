import { readFileSync } from 'node:fs';
import type { Schema } from '../schemas.ts';
import type { KindSchemas } from './crds.ts';

/** A shape of the model of an AWS API. */
interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly union?: boolean;
}

/** Returns a schema, without unknown fields, of the input of each call of an AWS API that creates something. */
export function apiSchemas(file: string): KindSchemas {
  const { shapes } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly shapes: Readonly<Record<string, Shape>>;
  };
  const names = Object.keys(shapes).filter((name) => /^Create.*Input$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name.replace(/Input$/, ''), schemaOf(name, shapes)]));
}

function schemaOf(name: string, shapes: Readonly<Record<string, Shape>>): Schema {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  const { type, required, members = {}, member, min, max, union } = shape;
  const bounds = (least: string, most: string): Schema => ({
    ...(min !== undefined && { [least]: min }),
    ...(max !== undefined && { [most]: max }),
  });
  switch (type) {
    case 'structure':
      return {
        type: 'object',
        additionalProperties: false,
        ...(required && { required }),
        ...(union === true && { minProperties: 1, maxProperties: 1 }),
        properties: Object.fromEntries(
          Object.entries(members).map(([field, { shape: own }]) => [field, schemaOf(own, shapes)]),
        ),
      };
    case 'list':
      return {
        type: 'array',
        ...bounds('minItems', 'maxItems'),
        items: schemaOf(member?.shape ?? '', shapes),
      };
    case 'integer':
    case 'long':
      return { type: 'integer', ...bounds('minimum', 'maximum') };
    case 'boolean':
      return { type: 'boolean' };
    case 'string':
      return {
        type: 'string',
        ...(shape.enum ? { enum: shape.enum } : bounds('minLength', 'maxLength')),
      };
    default:
      throw new Error(`no schema for the shape ${name} of type ${type}`);
  }
}
