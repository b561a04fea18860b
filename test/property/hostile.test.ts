import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import { link } from '../../src/core/ir/link/link.ts';
import type { Location } from '../../src/core/location.ts';
import { codeFrame } from '../../src/core/source/code-frame.ts';
import type { SourceText } from '../../src/core/source/document.ts';
import { parseSource } from '../../src/core/source/parse.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { documents, mesh, mutated, poison, seed } from './mutated-documents.ts';
import { runCount } from './run-count.ts';

const runs = runCount({ short: 8000, long: 20_000 });

describe('documents mutated from valid ones', () => {
  it(`never end in an exception, and every finding has a place in its file (${String(runs)} documents)`, () => {
    expect(documents.length).toBeGreaterThan(40);
    const count = { all: 0, yaml: 0, schema: 0 };
    const property = fc.property(mutated, (text) => {
      const bytes = new TextEncoder().encode(text);
      const { spec, texts, diagnostics } = loadSpec(
        {
          sources: [
            { file: 'mesh.yaml', bytes: mesh },
            { file: 'a.yaml', bytes },
          ],
          unreadable: [],
        },
        {},
      );
      for (const diagnostic of diagnostics) checkFinding(diagnostic, texts);
      if (spec !== undefined)
        for (const diagnostic of link(spec).diagnostics) checkFinding(diagnostic, texts);
      count.all += 1;
      if (isYaml(bytes)) count.yaml += 1;
      // If the document is itself a Mesh it is the second one, which is a finding about the spec and not about the
      // document.
      if (diagnostics.every(({ code }) => code === 'MESH1132')) count.schema += 1;
    });
    fc.assert(property, { numRuns: runs, seed });
    console.log(`hostile documents: ${JSON.stringify(count)}`);
    expect(count.all).toBe(runs);
    expect(count.yaml / runs).toBeGreaterThan(0.5);
    expect(count.schema / runs).toBeGreaterThan(0.25);
    expect(count.schema / runs).toBeLessThan(0.75);
  });
});

describe('bytes of any kind', () => {
  it('never end in an exception', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const { diagnostics, texts } = loadSpec(
          { sources: [{ file: 'mesh.yaml', bytes: content }], unreadable: [] },
          {},
        );
        expect(diagnostics.length).toBeGreaterThan(0);
        for (const diagnostic of diagnostics) checkFinding(diagnostic, texts);
      }),
      { numRuns: runCount({ short: 2000, long: 5000 }), seed },
    );
  });

  /** Texts that make parsers of YAML slow, deep or large; each has 120,000 characters. */
  const pathological: Readonly<Record<string, (length: number) => string>> = {
    'open lists': (length) => '['.repeat(length),
    'open maps': (length) => '{'.repeat(length),
    'lists beside lists': (length) => '[]'.repeat(length / 2),
    'nested dashes': (length) => '- '.repeat(length / 2),
    'nested questions': (length) => '? '.repeat(length / 2),
    'questions in lines': (length) => '?\n'.repeat(length / 2),
    'pairs in nested lists': (length) => `${'['.repeat(45)}${'a: 1,'.repeat(length / 5)}${']: 1'.repeat(45)}`,
    'an open quote': (length) => `"${'a\n '.repeat(length / 3)}`,
    'bad escapes': (length) => `"${'\\q'.repeat(length / 2)}"`,
    'anchors on anchors': (length) => '&a '.repeat(length / 3),
    'tags on tags': (length) => '!a '.repeat(length / 3),
    'one key again and again': (length) => 'a: 1\n'.repeat(length / 5),
    'aliases without end': (length) => `a: &a 1\n${'? *a\n'.repeat(length / 5)}`,
    'mistakes in every line': (length) => 'a: b: c\n'.repeat(length / 8),
    'blank lines in a block': (length) => `a: |\n${' \n'.repeat(length / 2)}x: 1`,
    documents: (length) => '---\n'.repeat(length / 4),
    directives: (length) => '%FOO bar\n'.repeat(length / 9),
    'a long number': (length) => `a: ${'9'.repeat(length)}`,
    'carriage returns': (length) => '\r'.repeat(length),
    'tabs in brackets': (length) => `a: [\n${'\t1,\n'.repeat(length / 4)}]`,
  };

  it.each(Object.entries(pathological))('take time in proportion to their length: %s', (_, text) => {
    const bytes = new TextEncoder().encode(text(120_000));
    const started = process.threadCpuUsage();
    const { documents, diagnostics } = parseSource({ file: 'a.yaml', bytes });
    const { user, system } = process.threadCpuUsage(started);
    // A quadratic parser takes minutes of processor time, whatever else the machine does; the limit is generous.
    expect((user + system) / 1e6).toBeLessThan(8);
    expect(diagnostics.length).toBeLessThanOrEqual(10);
    for (const document of documents) expect(document.diagnostics.length).toBeLessThanOrEqual(100);
  });
});

describe('names with a meaning elsewhere', () => {
  it.each(poison)('are refused as names and never printed unchanged: %j', (word) => {
    const text = `apiVersion: mesh/v1\nkind: Service\nmetadata: {name: ${JSON.stringify(word)}, namespace: ${JSON.stringify(word)}}\nspec: {}\n`;
    const sources = [
      { file: 'mesh.yaml', bytes: mesh },
      { file: 'a.yaml', bytes: new TextEncoder().encode(text) },
    ];
    const { spec, diagnostics, texts } = loadSpec(
      { sources: [...sources, { file: 'b.yaml', bytes: sources[1]!.bytes }], unreadable: [] },
      {},
    );
    // This word is a DNS label, so it may be a name.
    if (word === 'constructor') {
      expect(diagnostics.map(({ code }) => code)).toEqual(['MESH1130']);
      return;
    }
    expect(spec).toBe(undefined);
    for (const diagnostic of diagnostics) {
      checkFinding(diagnostic, texts);
      expect(diagnostic.message).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e]/);
    }
  });
});

function isYaml(bytes: Uint8Array): boolean {
  return parseSource({ file: 'a.yaml', bytes }).diagnostics.length === 0;
}

function checkFinding({ message, location, related, fix }: Diagnostic, texts: readonly SourceText[]): void {
  const places = [
    location,
    ...related.map((one) => one.location),
    ...(fix?.edits.map((one) => one.location) ?? []),
  ];
  for (const place of places) expectInside(place, texts);
  expect(message).not.toMatch(/undefined|\[object/);
  const source = texts.find(({ file }) => file === location.file);
  if (source !== undefined)
    expect(codeFrame(source, location)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
}

function expectInside({ file, range: { start, end } }: Location, texts: readonly SourceText[]): void {
  const source = texts.find((text) => text.file === file);
  const lines = source === undefined ? [] : linesOf(source);
  for (const { line, column } of [start, end]) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    // The position may be after the last character, and after the two characters of its line break.
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 3);
  }
  expect(end.line > start.line || (end.line === start.line && end.column >= start.column)).toBe(true);
}

const split = new WeakMap<SourceText, readonly string[]>();

function linesOf(source: SourceText): readonly string[] {
  const lines = split.get(source) ?? source.text.split(/\r\n|\r|\n/);
  split.set(source, lines);
  return lines;
}
