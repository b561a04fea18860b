import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

type Schema = Readonly<Record<string, unknown>>;

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('schemas/editor.json')) as Schema;
const ajv = new Ajv2020({ strict: false, allErrors: true });
const isValid = ajv.compile(schema);

/** Returns every schema inside a schema. */
function all(value: unknown): readonly Schema[] {
  if (Array.isArray(value)) return value.flatMap(all);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Schema, ...Object.values(value).flatMap(all)];
}

describe('the schema for editors', () => {
  test('accepts every field of the language', () => {
    const documents = parseAllDocuments(read('test/core/spec/documents/every-field.yaml'));
    for (const document of documents) {
      isValid(document.toJS());
      expect(isValid.errors ?? []).toEqual([]);
    }
  });

  test('has no example and no default that an editor would show as [object Object]', () => {
    const given = all(schema).flatMap(({ examples, default: usual }) => [
      ...(Array.isArray(examples) ? (examples as unknown[]) : []),
      usual,
    ]);
    expect(given.length).toBeGreaterThan(100);
    expect(given.filter((one) => typeof one === 'object')).toEqual([]);
  });

  test('says what each described pattern means', () => {
    const patterns = all(schema).filter(
      ({ pattern, description }) => typeof pattern === 'string' && description,
    );
    expect(patterns.length).toBeGreaterThan(20);
    expect(patterns.filter(({ patternErrorMessage }) => !patternErrorMessage)).toEqual([]);
  });

  test.each([
    ['istio', { mode: 'ambient' }, true],
    ['istio', { mode: 'sidecars' }, false],
    ['istio', { modus: 'ambient' }, false],
    ['gateway-api', { modus: 'ambient' }, false],
  ])('checks the options of %s: %j', (platform, options, valid) => {
    const spec = { trustDomain: 'shop.example', targets: { a: { platform, options } } };
    expect(isValid({ apiVersion: 'mesh/v1', kind: 'Mesh', metadata: { name: 'shop' }, spec })).toBe(valid);
  });
});
