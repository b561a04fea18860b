import { didYouMean } from '../lib/did-you-mean.ts';
import { type FieldSchema, resolved } from '../spec/field-schema.ts';

/**
 * A value in a document and the keys that lead to it; the value is `undefined` if the language has the field but the
 * document doesn't.
 */
export interface Followed {
  readonly value: unknown;
  readonly keys: readonly (string | number)[];
  readonly schema: FieldSchema;
}

type Step = { readonly value: unknown; readonly key: string | number; readonly schema: FieldSchema };
type Problem = { readonly problem: string };

/**
 * Follows a path into a value of this schema. A path names an entry of a list by its `name` or by its number, counted
 * from 1. Returns a problem if the schema has no such field, or the document no such entry of a list or map.
 */
export function followPath(
  title: string,
  start: { readonly value: unknown; readonly schema: FieldSchema },
  path: readonly string[],
): Followed | Problem {
  let { value, schema } = start;
  const keys: (string | number)[] = [];
  for (const [index, part] of path.entries()) {
    const step = stepInto([title, ...path.slice(0, index)].join('.'), value, resolved(schema), part);
    if ('problem' in step) return step;
    keys.push(step.key);
    ({ value, schema } = step);
  }
  return { value, keys, schema: resolved(schema) };
}

function stepInto(at: string, value: unknown, schema: FieldSchema, part: string): Step | Problem {
  const { properties, items, additionalProperties: values } = schema;
  if (properties !== undefined && Object.hasOwn(properties, part))
    return { value: entryOf(value, part), key: part, schema: properties[part] ?? {} };
  if (Array.isArray(value)) return intoList(at, value, part, items ?? {});
  if (items !== undefined && properties === undefined) return { value: undefined, key: part, schema: items };
  if (typeof values === 'object') return intoMap(at, value, part, values);
  if (properties !== undefined)
    return { problem: `${at} has no field "${part}"${didYouMean(part, Object.keys(properties))}` };
  if (schema.type === 'object' && values !== false) return intoMap(at, value, part, {});
  return { problem: `${at} holds no fields` };
}

function intoList(at: string, list: readonly unknown[], part: string, schema: FieldSchema): Step | Problem {
  const names = list.flatMap((entry) => {
    const name = entryOf(entry, 'name');
    return typeof name === 'string' ? [name] : [];
  });
  const named = list.findIndex((entry) => entryOf(entry, 'name') === part);
  const key = named >= 0 ? named : Number(part) - 1;
  if (key in list) return { value: list[key], key, schema };
  const count = list.length === 1 ? '1 entry' : `${String(list.length)} entries`;
  return {
    problem: `${at} has ${count} and none is "${part}"${didYouMean(part, names)}: they go by name or by number from 1`,
  };
}

function intoMap(at: string, value: unknown, part: string, schema: FieldSchema): Step | Problem {
  const known = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (value !== undefined && !known.includes(part))
    return { problem: `${at} has no "${part}"${didYouMean(part, known)}` };
  return { value: entryOf(value, part), key: part, schema };
}

function entryOf(value: unknown, key: string): unknown {
  const has =
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key);
  return has ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
