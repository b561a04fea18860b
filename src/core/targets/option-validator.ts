import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * Returns a validator of a schema, compiled at the first use, since few specs give options. The schema itself isn't
 * checked: compiling the schema of schemas for it takes five times as long, and the contract of targets checks it.
 */
export function compiled(schema: object): ValidateFunction {
  return new Ajv2020({ allErrors: true, meta: false, validateSchema: false }).compile(schema);
}
