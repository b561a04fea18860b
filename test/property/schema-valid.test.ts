import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { analyze } from '../../src/core/analyze/analyze.ts';
import type { Diagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { link } from '../../src/core/ir/link/link.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import { parseSource } from '../../src/core/source/parse.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { messages as fieldMessages } from '../../src/core/spec/schema-messages.ts';
import { files, type OutputFile } from '../../src/core/targets/files.ts';
import { checkTarget } from '../../src/core/targets/portability.ts';
import { targets } from '../../src/core/targets/registry.ts';
import { backdrop } from './backdrop.ts';
import { seed } from './mutated-documents.ts';
import { runCount } from './run-count.ts';
import { documentsOf, fields, keepsSchema, kinds } from './schema-arbitrary.ts';

/** Don't shrink: shrinking documents takes longer than reading the one that failed. */
const runs = { seed, endOnFailure: true };

/** Targets that take each mesh: the next ones take the next mesh. */
const targetsOfMesh = runCount({ short: 4, long: Object.keys(targets).length });

type Document = Readonly<Record<string, unknown>>;

const anyDocument = fc.constantFrom(...kinds).chain(documentsOf);

/** One or two documents of any kind in a mesh that has the names in them. */
const meshes = fc.array(anyDocument, { minLength: 1, maxLength: 2 }).map(inBackdrop);

describe('documents made from the schemas', () => {
  test.each(kinds)('%s: a document that conforms to its schema has no finding about its fields', (kind) => {
    fc.assert(
      fc.property(documentsOf(kind), (document) => {
        expect(keepsSchema(kind, document)).toBe(true);
        const mesh = kind === 'Mesh' ? [document] : [...backdrop.slice(0, 1), document];
        // Ignore values finer than a millisecond or a ten-thousandth, or of centuries: a schema can't refuse them.
        const found = loadSpec(sourcesOf(mesh), {}).diagnostics.filter(
          ({ code, message }) =>
            code in fieldMessages &&
            code !== 'MESH1108' &&
            !/ is too (?:long: at most 36500d|large: at most 4095MiB)$/.test(message),
        );
        expect(found.map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: 300, ...runs },
    );
  });

  test('together have every field of the language', () => {
    const seen = new Set<string>();
    for (const document of kinds.flatMap((kind) => fc.sample(documentsOf(kind), { numRuns: 2000, seed: 1 })))
      JSON.stringify(document, (key, value: unknown) => (seen.add(key), value));
    expect(fields.filter((field) => !seen.has(field))).toEqual([]);
  });

  test.each([
    ['JSON', (document: Document) => JSON.stringify(document)],
    ['indented JSON', (document: Document) => JSON.stringify(document, null, 2)],
    ['YAML', (document: Document) => stringify(document)],
    [
      'YAML in one line',
      (document: Document) => stringify(document, { collectionStyle: 'flow', lineWidth: 0 }),
    ],
  ])('printed as %s they are read back unchanged', (_, print) => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const { documents, diagnostics } = parse(print(document));
        expect(diagnostics).toEqual([]);
        expect(documents.map(({ value }) => JSON.stringify(value))).toEqual([JSON.stringify(document)]);
      }),
      { numRuns: runCount({ short: 400, long: 1000 }), ...runs },
    );
  });
});

