import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { askedImport } from './asked-import.ts';
import { importCases, importTexts } from './import-case.ts';

type Texts = Readonly<Record<string, string>>;

/** Returns the values of the documents of a text that are not empty. */
function valuesOf(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => document.toJS() as unknown).filter((value) => value !== null);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value;
}

/** Other forms of the same native files. */
const shapes: Readonly<Record<string, (text: string) => string>> = {
  'line ends of Windows': (text) => text.replace(/\r?\n/g, '\r\n'),
  'a byte order mark': (text) => `\u{FEFF}${text}`,
  'empty documents': (text) => (text.startsWith('{') ? text : `---\n# nothing\n---\n${text}\n---\nnull\n`),
  'JSON documents': (text) =>
    valuesOf(text)
      .map((value) => JSON.stringify(value))
      .join('\n---\n'),
  'a list': (text) => {
    const items = valuesOf(text);
    return items.every(isObject) ? stringify({ apiVersion: 'v1', kind: 'List', metadata: {}, items }) : text;
  },
};

async function written(platform: string, native: Texts): Promise<string> {
  const { files, diagnostics } = await importTexts(platform, native);
  const texts = files.map(({ file, text }) => `${file}\n${text.replace(/^# from .*\n/gm, '')}`);
  return [...texts, ...diagnostics.map(({ code }) => code).sort()].join('\n');
}

describe.each(importCases())('native files of $platform: $name', ({ platform, native }) => {
  test.each(Object.keys(shapes))('with %s mean the same', async (shape) => {
    const other = Object.entries(native).map(([file, text]) => [
      file.replace(/\.json$/, '.yaml'),
      shapes[shape]?.(text) ?? text,
    ]);
    expect(await written(platform, Object.fromEntries(other) as Texts)).toBe(await written(platform, native));
  });
});

const pods = ['books', 'web', 'evil']
  .map(
    (name) =>
      `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop}, spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}}\n---\n`,
  )
  .join('');

// A cluster makes an object of each, with names of its own.
test.each(['generateName: deny-, ', ''])(
  'two objects with the header {%s…} are two objects',
  async (name) => {
    const deny = (caller: string): string =>
      `{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {${name}namespace: shop}, spec: {action: DENY, selector: {matchLabels: {app: books}}, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/${caller}]}}]}]}}\n---\n`;
    const { outcome } = await askedImport('istio', pods + deny('evil') + deny('web'));
    expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
    expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
    expect(outcome({ from: 'shop/books', to: 'shop/books' })).toBe('forwarded');
  },
);
