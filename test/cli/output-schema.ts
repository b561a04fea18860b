import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

const folder = 'schemas/output';

/** The names of all published forms. */
export const outputSchemas: readonly string[] = readdirSync(folder).map((file) =>
  file.replace(/\.json$/, ''),
);

const ajv = new Ajv2020({ allErrors: true, strictTypes: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } });
for (const name of outputSchemas) ajv.addSchema(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')));

/** Parses the output of a command and checks that it conforms to its published schema. */
export function conforming(name: string, text: string): ReturnType<typeof JSON.parse> {
  const validate = ajv.getSchema(`https://meshwright.dev/schemas/output/${name}.json`);
  const data = JSON.parse(text);
  expect(validate?.(data), JSON.stringify(validate?.errors)).toBe(true);
  return data;
}

/** Checks that each line of ndjson conforms to its published schema. */
export function conformingLines(name: string, text: string): readonly ReturnType<typeof JSON.parse>[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => conforming(name, line));
}