describe('meshes made from the schemas', () => {
  test('become a mesh without findings', () => {
    const { spec, diagnostics } = loadSpec(sourcesOf(backdrop), {});
    expect([...diagnostics, ...(spec ? link(spec).diagnostics : [])]).toEqual([]);
  });

  test('are accepted by linking, analyzers, targets and decide', async () => {
    const loaded = await Promise.all(Object.values(targets).map(async (load) => (await load()).default));
    const count = { all: 0, spec: 0, linked: 0 };
    await fc.assert(
      fc.asyncProperty(meshes, async (documents) => {
        count.all += 1;
        const { spec, diagnostics } = loadSpec(sourcesOf(documents), {});
        diagnostics.forEach(expectSentence);
        if (spec === undefined) return;
        count.spec += 1;
        const { ir, diagnostics: found } = link(spec);
        [...found, ...analyze(spec, ir, '2026-06-15')].forEach(expectSentence);
        if (ir === undefined) return;
        if (!found.some(({ severity }) => severity === 'error')) count.linked += 1;
        for (const config of Object.values(ir.targets))
          (await checkTarget(spec, ir, config)).diagnostics.forEach(expectSentence);
        for (const target of inTurn(loaded, count.all)) {
          const artifacts = target.lower(ir, { version: target.versions.at(-1) ?? '', options: {} });
          for (const file of files(artifacts)) expect(() => read(file)).not.toThrow();
        }
        for (const request of someRequests(ir)) expect(decide(ir, request).outcome).toMatch(/^[a-z]+$/);
      }),
      { numRuns: runCount({ short: 600, long: 3000 }), ...runs },
    );
    console.log(`meshes from schemas: ${JSON.stringify(count)}`);
    expect(count.spec / count.all).toBeGreaterThan(0.5);
    expect(count.linked / count.all).toBeGreaterThan(0.1);
  });

  test('give the same output in any order', async () => {
    const loaded = await Promise.all(Object.values(targets).map(async (load) => (await load()).default));
    let compared = 0;
    fc.assert(
      fc.property(meshes, fc.nat(), (documents, by) => {
        const [one, other] = [documents, turned(documents, by)].map((each) => linked(each));
        expect(other === undefined).toBe(one === undefined);
        if (one === undefined || other === undefined) return;
        compared += 1;
        for (const target of inTurn(loaded, compared)) {
          const context = { version: target.versions.at(-1) ?? '', options: {} };
          const text = (ir: Ir): string =>
            JSON.stringify([
              files(target.lower(ir, context)).map(({ path, text: content }) => [path, content]),
              target.proxies?.(ir),
            ]);
          expect(text(other)).toBe(text(one));
        }
      }),
      { numRuns: runCount({ short: 200, long: 500 }), ...runs },
    );
    expect(compared).toBeGreaterThan(40);
  });
});

/** Returns the documents, and those of the backdrop that they don't replace. */
function inBackdrop(documents: readonly Document[]): readonly Document[] {
  const byName = new Map([...backdrop, ...documents].map((document) => [nameOf(document), document]));
  return [...byName.values()];
}

/** Returns the key of a document: Services and Externals share one set of names, and a mesh has one Mesh. */
function nameOf({ kind, metadata }: Document): string {
  if (kind === 'Mesh') return 'Mesh';
  const { namespace = 'default', name } = metadata as { readonly namespace?: string; readonly name: string };
  return [kind === 'External' ? 'Service' : kind, namespace, name].join(' ');
}

function sourcesOf(documents: readonly Document[]) {
  const isMesh = ({ kind }: Document): boolean => kind === 'Mesh';
  const text = (each: readonly Document[]): Uint8Array =>
    new TextEncoder().encode(each.map((document) => JSON.stringify(document)).join('\n---\n'));
  return {
    sources: [
      { file: 'mesh.yaml', bytes: text(documents.filter(isMesh)) },
      { file: 'rest.yaml', bytes: text(documents.filter((document) => !isMesh(document))) },
    ],
    unreadable: [],
  };
}

function linked(documents: readonly Document[]): Ir | undefined {
  const { spec } = loadSpec(sourcesOf(documents), {});
  return spec && link(spec).ir;
}

function turned<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)].reverse();
}

/** Returns the targets that take the nth mesh. */
function inTurn<T>(all: readonly T[], nth: number): readonly T[] {
  return Array.from({ length: targetsOfMesh }, (_, i) => all[(nth * targetsOfMesh + i) % all.length]!);
}

function parse(text: string) {
  return parseSource({ file: 'a.yaml', bytes: new TextEncoder().encode(text) });
}

function expectSentence({ message, location }: Diagnostic): void {
  expect(message).not.toMatch(/undefined|\[object|NaN/);
  expect(['mesh.yaml', 'rest.yaml']).toContain(location.file);
}

function* someRequests(ir: Ir) {
  const path = '/reviews';
  for (const from of Object.keys(ir.services).slice(0, 3))
    for (const [type, all] of [
      ['service', ir.services],
      ['service', ir.externals],
      ['gateway', ir.gateways],
    ] as const)
      for (const id of Object.keys(all).slice(0, 4))
        yield {
          from: { type: 'service', id: from },
          to: { type, id },
          method: 'GET',
          path,
          headers: [],
        } as const;
}

/** Returns a file in the form in which a proxy or `kubectl` reads it. */
function read({ path, text }: OutputFile): unknown {
  return path.endsWith('.yaml') ? loadAll(text) : (JSON.parse(text) as unknown);
}
