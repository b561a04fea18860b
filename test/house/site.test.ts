import path from 'node:path';
import { expect, test } from 'vitest';
import { siteFiles } from '../../.config/site/site-files.ts';

const files = siteFiles(process.cwd());
const pages = [...files].flatMap(([place, content]) =>
  place.endsWith('.html') ? [[place, String(content)] as const] : [],
);

/** Returns the places of a page that links can lead to. */
const idsOf = new Map(
  pages.map(([place, html]) => [place, new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))]),
);

test('the site has a page for README and each page of docs/', () => {
  for (const place of ['index.html', 'first-mesh.html', 'language.html', 'targets/istio.html', 'site.css'])
    expect([...files.keys()]).toContain(place);
});

test.each(pages)(
  '%s: each link, picture and style leads to a file of the site and to a place in it',
  (page, html) => {
    const addresses = [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(3);
    const broken = addresses.filter((address) => {
      if (/^https?:/.test(address)) return false;
      const [file = '', id] = address.split('#');
      const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
      return !files.has(target) || (id !== undefined && idsOf.get(target)?.has(id) !== true);
    });
    expect(broken).toEqual([]);
  },
);

test.each(pages)('%s: an id names one place', (_, html) => {
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test.each(pages)('%s: all pages can be reached from it, and the page itself is marked', (page, html) => {
  const menu = /<nav class="pages"[^]*?<\/nav>/.exec(html)?.[0] ?? '';
  const places = [...menu.matchAll(/ href="([^"]*)"/g)].map(([, address = '']) =>
    path.posix.join(path.posix.dirname(page), address),
  );
  expect(new Set(places)).toEqual(
    new Set(pages.map(([place]) => place).filter((place) => !place.endsWith('/index.html'))),
  );
  expect(places).toHaveLength(new Set(places).size);
  expect(menu.match(/aria-current/g) ?? []).toHaveLength(page.endsWith('/index.html') ? 0 : 1);
});

test('the style and each picture follow the choice of light or dark', () => {
  // The picture of a terminal is dark by itself.
  const coloured = [...files].filter(
    ([place]) => /\.(?:svg|css)$/.test(place) && place !== 'canary-live.svg',
  );
  expect(coloured.length).toBeGreaterThan(4);
  for (const [place, content] of coloured)
    expect(String(content), place).toContain('@media (prefers-color-scheme: dark)');
});
