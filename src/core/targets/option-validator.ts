import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Returns a validator of a schema, compiled at the first use, since few specs give options. */
export function compiled(schema: object): ValidateFunction {
  return new Ajv2020({ allErrors: true }).compile(schema);
}
