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
