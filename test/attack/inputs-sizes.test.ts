import { expect, test } from 'vitest';
import { mostFindings } from '../../src/core/diagnostics/limited-findings.ts';
import { link } from '../../src/core/ir/link/link.ts';
import { closest } from '../../src/core/lib/closest.ts';
import { parseSource } from '../../src/core/source/parse.ts';
import { mostValues } from '../../src/core/source/possible-values.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { countedWork } from '../work/counted-work.ts';

const source = (text: string, file = 'mesh.yaml') => ({ file, bytes: new TextEncoder().encode(text) });
const mesh = 'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {trustDomain: shop.example}\n';
const service = (name: string, rest: string): string =>
  `apiVersion: mesh/v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  ports: {http: {port: 80}}\n${rest}`;

test('the files of a spec have one budget', () => {
  const half = `x: [${'a,'.repeat(mostValues / 2)}]`;
  const files = ['a.yaml', 'b.yaml', 'c.yaml'].map((file) => source(half, file));
  const { diagnostics } = loadSpec({ sources: [source(mesh), ...files], unreadable: [] }, {});
  expect(diagnostics.map(({ code, location }) => [code, location.file])).toEqual([
    ['MESH1050', 'b.yaml'],
    ['MESH1050', 'c.yaml'],
  ]);
});

test('a hundred thousand findings of one file are reported, the first ten thousand of a code with their places', () => {
  const calls = Array.from({ length: 100_000 }, (_, index) => `  - nobody${String(index)}\n`).join('');
  const loaded = loadSpec(
    { sources: [source(`${mesh}---\n${service('a', `  calls:\n${calls}`)}`)], unreadable: [] },
    {},
  );
  const diagnostics = loaded.spec ? link(loaded.spec).diagnostics : [];
  expect(diagnostics.filter(({ code }) => code === 'MESH2000')).toHaveLength(mostFindings);
  const rest = diagnostics.filter(({ code }) => code === 'MESH1051');
  expect(rest.map(({ message }) => message)).toEqual([
    '90000 more findings MESH2000 are not listed: the first 10000 are',
  ]);
  // The line of the first finding that is not listed.
  expect(rest[0]?.location.range.start.line).toBe(5 + 6 + mostFindings + 1);
});

test('unknown fields, documents and conflicts are reported even if the call stack has no room for their number', () => {
  const fields = Array.from({ length: 150_000 }, (_, index) => `  u${String(index)}: 1\n`).join('');
  const unknown = loadSpec({ sources: [source(`${mesh}---\n${service('a', fields)}`)], unreadable: [] }, {});
  expect(unknown.diagnostics.filter(({ code }) => code === 'MESH1100')).toHaveLength(mostFindings);
  expect(unknown.diagnostics.filter(({ code }) => code === 'MESH1051')).toHaveLength(1);
  const conflicts = parseSource(source('<<<<<<< a\n'.repeat(200_000)));
  expect(conflicts.diagnostics).toHaveLength(100);
  const documents = `${mesh}${'---\na: 1\n'.repeat(150_000)}`;
  expect(
    loadSpec({ sources: [source(documents)], unreadable: [] }, { strictFiles: true }).diagnostics.length,
  ).toBeGreaterThan(0);
});

test('the search for a similar name compares no long words, and a limited number of candidates', () => {
  expect(closest('a'.repeat(100_000), ['a'.repeat(100_001)])).toBeUndefined();
  expect(closest('reviws', ['reviews'])).toBe('reviews');
  const services = Array.from({ length: 1000 }, (_, index) => service(`s${String(index)}`, '')).join('---\n');
  const spec = (unknown: number) => {
    const calls = Array.from({ length: unknown }, (_, index) => `  - n${String(index)}\n`).join('');
    const text = `${mesh}---\n${services}---\n${service('a', `  calls:\n${calls}`)}`;
    return loadSpec({ sources: [source(text)], unreadable: [] }, {}).spec;
  };
  const [once, more] = [400, 1600].map((unknown) => {
    const loaded = spec(unknown);
    return countedWork(() => loaded && link(loaded));
  });
  // Two hundred unknown names use up the two hundred thousand comparisons; without a limit a million more would follow.
  expect(more! - once!).toBeLessThan(300_000);
});
