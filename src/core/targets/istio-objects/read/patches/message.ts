import type { Field } from '../../../../import/field.ts';
import { isSameJson } from '../../../../lib/is-same-json.ts';
import type { Json } from '../../../../lib/json.ts';

/** A map of a proxy's configuration, by the names that the fields have in its protocol buffers (`typed_config`). */
export type Message = Readonly<Record<string, unknown>>;

/**
 * Returns a value with the names of fields that protocol buffers have: a patch may write `typedConfig`, too, and a message as
 * a struct with its type. A map in which two names mean one field fits no message.
 */
export function withFieldNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withFieldNames);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([name, one]) => [fieldName(name), withFieldNames(one)] as const);
  const fields = Object.fromEntries(entries);
  if (Object.keys(fields).length < entries.length) return { [twice]: true };
  const { '@type': type, type_url: url, value: content, ...rest } = fields;
  const isStruct = typeof type === 'string' && structs.includes(type) && Object.keys(rest).length === 0;
  return isStruct && isMap(content) ? { ...content, '@type': url } : fields;
}

const twice = 'a field with two names';

const structs: readonly string[] = [
  'type.googleapis.com/udpa.type.v1.TypedStruct',
  'type.googleapis.com/xds.type.v3.TypedStruct',
];

/** Names of filters and keys of maps have dots, slashes or hyphens, or no upper case. */
function fieldName(name: string): string {
  return /^[a-z]+[0-9]*(?:[A-Z][a-z0-9]*)+$/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    : name;
}

function isMap(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a map that has no other fields than these; undefined for anything else. */
export function fieldsOf(value: unknown, names: readonly string[]): Message | undefined {
  return isMap(value) && Object.keys(value).every((name) => names.includes(name)) ? value : undefined;
}

/** Returns the fields of a message of this type that has no other fields than these. */
export function messageOf(value: unknown, type: string, names: readonly string[]): Message | undefined {
  const fields = fieldsOf(value, ['@type', ...names]);
  return fields?.['@type'] === `type.googleapis.com/${type}` ? fields : undefined;
}

/** Returns true for a message of this type, whatever its fields. */
export function isMessage(value: unknown, type: string): boolean {
  return isMap(value) && value['@type'] === `type.googleapis.com/${type}`;
}

/** Returns the items of a list; undefined for anything else. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

/** Returns a text; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Returns true if a value is this one, whatever the order of its fields. */
export function isValue(value: unknown, expected: Json): boolean {
  return isSameJson(value as Json, expected);
}

/** Returns the fields of a name, as protocol buffers have it, at any depth of a value. */
export function fieldsNamed(field: Field, name: string): readonly Field[] {
  if (Array.isArray(field.value)) return field.items().flatMap((item) => fieldsNamed(item, name));
  if (!isMap(field.value)) return [];
  return field.entries().flatMap(([key, one]) => (fieldName(key) === name ? [one] : fieldsNamed(one, name)));
}
