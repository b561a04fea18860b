import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { loadSpec } from '../../src/core/spec/load.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The seed of the random choices: it is printed, and FC_SEED sets it to repeat a failure. */
export const seed = Number(process.env['FC_SEED'] ?? Date.now() % 0x7fff_ffff);
console.log(`FC_SEED=${String(seed)}`);

/** A valid mesh.yaml. */
export const mesh = new TextEncoder().encode(
  'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {trustDomain: shop.example}\n',
);

/** Values that attackers put into fields. */
export const poison = [
  '\u001b]0;owned\u0007',
  '\\e[2J',
  '../../../etc/passwd',
  '/etc/shadow',
  '$(touch owned)',
  '`id`; rm -rf ~',
  '-oProxyCommand=x',
  '__proto__',
  'constructor',
  'a\nb',
  '\0',
  '\u202egnp.exe',
  '<<',
  '*x',
  '&x',
  '!!js/function x',
  '!!python/object:os.system',
  '{{ .Values.x }}',
  '<<<<<<< HEAD',
  '9'.repeat(400),
  '1e999',
  '.nan',
  '0x10',
  '~',
  '[',
  '}',
  '"',
  ': ',
  '\t',
  '---',
  '😀',
  '\ud800',
  'a'.repeat(300),
  '(a+)+$',
  '<script>alert(1)</script>',
];

/** Documents that conform to their schemas. */
export const documents = [...validDocuments()];

/** Yields every document of the fixtures and of the schemas' tests that conforms to its schema. */
function* validDocuments(): Iterable<string> {
  const folders = [`${root}/fixtures/cases`, `${root}/test/core/spec/documents`];
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!name.endsWith('.yaml') || /(^|\/)(case|wrong|golden)\b/.test(name)) continue;
      for (const text of readFileSync(`${folder}/${name}`, 'utf8').split(/^---\n/m))
        if (isValid(text)) yield text;
    }
  }
}

function isValid(text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  const isMesh = /^kind: Mesh$/m.test(text);
  const sources = isMesh
    ? [{ file: 'mesh.yaml', bytes }]
    : [
        { file: 'mesh.yaml', bytes: mesh },
        { file: 'a.yaml', bytes },
      ];
  return (
    /^apiVersion: mesh\/v1$/m.test(text) && loadSpec({ sources, unreadable: [] }, {}).diagnostics.length === 0
  );
}

/** Changes a text at a place between its start (0) and its end (1). */
type Mutation = (text: string, at: number, word: string) => string;

/** Changes without effect on validity: valid documents stay valid. */
const gentle: readonly Mutation[] = [
  (text, at) => insertLine(text, at, '# a comment: with [brackets and "quotes'),
  (text, at) => insertLine(text, at, ''),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\ufeff${text}`,
  (text, at, word) => `${text}\n# ${word.replaceAll(/[\0-\x1f\n\ud800]/g, '')}\n${at > 0.5 ? '---\n' : ''}`,
  (text, at, word) =>
    text.replace('metadata: {', `metadata: {annotations: {note: ${JSON.stringify(word)}}, `),
  (text) => text.replace(/\n(spec:[\s\S]*)/, '\nspec: &spec\n$1').replace('&spec\nspec:', '&spec'),
  (text) => text.replace(/(name: )([a-z][-a-z0-9]*)/, '$1"$2"'),
];

/** Changes of a value or key: the text is mostly still YAML, but mostly no longer valid. */
const sly: readonly Mutation[] = [
  (text, at, word) => replaceToken(text, at, JSON.stringify(word)),
  (text, at, word) => replaceToken(text, at, word),
  (text, at) => replaceToken(text, at, '{}'),
  (text, at) => replaceToken(text, at, '[]'),
  (text, at) => replaceToken(text, at, '-1'),
  (text, at) => replaceToken(text, at, 'null'),
  (text, at) => removeLine(text, at),
  (text, at) => insertLine(text, at, lineAt(text, at)),
];

/** Changes of characters: the text is mostly no longer YAML. */
const brutal: readonly Mutation[] = [
  (text, at) => text.slice(0, offset(text, at)) + text.slice(offset(text, at) + 1),
  (text, at, word) => text.slice(0, offset(text, at)) + word + text.slice(offset(text, at)),
  (text, at) => text.slice(0, offset(text, at)),
  (text, at) => insertLine(text, at, `\t${lineAt(text, at)}`),
  (text, at) => insertLine(text, at, `   ${lineAt(text, at)}`),
  (text, at, word) => insertLine(text, at, word),
];

const offset = (text: string, at: number) => Math.floor(at * text.length);
const lineStart = (text: string, at: number) => text.lastIndexOf('\n', offset(text, at) - 1) + 1;

function lineAt(text: string, at: number): string {
  const start = lineStart(text, at);
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}

function insertLine(text: string, at: number, line: string): string {
  const start = lineStart(text, at);
  return `${text.slice(0, start)}${line}\n${text.slice(start)}`;
}

function removeLine(text: string, at: number): string {
  const start = lineStart(text, at);
  return text.slice(0, start) + text.slice(start + lineAt(text, at).length + 1);
}

function replaceToken(text: string, at: number, word: string): string {
  const tokens = [...text.matchAll(/[^\s{}[\],:#]+/g)];
  const token = tokens[Math.floor(at * tokens.length)];
  if (token === undefined) return text;
  return text.slice(0, token.index) + word + text.slice(token.index + token[0].length);
}

const mutation = (kinds: readonly Mutation[]) =>
  fc.record({
    change: fc.constantFrom(...kinds),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    word: fc.constantFrom(...poison),
  });

/** Documents made of valid ones by a few changes. */
export const mutated = fc
  .tuple(
    fc.constantFrom(...documents),
    fc.oneof(
      { weight: 6, arbitrary: fc.array(mutation(gentle), { minLength: 1, maxLength: 3 }) },
      { weight: 6, arbitrary: fc.array(mutation(sly), { minLength: 1, maxLength: 2 }) },
      { weight: 4, arbitrary: fc.array(mutation(brutal), { minLength: 1, maxLength: 2 }) },
      {
        weight: 1,
        arbitrary: fc.array(mutation([...gentle, ...sly, ...brutal]), { minLength: 3, maxLength: 8 }),
      },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((changed, { change, at, word }) => change(changed, at, word), text),
  );
