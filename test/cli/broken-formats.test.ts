import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import published from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const { id: _id, $schema: _schema, ...schema } = published;
const isSarif = new Ajv({
  strict: false,
  logger: false,
  unicodeRegExp: false,
  validateFormats: false,
}).compile(schema);

/** A shop with files that are no YAML, no UTF-8, hold control characters, and cannot be read. */
function broken(files: Readonly<Record<string, string>>): Repository {
  const repository = new Repository({ ...shop, ...files });
  const at = (file: string) => path.join(repository.root, file);
  writeFileSync(at('utf8.yaml'), Buffer.from('apiVersion: mesh/v1\nkind: \xff\n', 'latin1'));
  symlinkSync('loop.yaml', at('loop.yaml'));
  symlinkSync('/nonexistent/mesh.yaml', at('dangling.yaml'));
  return repository;
}

const open = 'apiVersion: mesh/v1\nkind: Service\nmetadata: {name: x\nspec: [\n';

/** The findings. */
const expected = [
  ['broken.yaml', 'MESH1003'],
  ['dangling.yaml', 'MESH1023'],
  ['loop.yaml', 'MESH1023'],
  ['nul.yaml', 'MESH1001'],
  ['turned.yaml', 'MESH1121'],
  ['utf8.yaml', 'MESH1000'],
] as const;

const files = {
  'broken.yaml': open,
  'nul.yaml': 'apiVersion: mesh/v1\u0000\n',
  'turned.yaml': 'apiVersion: mesh/v1\nkind: Ser\u202evice\n',
};

test('findings in files that cannot be read or parsed are valid JSON, SARIF, JUnit and GitHub annotations', () => {
  const repository = broken(files);
  const run = (format: string) => {
    const { code, out } = repository.mesh(['validate', '--format', format]);
    expect(code, format).toBe(3);
    expect(out, format).not.toMatch(/[\u0000\u202a-\u202e\u2066-\u2069]/);
    return out;
  };
  const json = JSON.parse(run('json')) as { diagnostics: { file: string; code: string }[] };
  expect(json.diagnostics.map(({ file, code }) => [file, code])).toEqual(expected);
  const lines = run('ndjson').trim().split('\n');
  const codes = lines.flatMap((line) => (JSON.parse(line) as { code?: string }).code ?? []);
  expect(codes).toEqual(expected.map(([, code]) => code));
  const sarif = JSON.parse(run('sarif'));
  expect(isSarif(sarif), JSON.stringify(isSarif.errors)).toBe(true);
  const results = sarif.runs[0].results as { ruleId: string }[];
  expect(results.map(({ ruleId }) => ruleId)).toEqual(expected.map(([, code]) => code));
  const junit = run('junit');
  const parse =
    'import sys, xml.dom.minidom as x; d = x.parse(sys.stdin); print(len(d.getElementsByTagName("failure")))';
  expect(execFileSync('python3', ['-c', parse], { input: junit, encoding: 'utf8' }).trim()).toBe('6');
  const annotations = run('github')
    .split('\n')
    .filter((line) => line.startsWith('::'));
  expect(annotations).toHaveLength(6);
  for (const [file, code] of expected)
    expect(annotations.join('\n')).toMatch(new RegExp(`^::error file=${file},line=.*title=${code}::`, 'm'));
});

test('a mesh.yaml that is no YAML leaves every format valid', () => {
  const repository = new Repository({ ...shop, 'mesh.yaml': open });
  for (const format of ['json', 'sarif', 'junit', 'github']) {
    const { code, out } = repository.mesh(['validate', '--format', format]);
    expect(code, format).toBe(3);
    if (format === 'json') expect(JSON.parse(out)).toMatchObject({ valid: false });
    if (format === 'sarif') expect(isSarif(JSON.parse(out)), JSON.stringify(isSarif.errors)).toBe(true);
    expect(out, format).toContain('MESH1003');
  }
});
