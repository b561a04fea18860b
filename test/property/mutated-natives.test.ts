import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { checkWritten, type ImportCase, importCases, importTexts } from '../core/import/import-case.ts';
import { poison, seed } from './mutated-documents.ts';
import { runCount } from './run-count.ts';

type Container = Record<string, unknown>;

/** Texts that stand in files that nobody has filled in or checked, beside those of attackers. */
const unfilled = ['$VAR', '${NS}', '{{ .Values.x }}', '', 'UPPER', 'a_b', 'a.', '*', '-1', '100%'];
const values: readonly unknown[] = [...unfilled, ...poison, null, 0, -1, 1.5, 1e12, true, [], {}, [null]];

/** Returns the documents of a case, each as the data of its YAML. */
function documentsOf({ native }: ImportCase): readonly Container[] {
  return Object.values(native).flatMap((text) =>
    parseAllDocuments(text).flatMap((document): Container[] => {
      const data: unknown = 'toJS' in document ? document.toJS() : undefined;
      return typeof data === 'object' && data !== null ? [data as Container] : [];
    }),
  );
}

/** Returns every map or list of a document with each of its keys; kinds and versions stay as they are. */
function placesIn(container: Container, isDocument = true): readonly (readonly [Container, string])[] {
  return Object.keys(container).flatMap((key) => {
    if (isDocument && (key === 'kind' || key === 'apiVersion')) return [];
    const value = container[key];
    const below = typeof value === 'object' && value !== null ? placesIn(value as Container, false) : [];
    return [[container, key] as const, ...below];
  });
}

const cases = importCases();

describe('native files with a value in the place of another one, or without a document', () => {
  test('are read without a crash, into files as `mesh fmt` writes them', async () => {
    const change = fc.record({
      one: fc.constantFrom(...cases),
      document: fc.nat(),
      place: fc.nat(),
      value: fc.constantFrom(...values),
      isDropped: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ one, document, place, value, isDropped }) => {
        const documents = structuredClone(documentsOf(one)) as Container[];
        const index = document % documents.length;
        const places = placesIn(documents[index] ?? {});
        const [container, key] = places[place % Math.max(places.length, 1)] ?? [];
        if (isDropped) documents.splice(index, 1);
        else if (container !== undefined && key !== undefined) container[key] = value;
        const text = documents.map((data) => stringify(data)).join('---\n');
        const imported = await importTexts(one.platform, { 'a.yaml': text });
        expect(checkWritten(imported).unformatted).toEqual([]);
      }),
      { seed, numRuns: runCount({ short: 150, long: 20_000 }) },
    );
  });
});
