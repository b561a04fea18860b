import type { Environment } from '@marcbachmann/cel-js';
import { definitionOf, type FieldSchema, resolved } from '../../spec/field-schema.ts';
import type { CelType } from './cel-type.ts';
import { anyValue, scalarOf, wholeList } from './cel-values.ts';

const anyType: CelType = { name: 'dyn', read: anyValue };

/**
 * The CEL types of the language, made from its schemas: an object with fields is a message, a map a map, a list a list.
 * A duration is a `google.protobuf.Duration`, a size a number of bytes, a percentage a double.
 */
export class CelTypes {
  private readonly environment: Environment;
  private readonly messages = new Map<unknown, CelType | undefined>();
  private readonly names = new Set<string>();
  /** The names of all fields of all messages. */
  readonly fieldNames = new Set<string>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Returns the type of a message with these fields, and registers the type. */
  message(title: string, fields: Readonly<Record<string, FieldSchema>>): CelType {
    const types = Object.entries(fields).map(([field, schema]) => [field, schema, this.of(schema)] as const);
    for (const [field] of types) this.fieldNames.add(field);
    const name = this.freshName(title);
    // The library knows the type of a value by its constructor.
    const ctor = class {
      readonly type = name;
    };
    this.environment.registerType(name, {
      ctor,
      fields: Object.fromEntries(types.map(([field, , type]) => [field, type.name])),
    });
    const read: CelType['read'] = (written, document) => {
      const values = written as Readonly<Record<string, unknown>>;
      const made = Object.create(ctor.prototype) as Record<string, unknown>;
      for (const [field, schema, type] of types) {
        const value = values[field] ?? (document.hasDefaults ? resolved(schema).default : undefined);
        if (value !== undefined && value !== null) made[field] = type.read(value, document);
      }
      return made;
    };
    return { name, read };
  }

  /** Returns the type of the values of a schema. */
  of(schema: FieldSchema): CelType {
    const scalar = scalarOf(schema);
    if (scalar !== undefined) return scalar;
    const full = resolved(schema);
    if (isType(full, 'array') && full.items !== undefined && !isType(full, 'object')) {
      const item = this.of(full.items);
      return {
        name: `list<${item.name}>`,
        read: (written, document) => wholeList(written).map((one) => item.read(one, document)),
      };
    }
    if (full.properties !== undefined) return this.fields(schema, full, full.properties);
    if (full.type === 'object' && typeof full.additionalProperties === 'object') {
      const value = this.of(full.additionalProperties);
      const read: CelType['read'] = (written, document) =>
        new Map(Object.entries(written as object).map(([key, one]) => [key, value.read(one, document)]));
      return { name: `map<string, ${value.name}>`, read };
    }
    return anyType;
  }

  /** Returns the type of an object with fields; its short form is the text of `service`, if it has one. */
  private fields(
    schema: FieldSchema,
    full: FieldSchema,
    properties: Readonly<Record<string, FieldSchema>>,
  ): CelType {
    const key = schema.$ref === undefined ? properties : definitionOf(schema.$ref.replace('#/$defs/', ''));
    if (this.messages.has(key)) return this.messages.get(key) ?? anyType;
    const isShort = isType(full, 'string');
    if (isShort && properties['service'] === undefined) return anyType;
    // A type inside itself has any value there.
    this.messages.set(key, undefined);
    const { name, read } = this.message(full.title ?? 'Part', properties);
    const type: CelType = {
      name,
      read: (written, document) =>
        read(typeof written === 'string' ? { service: written } : written, document),
    };
    this.messages.set(key, type);
    return type;
  }

  private freshName(title: string, count = 1): string {
    const name = `mesh.${title}${count > 1 ? String(count) : ''}`;
    if (this.names.has(name)) return this.freshName(title, count + 1);
    this.names.add(name);
    return name;
  }
}

function isType({ type }: FieldSchema, wanted: string): boolean {
  return type === wanted || (Array.isArray(type) && type.includes(wanted));
}
