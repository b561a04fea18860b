import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldDocs } from '../../src/core/explain/field-docs.ts';

const pages = readdirSync('docs')
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file));

/**
 * Returns the places of a page that links can lead to: named anchors, and headings by the ids that GitHub gives them.
 */
function placesOf(file: string): ReadonlySet<string> {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...named, ...headings]);
}

test.each([...pages, 'CONTRIBUTING.md'])('the links of %s lead to existing places', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
  const broken = links.filter(([, file = '', id]) => {
    const target = file === '' ? page : join(dirname(page), file);
    return !existsSync(target) || (id !== undefined && !placesOf(target).has(id));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

test('mesh explain knows each field of the language page', () => {
  const fields = [...placesOf('docs/language.md')].filter((id) => /^[A-Z]\w*\.[\w.]+$/.test(id));
  expect(fields.length).toBeGreaterThan(300);
  expect(fields.filter((field) => 'problem' in fieldDocs(field))).toEqual([]);
});

test('the language page begins with what a first mesh needs', () => {
  const kinds = [...readFileSync('docs/language.md', 'utf8').matchAll(/^## (\w+)$/gm)].map(
    ([, kind]) => kind,
  );
  expect(kinds.slice(1, 5)).toEqual(['Mesh', 'Service', 'Route', 'Access']);
});

test('each check of the linked mesh is shown with a wrong document, and most with a right one', () => {
  const page = readFileSync('docs/diagnostics.md', 'utf8');
  const codes = new Set(
    readdirSync('fixtures/analyzers', { recursive: true, encoding: 'utf8' })
      .filter((file) => /invalid-.*\.yaml$/.test(file))
      .flatMap((file) => readFileSync(join('fixtures/analyzers', file), 'utf8').match(/MESH\d{4}/g) ?? []),
  );
  expect(codes.size).toBeGreaterThan(80);
  const sections = new Map(page.split(/^### /m).map((section) => [section.slice(0, 8), section]));
  const shown = [...codes].map((code) => [code, sections.get(code) ?? ''] as const);
  expect(
    shown
      .filter(([code, section]) => !section.includes(`# ${code}`) && !section.includes(` ${code}`))
      .map(([code]) => code),
  ).toEqual([]);
  expect(shown.filter(([, section]) => section.includes('\nWrong, ')).length).toBe(codes.size);
  expect(shown.filter(([, section]) => section.includes('\nRight:')).length).toBeGreaterThan(
    codes.size * 0.8,
  );
});

test('the page about proofs names each reason for "not proved"', () => {
  const page = readFileSync('docs/proof.md', 'utf8');
  const files = readdirSync('src/core/reach', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(join('src/core/reach', file), 'utf8')] as const);
  const reasons = files.flatMap(([file, text]) => [
    ...text.matchAll(/new Unproved\(\s*(?:`([^`]*)`|'([^']*)')/g),
    ...(file === 'undecided.ts' ? text.matchAll(/found\.push\(\s*(?:'([^']*)'|"([^"]*)")/g) : []),
  ]);
  expect(reasons.length).toBeGreaterThan(12);
  const words = reasons.flatMap(([, one, other]) =>
    (one ?? other ?? '').split(/\$\{[^}]*\}|[(:]/).map((part) => part.trim()),
  );
  expect(words.filter((part) => !page.includes(part))).toEqual([]);
});
