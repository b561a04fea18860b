import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { flow } from '../../../src/core/lib/flow.ts';
import type { Json } from '../../../src/core/lib/json.ts';
import { specDifference } from '../../../src/core/plan/spec-difference.ts';
import { parseSource } from '../../../src/core/source/parse.ts';
import { assemble } from '../../../src/core/spec/assemble.ts';
import { recognise } from '../../../src/core/spec/recognise.ts';
import type { Spec } from '../../../src/core/spec/spec.ts';
import { specEditLines } from '../../../src/ui/spec-edit-lines.ts';

type Fields = Readonly<Record<string, Json>>;

const mesh = {
  apiVersion: 'mesh/v1',
  kind: 'Mesh',
  metadata: { name: 'm' },
  spec: { trustDomain: 'a.example' },
};

/** Returns a spec of documents that need not follow their schemas. */
function specOf(...documents: readonly Fields[]): Spec {
  const all = documents.some(({ kind }) => kind === 'Mesh') ? documents : [mesh, ...documents];
  const text = all.map((document) => JSON.stringify(document)).join('\n---\n');
  const parsed = parseSource({ file: 'a.yaml', bytes: new TextEncoder().encode(text) }, { left: 1e6 });
  return assemble(
    parsed.documents.flatMap((document) => recognise(document, false).written ?? []),
    'default',
  );
}

/** Returns `text  file:line` for each difference. */
function said(before: readonly Fields[], after: readonly Fields[]): readonly string[] {
  return specEditLines(specDifference(specOf(...before), specOf(...after))).map(({ text }) => text);
}

const route = (...rules: readonly Json[]): Fields => ({
  apiVersion: 'mesh/v1',
  kind: 'Route',
  metadata: { name: 'reviews' },
  spec: { service: 'reviews', rules },
});

const split = (v1: number, v2: number): Json => ({
  name: 'everybody',
  backends: [
    { version: 'v1', weight: v1 },
    { version: 'v2', weight: v2 },
  ],
});

const access = (rule: Fields): Fields => ({
  apiVersion: 'mesh/v1',
  kind: 'Access',
  metadata: { name: 'reviews', namespace: 'shop' },
  spec: { service: 'reviews', rules: [rule] },
});

describe('a difference is said in the words of the spec', () => {
  test('the weights of a rule are one sentence', () => {
    expect(said([route(split(90, 10))], [route(split(50, 50))])).toEqual([
      'Route reviews, rule everybody: v1 90 → 50, v2 10 → 50',
    ]);
  });

  test('callers that an Access lets in or refuses are named', () => {
    const before = access({ name: 'shops', allow: { from: ['web', { namespace: 'old' }] } });
    const after = access({ name: 'shops', allow: { from: ['web', 'checkout', { namespace: 'ops' }] } });
    expect(said([before], [after])).toEqual([
      'Access shop/reviews, rule shops: also allows checkout, namespace ops; no longer allows namespace old',
    ]);
    expect(
      said(
        [access({ name: 'x', deny: { from: ['a'] } })],
        [access({ name: 'x', deny: { from: ['a', 'b'] } })],
      ),
    ).toEqual(['Access shop/reviews, rule x: also refuses b']);
  });

  test('a value that begins or ends is not set before or after', () => {
    const slow = { name: 'all', timeout: '2s' };
    expect(said([route({ name: 'all' })], [route(slow)])).toEqual([
      'Route reviews, rule all: timeout: not set → 2s',
    ]);
    expect(said([route(slow)], [route({ name: 'all' })])).toEqual([
      'Route reviews, rule all: timeout: 2s → not set',
    ]);
  });

  test('a rule that is put before others is new, and the others stay what they are', () => {
    const [one, two] = [{ match: [{ port: 'a' }] }, { match: [{ port: 'b' }] }];
    expect(said([route(one, two)], [route({ match: [{ port: 'c' }] }, one, two)])).toEqual([
      'Route reviews, rule 1: new, {match: [{port: c}]}',
    ]);
  });

  test('rules that change places are a change, since the first that matches wins', () => {
    const [one, two] = [split(1, 1), { name: 'last', backends: [{}] }];
    expect(said([route(one, two)], [route(two, one)])).toEqual([
      'Route reviews: order of rules: [everybody, last] → [last, everybody]',
    ]);
  });

  test('documents come and go, and one that is the same says nothing wherever it is written', () => {
    const [a, b] = [route(split(1, 1)), access({ name: 'x', allow: {} })];
    expect(said([a, b], [b, a])).toEqual([]);
    expect(said([a], [b])).toEqual(['Access shop/reviews: new', 'Route reviews: removed']);
    expect(specEditLines(specDifference(undefined, specOf(a))).map(({ text }) => text)).toEqual([
      'Mesh m: new',
      'Route reviews: new',
    ]);
  });

  test('a mesh that gets another name is the same mesh', () => {
    expect(said([mesh], [{ ...mesh, metadata: { name: 'n' } }])).toEqual(['Mesh n: metadata.name: m → n']);
  });

  test('text of the spec never reaches the terminal unescaped', () => {
    const [line] = said([route({ name: 'a' })], [route({ name: 'a', timeout: '\u001b[2J' })]);
    expect(line).not.toContain('\u001b');
  });
});

