import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze, analyzers } from '../../../src/core/analyze/analyze.ts';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import { linkMessages } from '../../../src/core/ir/link/messages.ts';
import { loadSpec } from '../../../src/core/spec/load.ts';

const root = path.join(import.meta.dirname, '../../../fixtures/analyzers');

/** The Mesh that is added to fixtures without one. */
const plainMesh =
  'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {trustDomain: shop.example, access: allow}\n';

const fixtures = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .sort();

describe('findings of linking and of analyzers', () => {
  it.each(fixtures)('%s', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const expected = expectedFindings(text);
    expect(found(text), 'Lines with findings, and lines that end with a comment of their codes.').toEqual(
      expected,
    );
    const isInvalid = path.basename(file).startsWith('invalid-');
    expect(expected.length > 0, 'Only a file named invalid-*.yaml has findings.').toBe(isInvalid);
  });

  it('there is a fixture for each message', () => {
    const declared = [...linkMessages, ...analyzers.map(({ messages }) => messages)]
      .flatMap(Object.keys)
      .sort();
    const exercised = new Set(
      fixtures.flatMap((file) =>
        expectedFindings(readFileSync(path.join(root, file), 'utf8')).map((line) => line.split(' ')[1]),
      ),
    );
    expect(new Set(declared).size).toBe(declared.length);
    const unseen = declared.filter((code) => !exercised.has(code));
    expect(unseen, 'An invalid-*.yaml in fixtures/analyzers has to show each of these codes.').toEqual([]);
  });

  it('each analyzer is named after its file and has fixtures of both kinds', () => {
    const sources = path.join(import.meta.dirname, '../../../src/core/analyze/analyzers');
    const files = readdirSync(sources).map((file) => file.replace(/\.ts$/, ''));
    expect(
      analyzers.map(({ name }) => name).sort(),
      'The list in src/core/analyze/analyze.ts and the names of analyzers have to fit the files of analyzers/.',
    ).toEqual(files.sort());
    const needed = analyzers.flatMap(({ name }) => [`${name}/valid-`, `${name}/invalid-`]);
    const missing = needed.filter((start) => !fixtures.some((file) => file.startsWith(start)));
    expect(missing, 'Write a fixture whose path in fixtures/analyzers begins like this.').toEqual([]);
  });
});

/** Returns the `line code` of each trailing comment. */
function expectedFindings(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const codes = /#((?: MESH\d+)+)$/.exec(line)?.[1]?.trim().split(' ') ?? [];
    return codes.map((code) => `${String(index + 1)} ${code}`);
  });
}

function found(text: string): readonly string[] {
  return diagnostics(text)
    .map(({ location, code }) => [location.range.start.line, code] as const)
    .sort(([a, one], [b, other]) => a - b || (one < other ? -1 : 1))
    .map(([line, code]) => `${String(line)} ${code}`);
}

function diagnostics(text: string): readonly Diagnostic[] {
  const ownMesh = /^kind: Mesh$/m.test(text);
  const sources = [{ file: ownMesh ? 'mesh.yaml' : 'fixture.yaml', bytes: new TextEncoder().encode(text) }];
  if (!ownMesh) sources.push({ file: 'mesh.yaml', bytes: new TextEncoder().encode(plainMesh) });
  const loaded = loadSpec({ sources, unreadable: [] }, {});
  expect(
    loaded.diagnostics.map(({ location, message }) => `${String(location.range.start.line)} ${message}`),
  ).toEqual([]);
  if (loaded.spec === undefined) throw new Error('the fixture does not load');
  const { ir, diagnostics: linked } = link(loaded.spec);
  return [...linked, ...analyze(loaded.spec, ir, '2026-06-15')];
}
