import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

/** Parses what a command printed and holds it to its published schema. */
export function conforming(name: string, text: string): ReturnType<typeof JSON.parse> {
  const schema: object = JSON.parse(readFileSync(`schemas/output/${name}.json`, 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);
  const data = JSON.parse(text);
  expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
  return data;
}
