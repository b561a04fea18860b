import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { starterDocuments } from '../../../src/core/init/starter-documents.ts';
import { starterSuite } from '../../../src/core/init/starter-suite.ts';
import { meshCases } from '../../cases/cases.ts';
import { linkedSources } from '../../cases/linked-mesh.ts';
import { caseSuite } from './case-suite.ts';

type Schema = Readonly<Record<string, unknown>>;

const read = (file: string): Schema => JSON.parse(readFileSync(file, 'utf8')) as Schema;
const schema = read('schemas/test/v1/suite.json');
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(read('schemas/v1/common.json'));
const isSuite = ajv.compile(schema);
const isForEditors = new Ajv2020({ strict: false }).compile(read('schemas/editor.json'));

test('the schema of suites takes its examples, the first suite, and the suites of all cases', () => {
  const files = starterDocuments('hello', 'envoy').map(({ file, text }) => ({
    file,
    bytes: new TextEncoder().encode(text),
  }));
  const first = starterSuite(linkedSources({ sources: files, unreadable: [] }));
  const suites = [
    ...(schema['examples'] as readonly unknown[]),
    parse(first ?? ''),
    ...meshCases()
      .map((one) => parse(caseSuite(one)) as unknown)
      .filter(hasTests),
  ];
  for (const suite of suites) {
    expect(isSuite(suite), JSON.stringify(isSuite.errors)).toBe(true);
    expect(isForEditors(suite), JSON.stringify(isForEditors.errors)).toBe(true);
  }
});

test('a suite has its own apiVersion, and no document of the mesh has it', () => {
  const [suite] = schema['examples'] as readonly [Schema];
  const mesh = {
    apiVersion: 'mesh/v1',
    kind: 'Mesh',
    metadata: { name: 'a' },
    spec: { trustDomain: 'a.example' },
  };
  expect(isForEditors(mesh)).toBe(true);
  expect(isForEditors({ ...mesh, apiVersion: 'mesh.test/v1' })).toBe(false);
  expect(isForEditors({ ...suite, apiVersion: 'mesh/v1' })).toBe(false);
});

test('each field of a suite has a description, or refers to one', () => {
  const wanting = propertiesIn(schema, '').filter(
    ([, property]) => property['description'] === undefined && property['title'] === undefined,
  );
  expect(wanting.map(([at]) => at)).toEqual([]);
});

function hasTests(suite: unknown): boolean {
  return (suite as { spec: { tests: readonly unknown[] } }).spec.tests.length > 0;
}

/** Returns every property of a schema with its path. */
function propertiesIn(value: unknown, at: string): readonly (readonly [string, Schema])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (key === 'examples') return [];
    const own =
      key === 'properties'
        ? Object.entries(part as Readonly<Record<string, Schema>>).map(
            ([name, property]) => [`${at}/${name}`, property] as const,
          )
        : [];
    return [...own, ...propertiesIn(part, `${at}/${key}`)];
  });
}
