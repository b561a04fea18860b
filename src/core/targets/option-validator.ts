import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** A validator of a schema; made when options are given, since few targets have any. */
export function compiled(schema: object): ValidateFunction {
  return new Ajv2020({ allErrors: true }).compile(schema);
}
