import type { Schema } from '../schemas.ts';
import type { KindSchemas } from './crds.ts';

/**
 * Returns a module with the type of the `spec` of each kind: aliases, since TypeScript takes no interface for JSON
 * data. Only the schema expresses combinations of fields (`oneOf` and its like).
 */
export function crdTypesModule(title: string, kinds: KindSchemas): string {
  const types = Object.entries(kinds).map(([key, { properties }]) => {
    const { spec = {} } = properties as Readonly<Record<string, Schema>>;
    const kind = key.replace(/^.* /, '');
    return `/** \`spec\` of ${key}. */\nexport type ${kind}Spec = ${typeOf(spec, '')};\n`;
  });
  const usesFields = types.some((text) => /\bFields\b/.test(text));
  return [
    `/** Types of ${title}, written from its CRDs (npm run generate:native). */`,
    ...(usesFields ? ["import type { Fields } from '../../kubernetes-objects/fields.ts';"] : []),
    '',
    ...types,
  ].join('\n');
}

function typeOf(schema: Schema, indent: string): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'number | string';
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => literal(value)).join(' | ');
  if (schema['type'] === undefined && schema['x-kubernetes-preserve-unknown-fields'] === true)
    return 'Fields';
  switch (schema['type']) {
    case 'string':
    case 'boolean':
      return schema['type'];
    case 'integer':
    case 'number':
      return 'number';
    case 'array': {
      const item = typeOf((schema['items'] ?? {}) as Schema, indent);
      return `readonly ${item.includes(' | ') && !item.endsWith('}') ? `(${item})` : item}[]`;
    }
    case 'object':
      return objectType(schema, indent);
    default:
      throw new Error(`no type for ${JSON.stringify(schema).slice(0, 100)}`);
  }
}

function objectType({ properties, additionalProperties, required = [] }: Schema, indent: string): string {
  const inside = `${indent}  `;
  if (typeof additionalProperties === 'object' && additionalProperties !== null)
    return `{ readonly [key: string]: ${typeOf(additionalProperties as Schema, indent)} }`;
  if (properties === undefined) return 'Fields';
  const fields = Object.entries(properties as Readonly<Record<string, Schema>>).map(([name, own]) => {
    const optional = (required as readonly string[]).includes(name) ? '' : '?';
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
    return `${inside}readonly ${key}${optional}: ${typeOf(own, inside)};`;
  });
  return `{\n${fields.join('\n')}\n${indent}}`;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
