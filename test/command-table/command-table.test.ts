import { describe, expect, test } from 'vitest';
import type { CommandData } from '../../src/command-table/command-data.ts';
import { commandTable } from '../../src/command-table/command-table.ts';
import { targets } from '../../src/core/targets/registry.ts';
import { optionForms, outputForms } from '../cli/output-forms.ts';
import { outputSchemas } from '../cli/output-schema.ts';

const commands: readonly CommandData[] = commandTable;

/** Formats without a schema of ours: SARIF has one by OASIS; formats for people, CI systems, Prometheus and drawing programs have none. */
const foreign = [
  'text',
  'sarif',
  'junit',
  'github',
  'markdown',
  'prometheus',
  'csv',
  'html',
  'mermaid',
  'dot',
  'svg',
];

describe('commandTable', () => {
  test('every format for programs has a schema, to which its output is compared', () => {
    const needed = commands.flatMap(({ name, formats = [] }) =>
      formats.filter((format) => !foreign.includes(format)).map((format) => `${name} ${format}`),
    );
    const ways = 'Add a line to outputForms in test/cli/output-forms.ts, and a schema to schemas/output.';
    expect(Object.keys(outputForms).sort(), ways).toEqual(needed.sort());
  });

  test('every schema in schemas/output is used by an output', () => {
    // compile writes `index` to files, and its own test compares them with the schema.
    const forms = Object.values({ ...outputForms, ...optionForms });
    const used = new Set(['index', ...forms.map(({ schema }) => schema)]);
    expect([...outputSchemas].sort()).toEqual([...used].sort());
  });

  test('mesh import --from has a choice for plain Kubernetes and for each target with a reader', async () => {
    const loaded = await Promise.all(
      Object.entries(targets).map(async ([name, load]) => ({ name, target: (await load()).default })),
    );
    const readable = loaded.filter(({ target }) => 'reader' in target).map(({ name }) => name);
    const { options = [] } = commands.find(({ name }) => name === 'import') ?? {};
    expect(options.find(({ flags }) => flags.startsWith('--from'))?.choices).toEqual([
      'kubernetes',
      ...readable,
    ]);
  });
});
