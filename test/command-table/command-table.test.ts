import { describe, expect, test } from 'vitest';
import type { CommandData } from '../../src/command-table/command-data.ts';
import { commandTable } from '../../src/command-table/command-table.ts';
import { outputForms } from '../cli/output-forms.ts';
import { outputSchemas } from '../cli/output-schema.ts';

const commands: readonly CommandData[] = commandTable;

/** Forms whose schemas are somebody else's: SARIF by OASIS; for people and CI systems: no JSON. */
const foreign = ['text', 'sarif', 'junit', 'github', 'markdown'];

describe('commandTable', () => {
  test('every format for programs has a schema that its output is held to', () => {
    const needed = commands.flatMap(({ name, formats = [] }) =>
      formats.filter((format) => !foreign.includes(format)).map((format) => `${name} ${format}`),
    );
    expect(Object.keys(outputForms).sort()).toEqual(needed.sort());
  });

  test('every schema in schemas/output is that of some output', () => {
    // `index` is written to files by compile, and held to its schema there.
    const used = new Set(['index', ...Object.values(outputForms).map(({ schema }) => schema)]);
    expect([...outputSchemas].sort()).toEqual([...used].sort());
  });
});