const folder = fileURLToPath(new URL('../spec/documents/', import.meta.url));

/** Every document of the language's examples; another test holds that they use every field of every kind. */
const documents = ['every-field.yaml', 'language.yaml'].flatMap((file) =>
  parseAllDocuments(readFileSync(folder + file, 'utf8')).map((document) => document.toJSON() as Fields),
);

type Path = readonly (string | number)[];

function leaves(value: Json | undefined, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner as Json, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Returns a copy in which the value at a path is another one, or is gone. */
function changed(value: Json | undefined, path: Path, to: (old: Json | undefined) => Json | undefined): Json {
  const copy = structuredClone(value) as Json & object;
  const [last, ...rest] = [...path].reverse();
  const holder = [...rest]
    .reverse()
    .reduce<Json>((at, key) => (at as Record<string, Json>)[key] as Json, copy);
  const fields = holder as Record<string, Json>;
  const next = to(fields[String(last)]);
  if (next !== undefined) fields[String(last)] = next;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(fields, String(last));
  return copy;
}

function another(value: Json | undefined): Json {
  if (typeof value === 'number') return value + 7;
  if (typeof value === 'boolean') return !value;
  return `${typeof value === 'string' ? value : ''}-other`;
}

const identity = /^(apiVersion|kind|metadata\.(name|namespace))$/;

/** Each leaf of each document: the fields of each kind. */
const fields = documents.flatMap((document) =>
  leaves(document)
    .filter((path) => path.length > 0 && !identity.test(path.join('.')))
    .map((path) => ({ document, path })),
);

describe('no change of a field is silent', () => {
  test('the examples have leaves of each kind', () => {
    expect(new Set(fields.map(({ document }) => document['kind'])).size).toBe(10);
    expect(fields.length).toBeGreaterThan(450);
  });

  test('a changed value is said with kind, name, field, and both values', () => {
    for (const { document, path } of fields) {
      const before = leafAt(document, path);
      const after = another(before);
      const lines = said([document], [changed(document, path, () => after) as Fields]);
      const where = `${kindOf(document)} ${path.join('.')}`;
      expect(lines, where).not.toEqual([]);
      const all = lines.join('\n');
      const { name } = document['metadata'] as { readonly name: string };
      expect(all, where).toContain(`${kindOf(document)} `);
      expect(all, where).toContain(name);
      for (const value of [before, after]) expect(all, where).toContain(shown(value));
      expect(
        fieldNames(path).some((field) => all.includes(field)),
        `${where}: ${all}`,
      ).toBe(true);
    }
  });

  test('a value that goes and a value that comes are said, too', () => {
    for (const { document, path } of fields) {
      const without = changed(document, path, () => undefined) as Fields;
      const where = `${kindOf(document)} ${path.join('.')}`;
      expect(said([document], [without]), where).not.toEqual([]);
      expect(said([without], [document]), where).not.toEqual([]);
    }
  });
});

function kindOf({ kind }: Fields): string {
  return typeof kind === 'string' ? kind : '';
}

function leafAt(document: Json, path: Path): Json {
  return path.reduce<Json>((at, key) => (at as Record<string, Json>)[key] as Json, document);
}

/** Returns the beginning of a value in a sentence, without the quotes that a list item may lack. */
function shown(value: Json): string {
  return flow(value).replace(/^"/, '').slice(0, 20);
}

/** Returns the words of which one names the field: its key, or the sentences that stand for one. */
function fieldNames(path: Path): readonly string[] {
  const key = path.findLast((part) => typeof part === 'string') ?? '';
  const words =
    {
      from: ['allows', 'refuses', 'from'],
      weight: [' → '],
      version: ['backend'],
      steps: ['step'],
      calls: ['call'],
    }[key] ?? [];
  return [key, ...words];
}
