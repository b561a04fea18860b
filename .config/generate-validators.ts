import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { definitions, mapSchema, type Schema, type Schemas, withoutAnnotations } from './schemas.ts';

const header = `// @ts-nocheck: written by ajv from schemas/v1 (npm run generate).
import type { ErrorObject } from 'ajv';

/**
 * Tells whether a value is a document of its kind. After a call that returns false, \`errors\` has all errors; the
 * \`schemaPath\` of each is a JSON pointer into schemas/mesh.json.
 */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}
`;

/** Modules that ajv's code takes from ajv at run time, copied in, so that ajv itself is not loaded. */
const runtime = {
  'require("ajv/dist/runtime/ucs2length").default': `function (text) {
let length = 0;
for (const _ of text) length += 1;
return length;
}`,
  'require("ajv/dist/runtime/equal").default': `function equal(a, b) {
if (Object.is(a, b)) return true;
if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
if (Array.isArray(a) !== Array.isArray(b)) return false;
const keys = Object.keys(a);
return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}`,
};

/** Returns a module with a compiled validator for each kind; definitions that kinds share are compiled once. */
export function validatorsModule({ common, kinds: own }: Schemas, suites: Schemas['kinds']): string {
  const kinds = Object.keys(own);
  const others = Object.keys(suites);
  const all = definitions({ common, kinds: { ...own, ...suites } });
  const { code, functions } = compile(all, [...kinds, ...others]);
  return `${header}${tidy(withPointers(code, functions))}
/** The validator of each kind. */
export const validators: Readonly<Record<${kinds.map((kind) => `'${kind}'`).join(' | ')}, Validator>> = {
${kinds.map((kind) => `  ${kind}: is${kind},`).join('\n')}
};

/** The validator of each kind of the language of tests. */
export const suiteValidators: Readonly<Record<${others.map((kind) => `'${kind}'`).join(' | ')}, Validator>> = {
${others.map((kind) => `  ${kind}: is${kind},`).join('\n')}
};
`;
}

/** Returns ajv's code, and the name of the function that ajv made of each definition. */
function compile(all: Readonly<Record<string, Schema>>, kinds: readonly string[]) {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    verbose: false,
    discriminator: true,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  // Give each definition a schema of its own: ajv then makes one function of it, however many schemas refer to it.
  for (const [name, schema] of Object.entries(all)) {
    ajv.addSchema({ ...mapSchema(schema, (part) => withoutAnnotations(referringTo(part))), $id: idOf(name) });
  }
  const exported = Object.fromEntries(kinds.map((kind) => [`is${kind}`, idOf(`${kind}Document`)]));
  const functions = new Map<string, string>();
  const code = standalone.default(ajv, exported);
  for (const name of Object.keys(all)) {
    functions.set(ajv.getSchema(idOf(name))?.source?.validateName.str ?? '', name);
  }
  return { code, functions };
}

function idOf(name: string): string {
  return `definition:/${name}`;
}

function referringTo(schema: Schema): Schema {
  const { $ref } = schema;
  return typeof $ref === 'string' ? { ...schema, $ref: idOf($ref.replace('#/$defs/', '')) } : schema;
}

/**
 * Returns ajv's code with paths that start at the root of schemas/mesh.json, instead of at the schema of each function.
 */
function withPointers(code: string, functions: ReadonlyMap<string, string>): string {
  return code
    .split(/^(?=function validate\d+\()/m)
    .map((part) => {
      const name = functions.get(/^function (validate\d+)/.exec(part)?.[1] ?? '');
      if (name === undefined && part.includes('schemaPath:"'))
        throw new Error('a function of ajv has no definition');
      return part.replaceAll('schemaPath:"#', `schemaPath:"#/$defs/${name ?? ''}`);
    })
    .join('');
}

function tidy(code: string): string {
  let tidied = code
    .replace(/^"use strict";/, '')
    .replace(/^export default .*\n/m, '')
    .replaceAll(/^\/\*# sourceURL=.*\n/gm, '')
    .replaceAll(/^export (?=const )/gm, '')
    .replaceAll(
      /if\(vErrors === null\)\{\nvErrors = \[(\w+)\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g,
      '(vErrors ??= []).push($1);',
    );
  for (const [required, text] of Object.entries(runtime)) tidied = tidied.replaceAll(required, text);
  if (tidied.includes('require(')) throw new Error("ajv's code needs more of ajv than is inlined here");
  return tidied;
}
