import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Finding, LspClient } from './lsp-client.ts';
import { Repository } from './repository.ts';

/** The program of yaml-language-server (npm), which no other test needs: it is tried where the variable names it. */
const server = process.env['YAML_LANGUAGE_SERVER'];

if (server === undefined)
  process.stderr.write('skipped: YAML_LANGUAGE_SERVER names no yaml-language-server\n');

const line = '# yaml-language-server: $schema=.mesh/schema.json\n';
const service = `${line}apiVersion: mesh/v1
kind: Service
metadata: {name: reviews}
spec:
  ports: {http: {port: 80}}
`;

/** Returns a conversation in a folder that `mesh init` has written. */
async function conversation(): Promise<LspClient> {
  const repository = new Repository({});
  repository.git('init', '--quiet');
  expect(repository.mesh(['init']).code).toBe(0);
  const client = new LspClient(repository.root, [process.execPath, server ?? '', '--stdio']);
  await client.initialize({ textDocument: { hover: { contentFormat: ['markdown'] } } });
  const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
  client.notify('workspace/didChangeConfiguration', { settings: { yaml } });
  return client;
}

async function completed(text: string): Promise<readonly string[]> {
  const client = await conversation();
  await client.open('a.yaml', text);
  const lines = text.split('\n');
  const found = (await client.at('completion', 'a.yaml', [lines.length - 1, lines.at(-1)!.length])) as {
    items: { label: string }[];
  };
  return found.items.map(({ label }) => label);
}

describe.skipIf(server === undefined)('yaml-language-server with the schema that init writes', () => {
  test('accepts the files of init', async () => {
    const client = await conversation();
    for (const file of ['mesh.yaml', 'services.yaml', 'routes.yaml', 'access.yaml']) {
      expect(await client.open(file, readFileSync(`${client.root}/${file}`, 'utf8'))).toEqual([]);
    }
  });

  test('says in every document what a pattern and a word mean', async () => {
    const client = await conversation();
    const wrong = service.replace('spec:\n', 'spec:\n  timeout: soon\n  loadBalancing: {algorithm: fair}\n');
    const found: readonly Finding[] = await client.open('a.yaml', `${service}---\n${wrong}`);
    expect(found.map(({ message, range }) => `${range.start.line} ${message}`)).toEqual([
      expect.stringMatching(/^12 A length of time: numbers with the units/),
      expect.stringMatching(/^13 Value is not accepted. Valid values: "round-robin"/),
    ]);
    const hover = (await client.at('hover', 'a.yaml', [12, 4])) as { contents: { value: string } };
    expect(hover.contents.value).toContain('The longest time of a whole request');
  });

  const route = `${service}---\n${line}apiVersion: mesh/v1\nkind: Route\nmetadata: {name: reviews}\nspec:\n  service: reviews\n  rules:\n    - backends: [{}]\n`;
  const mesh = `${line}apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec:\n  trustDomain: shop.example\n  targets:\n    cluster:\n      platform: istio\n      options:\n`;
  test.each<[string, string, readonly string[]]>([
    ['kinds', `${line}apiVersion: mesh/v1\nkind: `, ['Service', 'Mesh']],
    ['fields of a second document', `${route}      ti`, ['timeout', 'retries']],
    [
      'words of a condition',
      `${route}      retries:\n        on:\n          - `,
      ['reset', '5xx', 'unavailable'],
    ],
    ['options of a platform', `${mesh}        m`, ['mode', 'rootNamespace']],
  ])('completes %s', async (_, text, words) => {
    expect(await completed(text)).toEqual(expect.arrayContaining([...words]));
  });

  test.each(['ports', 'retries', 'healthCheck', 'telemetry'])('offers no object as %s', async (field) => {
    const labels = await completed(service.replace('  ports: {http: {port: 80}}\n', `  ${field}: `));
    expect(labels.filter((label) => label.includes('[object'))).toEqual([]);
  });
});
